// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.atomics.Histogram;
import java.util.Arrays;

/** How long blocks took, counted in the logarithmic buckets of {@link Histogram}. Immutable; any thread. */
public final class UiHistogram {
    private final long[] counts;
    private final long total;
    private final long maxNanos;

    /** Takes over the array. */
    UiHistogram(final long[] counts, final long maxNanos) {
        this.counts = counts;
        this.total = Arrays.stream(counts).sum();
        this.maxNanos = maxNanos;
    }

    /** {@return the number of buckets} */
    public int buckets() {
        return counts.length;
    }

    /**
     * {@return how many blocks took a time of a bucket; it begins at {@link Histogram#lowestOf}}
     *
     * @param bucket its number, from 0
     */
    public long count(final int bucket) {
        return counts[bucket];
    }

    /** {@return how many blocks were counted} */
    public long total() {
        return total;
    }

    /** {@return the longest time in nanoseconds, exact} */
    public long maxNanos() {
        return maxNanos;
    }

    /**
     * {@return the time in nanoseconds that this share of all does not exceed, at most 6.25 % too high; 0 where nothing was counted}
     *
     * @param share above 0, up to 1
     */
    public long percentileNanos(final double share) {
        final long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (total > 0 && seen >= rank) {
                return Math.min(maxNanos, Histogram.lowestOf(bucket + 1) - 1);
            }
        }
        return 0;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof UiHistogram
                && maxNanos == ((UiHistogram) other).maxNanos
                && Arrays.equals(counts, ((UiHistogram) other).counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(counts) + Long.hashCode(maxNanos);
    }

    @Override
    public String toString() {
        return total + " blocks, the longest " + maxNanos + " ns";
    }
}
