// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

/** What must not happen in real-time code, each with its remedy. */
public enum Category {
    /** An object or array is made. */
    ALLOCATION("Make it in init, keep it in a field and use it again."),
    /** A primitive value is put into an object. */
    BOXING("Use the primitive type, or an array of it, instead of the wrapper class."),
    /** A call with variable arguments makes an array for them. */
    VARARGS("Call a method with fixed arguments, or pass an array that init made."),
    /** A lambda expression or method reference makes an object, or is linked at its first call. */
    LAMBDA(
            "Make it in init and keep it in a field; let it read fields instead of capturing"
                    + " locals."),
    /** A string is made. */
    STRING("Pass numbers to the context's logger, or make the text in init."),
    /** A loop over a collection makes an iterator. */
    ITERATOR("Loop over an array, or over a list by its index."),
    /** A monitor is entered: a synchronized method or block. */
    MONITOR(
            "Pass values through a primitive of patchbay-atomics or a queue of"
                    + " patchbay-event-queue."),
    /** A lock of java.util.concurrent, or a collection that has one. */
    LOCK("Pass values through a primitive of patchbay-atomics or a queue of patchbay-event-queue."),
    /** The thread waits for time or for another thread. */
    WAIT("Look whether the value is there, and go on with the last one where it is not."),
    /** A file, socket, stream or process is used. */
    IO(
            "Read in init; what is to be written goes through a ring to a thread or process of its"
                    + " own."),
    /** A logging framework is called. */
    LOGGING("Use the context's logger, which is real-time safe."),
    /** Native code that the verifier does not know is called. */
    NATIVE("Call it in init or on another thread; exempt it where it is known to be bounded."),
    /** A class's static initializer can run here for the first time. */
    CLASS_INITIALISATION(
            "Use the class in init, as by MethodHandles.lookup().ensureInitialized(X.class)."),
    /** Code that is linked when it first runs: a switch on patterns, a record's equals, hashCode or toString. */
    LINKAGE(
            "Write it with plain conditions, or run it in init once and exempt it with that"
                    + " reason."),
    /** An exception is made or thrown. */
    EXCEPTION("Count the condition and go on; refuse wrong arguments in init."),
    /** Reflection, or a method handle whose target cannot be seen. */
    REFLECTION("Call the method itself, or an interface that a class of your own implements."),
    /** A call of which the verifier cannot tell where it leads. */
    UNRESOLVED(
            "Make the receiver in init from a class that the verifier can read, or exempt the call"
                    + " with a reason."),
    /** A loop or a recursion without a bound that the verifier can see: a warning. */
    UNBOUNDED_LOOP("Give it a largest number of rounds, and make a recursion a loop.");

    private final String remedy;

    Category(final String remedy) {
        this.remedy = remedy;
    }

    /** What an author does about it: a sentence. */
    public String remedy() {
        return remedy;
    }

    /** Whether it is shown but fails no check. */
    public boolean warning() {
        return this == UNBOUNDED_LOOP;
    }
}
