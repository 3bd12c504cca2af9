// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

import java.util.Arrays;

/**
 * What the rounds of one contender gave.
 *
 * @param name of the contender
 * @param median of the rounds
 * @param low the least
 * @param high the greatest
 */
public record Summary(String name, double median, double low, double high) {
    /** {@return the summary of at least one sample} */
    public static Summary of(final String name, final double[] samples) {
        final double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return new Summary(name, median(samples), sorted[0], sorted[sorted.length - 1]);
    }

    /** {@return the middle sample, or the mean of the two middle ones} */
    public static double median(final double[] samples) {
        final double[] sorted = samples.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
