// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

/** What an actor can do, by name, in either language. */
@FunctionalInterface
public interface Operations {
    /**
     * Runs an operation to its end.
     *
     * @param operation its name; in C, that in OPERATION(name)
     * @param arguments at most eight
     * @return what it returns
     * @throws AssertionError if it expects what is not so
     */
    long call(String operation, long... arguments);

    /** The same, for a truth. */
    default boolean is(final String operation, final long... arguments) {
        return call(operation, arguments) != 0;
    }

    /** {@return a truth as C has it} */
    static long bit(final boolean truth) {
        return truth ? 1 : 0;
    }

    /** {@return what to throw for a name that means nothing} */
    static IllegalArgumentException unknown(final String operation) {
        return new IllegalArgumentException("There is no operation " + operation + " in Java.");
    }
}
