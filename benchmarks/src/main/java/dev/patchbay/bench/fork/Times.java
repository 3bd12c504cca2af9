// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

/**
 * How long a contender runs.
 *
 * @param warmNanos before it is measured
 * @param measureNanos while it is
 * @param lossNanos how long a receiver waits for what was sent, once no more is sent, before it counts as lost
 */
record Times(long warmNanos, long measureNanos, long lossNanos) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** How long either side waits for the other before it says so; far more than a busy machine needs. */
    static final long PATIENCE_NANOS = 20_000 * NANOS_PER_MILLI;

    static Times ofMillis(final long warm, final long measure) {
        return new Times(warm * NANOS_PER_MILLI, measure * NANOS_PER_MILLI, PATIENCE_NANOS / 10);
    }
}
