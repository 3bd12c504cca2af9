// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The rehearsals of an engine process: one at a time, since each watches the compiler of the whole process. The code that the first
 * one has had compiled serves all instances. Any thread that renders no block meanwhile.
 */
final class WarmUp {
    private final Set<Setup> held = new HashSet<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * What a rehearsal is for.
     *
     * @param sampleRate in Hz
     * @param maxFrames the largest block
     */
    record Setup(double sampleRate, int maxFrames) {}

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

    /**
     * Waits for its turn, then plays; the answer is the number of blocks.
     *
     * @param setup what to rehearse
     * @param missed whether a host hears silence until this is over: then one that this process has held for the same setup will do,
     *     and the answer is 0
     */
    synchronized int hold(final Setup setup, final boolean missed, final Play rehearsal)
            throws InterruptedException {
        if (missed && held.contains(setup)) {
            return 0;
        }
        final int blocks = rehearsal.play(!held.isEmpty());
        held.add(setup);
        return blocks;
    }
}
