// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.Histogram;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.ToolException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramReadingTest {
    private static HistogramReading of(final long... nanos) {
        final long[] counts = new long[StandardRegion.HISTOGRAM_BUCKETS];
        for (final long value : nanos) {
            counts[Math.min(Histogram.bucketOf(value), counts.length - 1)]++;
        }
        return new HistogramReading("round trips", counts, Arrays.stream(nanos).max().orElse(0));
    }

    @Test
    void aPercentileIsTheUpperBoundOfItsBucketAndNeverAboveTheGreatestValue() {
        final HistogramReading h = of(1000, 1000, 1000, 100_000);
        assertEquals(1.023, h.percentileMicros(0.5));
        assertEquals(100, h.percentileMicros(1));
        assertEquals(100, h.maxMicros());
        assertEquals(4, h.total());
    }

    @Test
    void percentilesAreNeverTooLowAndAtMostASixteenthTooHigh() {
        final Random random = new Random(5);
        final long[] values = random.longs(5000, 100, 50_000_000).toArray();
        final HistogramReading h = of(values);
        Arrays.sort(values);
        for (final double share : new double[] {0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1}) {
            final double exact = values[(int) Math.ceil(share * values.length) - 1] / 1000.0;
            final double read = h.percentileMicros(share);
            assertTrue(
                    read >= exact && read <= exact * 1.0625,
                    share + ": " + exact + " read as " + read);
        }
    }

    @Test
    void valuesBeyondTheLastBucketAreTheGreatest() {
        assertEquals((1L << 62) / 1000.0, of(1L << 62).percentileMicros(0.5));
    }

    @Test
    void anEmptyHistogramIsAnError() {
        assertEquals(
                "The region has no round trips: 0 were counted, of at most 0 ns.",
                assertThrows(ToolException.class, HistogramReadingTest::of).getMessage());
    }
}
