// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The rehearsals of an engine process: one at a time, since each watches the compiler of the whole process. The code that the first
 * one has had compiled serves all instances. Any thread that renders no block meanwhile.
 */
final class WarmUp {
    private boolean held;
    private final AtomicBoolean asked = new AtomicBoolean();

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

    /**
     * {@return the instant at which what an instance waits for began, by System.nanoTime: the start of the JVM for the first one, now
     * for all others}
     */
    long begun() {
        final long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
        final boolean further = asked.getAndSet(true);
        return System.nanoTime() - (further ? 0 : TimeUnit.MILLISECONDS.toNanos(uptime));
    }

    /** Waits for its turn, then plays; the answer is the number of blocks. */
    synchronized int hold(final Play rehearsal) throws InterruptedException {
        final int blocks = rehearsal.play(held);
        held = true;
        return blocks;
    }
}
