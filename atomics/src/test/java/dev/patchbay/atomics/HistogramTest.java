// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Memory memory = new Memory();
    private final SectionEntry section = memory.section(StandardRegion.RENDER_HISTOGRAM);
    private final Histogram histogram = new Histogram(memory.buffer, section);
    private final Counters counts = Counters.over(memory.buffer, section);

    @Test
    void theLeastValueOfEachBucketFallsIntoItAndTheOneBelowIntoTheLast() {
        final int buckets = Histogram.bucketOf(Long.MAX_VALUE) + 1;
        assertEquals(960, buckets);
        for (int bucket = 0; bucket < buckets; bucket++) {
            final long lowest = Histogram.lowestOf(bucket);
            assertEquals(bucket, Histogram.bucketOf(lowest), "value " + lowest);
            assertEquals(Math.max(0, bucket - 1), Histogram.bucketOf(lowest - 1));
        }
    }

    @Test
    void aValueIsKnownToWithinASixteenth() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            final long value = random.nextLong() >>> 1 + random.nextInt(62);
            final long lowest = Histogram.lowestOf(Histogram.bucketOf(value));
            assertTrue(lowest <= value && value - lowest <= value / 16, value + ", seed " + seed);
        }
    }

    @Test
    void valuesAreCountedWhereTheyBelongAndTheLastBucketTakesTheRest() {
        histogram.record(-5);
        histogram.record(0);
        histogram.record(1_000_000);
        histogram.record(1_000_001);
        histogram.record(Long.MAX_VALUE);
        assertEquals(2, counts.getAcquire(0));
        assertEquals(2, counts.getAcquire(Histogram.bucketOf(1_000_000)));
        assertEquals(1, counts.getAcquire(section.count() - 1));
        long all = 0;
        for (int i = 0; i < section.count(); i++) {
            all += counts.getAcquire(i);
        }
        assertEquals(5, all);
    }

    @Test
    void theRegionsBucketsReachEighteenMinutes() {
        assertTrue(
                Histogram.lowestOf(StandardRegion.HISTOGRAM_BUCKETS) >= 18L * 60 * 1_000_000_000);
    }
}
