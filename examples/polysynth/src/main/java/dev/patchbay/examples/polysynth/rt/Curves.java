// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/**
 * Fast curves for the control rate, made of arithmetic only: they give the same bits interpreted and compiled, and unlike
 * {@link StrictMath#tan} they never allocate.
 */
final class Curves {
    private static final double LN_2 = StrictMath.log(2);

    private Curves() {}

    /**
     * 2<sup>x</sup>, exact for whole x and within 10<sup>−11</sup> of the value otherwise.
     *
     * @param x clamped to ±1000
     */
    static double exp2(final double x) {
        final double clamped = Math.max(-1000, Math.min(1000, x));
        final double whole = Math.floor(clamped + 0.5);
        final double y =
                (clamped - whole) * LN_2; // within ±0.35, where nine terms of the series suffice
        double sum = 1 + y / 9;
        sum = 1 + y / 8 * sum;
        sum = 1 + y / 7 * sum;
        sum = 1 + y / 6 * sum;
        sum = 1 + y / 5 * sum;
        sum = 1 + y / 4 * sum;
        sum = 1 + y / 3 * sum;
        sum = 1 + y / 2 * sum;
        sum = 1 + y * sum;
        return sum * Double.longBitsToDouble(((long) whole + 1023) << 52);
    }

    /**
     * tan(πx), within 10<sup>−8</sup> of the value.
     *
     * @param x 0 to below 0.5
     */
    static double tanPi(final double x) {
        return x <= 0.25 ? smallTan(Math.PI * x) : 1 / smallTan(Math.PI * (0.5 - x));
    }

    /** A Padé approximant of the tangent, for 0 to π/4. */
    private static double smallTan(final double x) {
        final double x2 = x * x;
        return x * (10395 + x2 * (-1260 + x2 * 21)) / (10395 + x2 * (-4725 + x2 * (210 - x2)));
    }

    /** The linear gain of a level in dB. */
    static double decibels(final double level) {
        return exp2(level * (1 / 6.020599913279624));
    }
}
