// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

/** Values that one thread writes and others read, one by one or whole: what an operation costs while nobody interferes. */
public final class Cells {
    /** How many single values there are, as parameters of a plug-in. */
    static final int COUNT = 256;

    private Cells() {}

    /**
     * {@return an operation}
     *
     * @param what its name
     * @param contender what it is done with
     */
    public static Repeated of(final String what, final String contender) {
        return switch (what) {
            case "cell-read" -> new CellRead(Floats.of(contender));
            case "cell-write" -> new CellWrite(Floats.of(contender));
            case "whole-read" -> new WholeRead(contender, WholeRead.WORDS);
            case "whole-write" -> new WholeWrite(Whole.of(contender, WholeWrite.WORDS));
            case "cells-read-all" -> new WholeRead(contender, COUNT / 2);
            case "hand-over" -> new HandOver(Handing.of(contender));
            default -> throw new IllegalArgumentException("There is no \"" + what + "\".");
        };
    }

    static IllegalArgumentException unknown(final String contender) {
        return new IllegalArgumentException("There is no contender \"" + contender + "\".");
    }
}
