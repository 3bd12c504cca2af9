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

    /**
     * The histogram of a section.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a section of the kind histogram
     */
    public Histogram(final AtomicBuffer buffer, final SectionEntry section) {
        this.counters = Counters.over(buffer, section);
    }

    /**
     * Counts a value; negative ones count as 0, ones too large in the last bucket. By the writer only.
     *
     * @param value such as nanoseconds; known later to within 6.25 %
     */
    public void record(final long value) {
        counters.add(Math.min(bucketOf(value), counters.count() - 1), 1);
    }

    /**
     * {@return the bucket of a value, from 0; that of a large one may lie behind the last of a section} The C function of this
     * name is {@code pb_histogram_bucket}.
     *
     * @param value any value; a negative one counts as 0
     */
    public static int bucketOf(final long value) {
        if (value < SUB_BUCKETS) {
            return (int) Math.max(0, value);
        }
        final int shift = Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(value);
        return (shift + 1) * SUB_BUCKETS + (int) (value >>> shift) - SUB_BUCKETS;
    }

    /**
     * {@return the least value of a bucket}
     *
     * @param bucket the number of the bucket, from 0
     */
    public static long lowestOf(final int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        final int shift = bucket / SUB_BUCKETS - 1;
        return (long) (SUB_BUCKETS + bucket % SUB_BUCKETS) << shift;
    }
}
