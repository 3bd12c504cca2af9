// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

/**
 * The straight line that lies closest to values at 1, 2, 3 and so on, by least squares.
 *
 * @param start its value at 0
 * @param slope what it grows by from one to the next
 * @param largestResidual how far the value lies from it that lies farthest
 */
public record Line(double start, double slope, double largestResidual) {
    /** {@return the line through values, at least one} */
    public static Line through(final double[] values) {
        final int n = values.length;
        final double middle = (n + 1) / 2.0;
        double mean = 0;
        for (final double value : values) {
            mean += value / n;
        }
        double products = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            final double x = i + 1 - middle;
            products += x * (values[i] - mean);
            squares += x * x;
        }
        final double slope = n == 1 ? 0 : products / squares;
        final double start = mean - slope * middle;
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(values[i] - (start + slope * (i + 1))));
        }
        return new Line(start, slope, largest);
    }
}
