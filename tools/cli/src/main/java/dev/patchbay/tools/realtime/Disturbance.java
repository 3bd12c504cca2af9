// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.realtime;

/** What must not happen to an engine that is warm, each with its unit and its remedy. */
public enum Disturbance {
    /** Memory of the heap. */
    ALLOCATION(
            "bytes allocated",
            "make the object in init and use it again; what is allocated here is never freed"),
    /** All threads stand still. */
    SAFEPOINT(
            "safepoints",
            "find who asks the JVM for it: thread dumps, heap inspection and JFR do, and so do"
                    + " agents"),
    /** Threads stand still one after the other. */
    HANDSHAKE(
            "handshakes",
            "find who asks the JVM for it: stack traces of other threads, and classes that are"
                    + " loaded late, do"),
    /** Compiled code is given up, and the interpreter goes on. */
    DEOPTIMIZATION(
            "deoptimizations",
            "let init load every class that process may meet, and keep rare paths alike: what the"
                    + " warm-up never took is left out of the compiled code"),
    /** A method is compiled. */
    COMPILATION(
            "compilations",
            "the method was not warm: give the warm-up a way to reach it, or call it often enough"
                    + " in init"),
    /** A class is loaded. */
    CLASS_LOAD("class loads", "use the class in init, so that it is there before the first block"),
    /** A page was read from a disk. */
    MAJOR_FAULT(
            "major page faults",
            "read the file in init into memory of the module's own, and let the engine lock it"),
    /** A page was touched for the first time. */
    MINOR_FAULT(
            "minor page faults",
            "touch every page of native or mapped memory in init, and let the engine lock it"),
    /** The thread waited. */
    VOLUNTARY_SWITCH(
            "voluntary context switches",
            "find what waits: a lock that another thread holds, a sleep, a file or a socket");

    private final String unit;
    private final String remedy;

    Disturbance(final String unit, final String remedy) {
        this.unit = unit;
        this.remedy = remedy;
    }

    /** What is counted, in the plural. */
    public String unit() {
        return unit;
    }

    /** What an author does about it. */
    public String remedy() {
        return remedy;
    }
}
