// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import dev.patchbay.atomics.Histogram;
import dev.patchbay.tools.ToolException;

/**
 * Percentiles of a histogram of nanoseconds in a region. A percentile is the upper bound of the bucket that it falls into,
 * so it is never too low, and at most 6.25 % too high; it is not above the greatest value, which is known exactly.
 */
public final class HistogramReading {
    private final String what;
    private final long[] counts;
    private final long total;
    private final long maxNanos;

    /**
     * Takes counts as they are now.
     *
     * @param what whose times these are, for the error if there are none
     * @param counts by bucket
     * @param maxNanos the greatest value
     * @throws ToolException if nothing was counted
     */
    public HistogramReading(final String what, final long[] counts, final long maxNanos) {
        this.what = what;
        this.counts = counts.clone();
        this.maxNanos = maxNanos;
        long sum = 0;
        for (final long count : counts) {
            sum += count;
        }
        total = sum;
        if (total == 0 || maxNanos <= 0) {
            throw new ToolException(
                    "The region has no "
                            + what
                            + ": "
                            + total
                            + " were counted, of at most "
                            + maxNanos
                            + " ns.");
        }
    }

    /** How many values were counted. */
    public long total() {
        return total;
    }

    /** The greatest value in microseconds, exact. */
    public double maxMicros() {
        return maxNanos / 1000.0;
    }

    /**
     * The value in microseconds that this share of all does not exceed: nearest rank.
     *
     * @param share above 0, up to 1
     */
    public double percentileMicros(final double share) {
        final long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                final boolean open = bucket == counts.length - 1;
                return (open ? maxNanos : Math.min(maxNanos, Histogram.lowestOf(bucket + 1) - 1))
                        / 1000.0;
            }
        }
        throw new IllegalStateException(
                what + ": the counts add up to " + seen + " and not to " + total + ".");
    }
}
