// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Doorbell;

/**
 * How the engine waits for the next request: a look of at most {@link #LOOK_NANOS} where {@link SpinPolicy} says that it may pay,
 * then a futex. An engine that nobody asks sleeps. One that is asked without a pause naps once in {@link #AWAKE_NANOS}: a
 * thread of real-time priority that never sleeps starves others of its processor, and the kernel kills it where
 * RLIMIT_RTTIME is set. One thread. Real-time safe.
 */
final class WaitStrategy {
    /** The longest look: the bridge of an offline render asks within microseconds. */
    static final long LOOK_NANOS = 30_000;

    /** The longest time without a sleep, but for the block that is rendered then; RLIMIT_RTTIME is 200 ms where rtkit sets it. */
    static final long AWAKE_NANOS = 20_000_000;

    /** How often to look between two looks at the clock. */
    private static final int LOOKS_PER_CLOCK = 64;

    private static final int SPIN_HITS = BlockRenderer.counter("spin_hits");
    private static final int SPIN_MISSES = BlockRenderer.counter("spin_misses");
    private static final int SLEEPS = BlockRenderer.counter("sleeps");
    private static final int NAPS = BlockRenderer.counter("naps");

    private final SpinPolicy policy = new SpinPolicy();
    private final Nap nap = new Nap();
    private final Doorbell requests;
    private final long requestAddress;
    private final Counters counters;
    private final long awakeNanos;
    private long sleptAt = System.nanoTime();

    /**
     * Waits at a doorbell.
     *
     * @param requestAddress where its word is, for the system call
     * @param counters takes how waits ended
     * @param awakeNanos how long to go on without a sleep: {@link #AWAKE_NANOS}, or less for a rehearsal
     */
    WaitStrategy(
            final Doorbell requests,
            final long requestAddress,
            final Counters counters,
            final long awakeNanos) {
        this.requests = requests;
        this.requestAddress = requestAddress;
        this.counters = counters;
        this.awakeNanos = awakeNanos;
    }

    /** Returns when the doorbell's word is another than this. */
    void await(final int done) {
        long begin = System.nanoTime();
        if (begin - sleptAt > awakeNanos) {
            counters.add(NAPS, 1);
            nap.take();
            // Anew: a look has its whole time after a nap as well.
            begin = System.nanoTime();
            sleptAt = begin;
        }
        if (!policy.looks()) {
            sleep(done);
            policy.slept(sleptAt - begin);
        } else if (look(begin, done)) {
            policy.hit();
            counters.add(SPIN_HITS, 1);
        } else {
            policy.missed();
            counters.add(SPIN_MISSES, 1);
            sleep(done);
        }
    }

    /** When it last woke up, by System.nanoTime. Any thread: it may see one that is some moments old. */
    long sleptAt() {
        return sleptAt;
    }

    private boolean look(final long begin, final int done) {
        do {
            for (int i = 0; i < LOOKS_PER_CLOCK; i++) {
                if (requests.value() != done) {
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - begin < LOOK_NANOS);
        return false;
    }

    private void sleep(final int done) {
        while (requests.value() == done) {
            if (requests.mayWait(done)) {
                counters.add(SLEEPS, 1);
                Kernel.futexWait(requestAddress, done);
            }
            requests.awake();
        }
        sleptAt = System.nanoTime();
    }
}
