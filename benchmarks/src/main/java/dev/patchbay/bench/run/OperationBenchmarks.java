// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static dev.patchbay.bench.plan.Contender.Kind.OURS;
import static dev.patchbay.bench.plan.Contender.Kind.PEER;
import static dev.patchbay.bench.plan.Contender.Kind.REFERENCE;
import static dev.patchbay.bench.plan.Unit.NANOSECONDS;
import static dev.patchbay.bench.run.QueueBenchmarks.NO_SLOWER;
import static dev.patchbay.bench.run.QueueBenchmarks.java;
import static dev.patchbay.bench.run.QueueBenchmarks.program;

import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Contender;
import dev.patchbay.bench.plan.Goal;
import java.util.List;

/** Single operations, by the nanosecond, on a thread that nobody disturbs. */
final class OperationBenchmarks {
    /** Merging adjacent locked sections of a loop would do less than the others do. */
    private static final String EACH_LOCK = "-XX:-EliminateLocks";

    /** What Chronicle Values needs of a JVM since Java 17, as its documentation says. */
    private static final String[] CHRONICLE = {
        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
        "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
        "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
    };

    private OperationBenchmarks() {}

    static List<Benchmark> all() {
        return List.of(
                cell("cell-read", "A load with acquire of one of 256 floats"),
                cellNative("cell-read", "A load with acquire of one of 256 floats"),
                cell("cell-write", "A store with release to one of 256 floats"),
                cellNative("cell-write", "A store with release to one of 256 floats"),
                whole("whole-read", "A consistent copy of 64 bytes"),
                wholeNative("whole-read", "A consistent copy of 64 bytes"),
                whole("whole-write", "64 bytes written whole"),
                wholeNative("whole-write", "64 bytes written whole"),
                whole("cells-read-all", "A consistent copy of 256 floats"),
                handOver(),
                callDown(),
                callUp());
    }

    private static Benchmark single(
            final String name, final String title, final List<Contender> contenders) {
        return new Benchmark(name, title, NANOSECONDS, Goal.best(NO_SLOWER), contenders, 1);
    }

    private static Benchmark cell(final String what, final String title) {
        return single(
                what + "-java",
                title + " in Java",
                List.of(
                        java("Patchbay FloatCells", OURS, what, "patchbay"),
                        java("VarHandle over MemorySegment", PEER, what, "segment"),
                        java("AtomicIntegerArray, acquire and release", PEER, what, "atomic-array"),
                        java("AtomicIntegerArray, volatile", PEER, what, "volatile-array"),
                        java("Chronicle Values", PEER, what, "chronicle", CHRONICLE),
                        java("plain float[], one thread alone", REFERENCE, what, "plain")));
    }

    private static Benchmark cellNative(final String what, final String title) {
        return single(
                what + "-c",
                title + " in C",
                List.of(
                        program("Patchbay pb_float", OURS, what, Program.CELLS_PATCHBAY),
                        program("C11 _Atomic float", PEER, what, Program.CELLS_C11)));
    }

    private static Benchmark whole(final String what, final String title) {
        return single(
                what + "-java",
                title + " in Java",
                List.of(
                        java("Patchbay Snapshot", OURS, what, "patchbay"),
                        java("StampedLock, optimistic", PEER, what, "stamped"),
                        java("ReentrantLock", PEER, what, "lock"),
                        java("synchronized", PEER, what, "synchronized", EACH_LOCK),
                        java("AtomicReference to a copy", PEER, what, "reference"),
                        java("plain array, one thread alone", REFERENCE, what, "plain")));
    }

    private static Benchmark wholeNative(final String what, final String title) {
        return single(
                what + "-c",
                title + " in C",
                List.of(
                        program("Patchbay pb_snapshot", OURS, what, Program.CELLS_PATCHBAY),
                        program("C11 sequence lock", PEER, what, Program.CELLS_C11),
                        program("pthread mutex", PEER, what, Program.CELLS_MUTEX)));
    }

    private static Benchmark handOver() {
        final String what = "hand-over";
        return single(
                what + "-java",
                "64 words made, handed over and taken in Java",
                List.of(
                        java("Patchbay TripleBuffer", OURS, what, "patchbay"),
                        java("StampedLock, optimistic", PEER, what, "stamped"),
                        java("ReentrantLock", PEER, what, "lock"),
                        java("AtomicReference to a new array", PEER, what, "reference")));
    }

    private static Benchmark callDown() {
        return new Benchmark(
                "call-down",
                "A call from Java to C: abs of an int",
                NANOSECONDS,
                Goal.best(NO_SLOWER),
                List.of(
                        java("foreign function", OURS, "call-down", "ffm"),
                        java("JNA, direct mapping", PEER, "call-down", "jna"),
                        java("foreign function, critical", REFERENCE, "call-down", "ffm-critical")),
                1);
    }

    private static Benchmark callUp() {
        return new Benchmark(
                "call-up",
                "A call from Java to C that calls back: bsearch in an array of one",
                NANOSECONDS,
                Goal.best(NO_SLOWER),
                List.of(
                        java("foreign function", OURS, "call-up", "ffm"),
                        java("JNA, direct mapping", PEER, "call-up", "jna")),
                1);
    }
}
