// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/**
 * The rehearsals of an engine process: one at a time, since each watches the compiler of the whole process. The code that the first
 * one has had compiled serves all instances. Any thread that renders no block meanwhile.
 */
final class WarmUp {
    /** For what the last steps to being ready have given to the compilers. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** More than the calls of a native method after which the VM compiles its wrapper. */
    private static final int STORES = 200;

    private final Set<Setup> held = new HashSet<>();
    private volatile LongConsumer beat;
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
        try {
            if (held.isEmpty()) {
                storeAsTheCleaner();
            }
            final int blocks = rehearsal.play(!held.isEmpty());
            held.add(setup);
            return blocks;
        } finally {
            beat = null;
        }
    }

    /**
     * The JDK's cleaner wakes once a minute and stores references by a native method, whose wrapper would be compiled in its second
     * minute. A plain store by a handle calls the same method.
     */
    private static void storeAsTheCleaner() {
        final AtomicReference<Object> reference = new AtomicReference<>();
        for (int i = 0; i < STORES; i++) {
            reference.setPlain(reference);
        }
    }

    /** Waits until the compilers have nothing to do, within a second. */
    void settle() {
        try (Compilers compilers = new Compilers()) {
            compilers.awaitIdle(System.nanoTime() + SETTLE_NANOS);
        }
    }

    /**
     * Has the monitor look after the engine that rehearses, as after the others, and as often as it can: what it does ten times a second
     * would else be compiled only after minutes. By the rehearsal that is held, until its end.
     *
     * @param look the monitor's work for that engine, at an instant by System.nanoTime
     */
    void watch(final LongConsumer look) {
        beat = look;
    }

    /** The monitor's round, at an instant by System.nanoTime; false where nothing rehearses. */
    boolean tend(final long nanos) {
        final LongConsumer look = beat;
        if (look == null) {
            return false;
        }
        look.accept(nanos);
        return true;
    }
}
