// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/**
 * The rehearsals of an engine process: one at a time, since each watches the compiler of the whole process. The code that the first
 * one has had compiled serves all instances. Any thread that renders no block meanwhile.
 */
final class WarmUp {
    private boolean held;

    /** Plays a rehearsal. */
    @FunctionalInterface
    interface Play {
        /**
         * Plays it.
         *
         * @param further whether an earlier one was played to its end in this process
         * @return the number of blocks
         */
        int play(boolean further) throws InterruptedException;
    }

    /** Waits for its turn, then plays; the answer is the number of blocks. */
    synchronized int hold(final Play rehearsal) throws InterruptedException {
        final int blocks = rehearsal.play(held);
        held = true;
        return blocks;
    }
}
