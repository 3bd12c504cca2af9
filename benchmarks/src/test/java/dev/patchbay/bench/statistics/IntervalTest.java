// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalTest {
    private static double[] upTo(final int n) {
        return IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
    }

    @Test
    void theRanksAreThoseOfTheTablesOfTheSignTest() {
        assertEquals(0, Interval.rank(5));
        assertEquals(1, Interval.rank(6));
        assertEquals(2, Interval.rank(10));
        assertEquals(6, Interval.rank(20));
        assertEquals(40, Interval.rank(100));
    }

    @Test
    void tenSamplesGiveTheSecondAndTheNinthInWhateverOrder() {
        final double[] samples = {5, 3, 10, 1, 2, 9, 8, 4, 7, 6};
        assertEquals(new Interval(2, 9, true), Interval.ofMedian(samples));
        assertEquals(5, samples[0], "the samples are left as they were");
    }

    @Test
    void fewerThanSixSamplesAreNotSure() {
        assertFalse(Interval.ofMedian(upTo(5)).isSure());
        assertTrue(Interval.ofMedian(upTo(6)).isSure());
    }

    @Test
    void theIntervalHoldsTheMedianOfASkewedDistributionInAtLeast95PercentOfTheRuns() {
        final Random random = new Random(7);
        final int runs = 4000;
        int held = 0;
        for (int run = 0; run < runs; run++) {
            final double[] samples = new double[10];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = Math.exp(3 * random.nextGaussian());
            }
            final Interval interval = Interval.ofMedian(samples);
            held += interval.low() <= 1 && interval.high() >= 1 ? 1 : 0;
        }
        assertTrue(held > 0.965 * runs, held + " of " + runs + ", expected 97.9 %");
        assertTrue(held < 0.99 * runs, held + " of " + runs + ", expected 97.9 %");
    }
}
