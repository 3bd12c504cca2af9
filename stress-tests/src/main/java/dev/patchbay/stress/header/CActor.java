// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

/** An actor, or a part of one, in C. */
public final class CActor implements Operations {
    private final CCode code;
    private final int number;

    CActor(final CCode code, final int number) {
        this.code = code;
        this.number = number;
    }

    @Override
    public long call(final String operation, final long... arguments) {
        return code.call(number, operation, arguments);
    }
}
