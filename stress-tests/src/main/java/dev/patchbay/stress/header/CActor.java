// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

/** An actor, or a part of one, in C. */
public final class CActor {
    private final CCode code;
    private final int number;

    CActor(final CCode code, final int number) {
        this.code = code;
        this.number = number;
    }

    /**
     * Runs an operation to its end.
     *
     * @param operation the name in OPERATION(name)
     * @param arguments at most eight
     * @return what it returns
     * @throws AssertionError if it expects what is not so
     */
    public long call(final String operation, final long... arguments) {
        return code.call(number, operation, arguments);
    }

    /** The same, for a truth. */
    public boolean is(final String operation, final long... arguments) {
        return call(operation, arguments) != 0;
    }
}
