// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

import java.util.Arrays;

/**
 * An interval that holds the median of what samples were drawn from with a probability of at least 95 %, whatever their distribution:
 * it ends at two of the samples, the k-th from either end, with the greatest k for which the binomial distribution allows it. (The order
 * statistics' interval for a quantile; with 10 samples the second and the ninth, and 97.9 %.)
 *
 * @param low its lower end
 * @param high its upper end
 * @param isSure whether there are enough samples for 95 %; with fewer than six the ends are the least and the greatest sample
 */
public record Interval(double low, double high, boolean isSure) {
    private static final double DOUBT = 0.05;

    /** {@return the interval of samples, at least one} */
    public static Interval ofMedian(final double[] samples) {
        final double[] sorted = samples.clone();
        Arrays.sort(sorted);
        final int k = rank(sorted.length);
        return k == 0
                ? new Interval(sorted[0], sorted[sorted.length - 1], false)
                : new Interval(sorted[k - 1], sorted[sorted.length - k], true);
    }

    /** The greatest k with P(fewer than k of n samples lie on one given side of the median) ≤ 2.5 %; 0 where there is none. */
    static int rank(final int n) {
        double probability = Math.pow(0.5, n);
        double sum = 0;
        int k = 0;
        while (k < n && 2 * (sum + probability) <= DOUBT) {
            sum += probability;
            probability = probability * (n - k) / (k + 1);
            k++;
        }
        return k;
    }
}
