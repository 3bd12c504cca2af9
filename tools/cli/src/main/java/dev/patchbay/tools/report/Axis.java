// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A scale of a plot: values to pixels, linear or logarithmic. */
public final class Axis {
    private final boolean logarithmic;
    private final double low;
    private final double high;
    private final double from;
    private final double to;

    private Axis(
            final boolean logarithmic,
            final double low,
            final double high,
            final double from,
            final double to) {
        this.logarithmic = logarithmic;
        this.low = low;
        this.high = high > low ? high : low + 1;
        this.from = from;
        this.to = to;
    }

    /**
     * A linear scale.
     *
     * @param low the value at pixel {@code from}
     * @param high the value at pixel {@code to}
     */
    public static Axis linear(
            final double low, final double high, final double from, final double to) {
        return new Axis(false, low, high, from, to);
    }

    /** A logarithmic scale between two values above 0. */
    public static Axis logarithmic(
            final double low, final double high, final double from, final double to) {
        return new Axis(true, low, high, from, to);
    }

    /** A logarithmic scale over whole decades that hold both values, which are above 0. */
    public static Axis decades(
            final double low, final double high, final double from, final double to) {
        return new Axis(
                true,
                Math.pow(10, Math.floor(Math.log10(low))),
                Math.pow(10, Math.ceil(Math.log10(high) + 1e-9)),
                from,
                to);
    }

    /** A mark on the scale. */
    public record Tick(double value, String label) {}

    /** The pixel of a value; values beyond the ends are put at the ends. */
    public double at(final double value) {
        final double v = Math.max(low, Math.min(high, value));
        final double share =
                logarithmic ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low);
        return from + share * (to - from);
    }

    /** The least value. */
    public double low() {
        return low;
    }

    /** The greatest value. */
    public double high() {
        return high;
    }

    /** The pixel of the least value. */
    public double from() {
        return from;
    }

    /** The pixel of the greatest value. */
    public double to() {
        return to;
    }

    /** About this many marks at round values, or one a decade. */
    public List<Tick> ticks(final int wanted) {
        final List<Tick> ticks = new ArrayList<>();
        if (logarithmic) {
            final int last = (int) Math.floor(Math.log10(high) + 1e-9);
            for (int power = (int) Math.ceil(Math.log10(low) - 1e-9); power <= last; power++) {
                final double value = Math.pow(10, power);
                ticks.add(new Tick(value, label(value, value)));
            }
            return ticks;
        }
        final double step = step((high - low) / wanted);
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(new Tick(i * step, label(i * step, step)));
        }
        return ticks;
    }

    /** The least of 1, 2, 5 times a power of ten that is not below. */
    static double step(final double atLeast) {
        final double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (final double factor : new double[] {1, 2, 5}) {
            if (factor * power >= atLeast * 0.9999) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String label(final double value, final double step) {
        final int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        // No "-0", and a minus sign of the width of a plus sign.
        return String.format(Locale.ROOT, "%." + digits + "f", value == 0 ? 0.0 : value)
                .replace('-', '−');
    }
}
