// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Counts values by size in logarithmic buckets, 16 to a doubling, so each value is known to within 6.25 %. One writer, any
 * readers. Real-time safe.
 */
public final class Histogram {
    private static final int SUB_BUCKETS = StandardRegion.HISTOGRAM_SUB_BUCKETS;
    private static final int SUB_BITS = Integer.numberOfTrailingZeros(SUB_BUCKETS);

    private final Counters counters;
    private final int buckets;

    /** The histogram of a section. */
    public Histogram(final AtomicBuffer buffer, final SectionEntry section) {
        this.counters = Counters.over(buffer, section);
        this.buckets = section.count();
    }

    /** Counts a value; negative ones count as 0, ones too large in the last bucket. By the writer only. */
    public void record(final long value) {
        counters.add(Math.min(bucketOf(value), buckets - 1), 1);
    }

    /** The bucket of a value. The C function of this name is {@code pb_histogram_bucket}. */
    public static int bucketOf(final long value) {
        if (value < SUB_BUCKETS) {
            return (int) Math.max(0, value);
        }
        final int shift = Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(value);
        return (shift + 1) * SUB_BUCKETS + (int) (value >>> shift) - SUB_BUCKETS;
    }

    /** The least value of a bucket. */
    public static long lowestOf(final int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        final int shift = bucket / SUB_BUCKETS - 1;
        return (long) (SUB_BUCKETS + bucket % SUB_BUCKETS) << shift;
    }
}
