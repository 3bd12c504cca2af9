// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth;

/** What tests want to know of a sound. */
public final class Measure {
    private Measure() {}

    /** A level in dB. */
    public static double decibels(final double ratio) {
        return 20 * Math.log10(Math.max(1e-20, ratio));
    }

    /** The largest magnitude between two frames. */
    public static double peak(final float[] x, final int from, final int to) {
        double peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(x[i]));
        }
        return peak;
    }

    /** The root of the mean square between two frames. */
    public static double rms(final float[] x, final int from, final int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) x[i] * x[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    /** The largest difference between neighbours. */
    public static double steepest(final float[] x, final int from, final int to) {
        double steepest = 0;
        for (int i = from + 1; i < to; i++) {
            steepest = Math.max(steepest, Math.abs(x[i] - x[i - 1]));
        }
        return steepest;
    }

    /** The index of the first sample that is not exactly zero, or −1. */
    public static int firstSound(final float[] x) {
        for (int i = 0; i < x.length; i++) {
            if (x[i] != 0) {
                return i;
            }
        }
        return -1;
    }

    /** The index after the last sample that is not exactly zero; 0 in silence. */
    public static int endOfSound(final float[] x) {
        int end = x.length;
        while (end > 0 && x[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** The amplitude of a sine of this frequency, through a Hann window. */
    public static double amplitude(
            final float[] x,
            final int from,
            final int n,
            final double frequency,
            final double rate) {
        final double[] c = component(x, from, n, frequency, rate);
        return Math.hypot(c[0], c[1]);
    }

    /** The frequency near the given one, from how far the phase moves between two overlapping Hann windows. */
    public static double frequency(
            final float[] x, final int from, final int to, final double near, final double rate) {
        final int n = (to - from) * 3 / 4;
        final int distance = to - from - n;
        final double[] first = component(x, from, n, near, rate);
        final double[] second = component(x, from + distance, n, near, rate);
        final double expected = 2 * Math.PI * near * distance / rate;
        final double turned = Math.atan2(second[1], second[0]) - Math.atan2(first[1], first[0]);
        return near
                + Math.IEEEremainder(turned - expected, 2 * Math.PI)
                        * rate
                        / (2 * Math.PI * distance);
    }

    /** Cents from one frequency to another. */
    public static double cents(final double from, final double to) {
        return 1200 * Math.log(to / from) / Math.log(2);
    }

    private static double[] component(
            final float[] x,
            final int from,
            final int n,
            final double frequency,
            final double rate) {
        double re = 0;
        double im = 0;
        double weights = 0;
        for (int i = 0; i < n; i++) {
            final double w = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / n);
            final double angle = 2 * Math.PI * frequency * i / rate;
            re += w * x[from + i] * Math.cos(angle);
            im -= w * x[from + i] * Math.sin(angle);
            weights += w;
        }
        return new double[] {2 * re / weights, 2 * im / weights};
    }

    /** The power in each bin from 0 to n / 2 of a signal whose length n is a power of two, without a window. */
    public static double[] powers(final double[] signal) {
        final int n = signal.length;
        final double[] re = new double[n];
        final double[] im = new double[n];
        final int bits = Integer.numberOfTrailingZeros(n);
        for (int i = 0; i < n; i++) {
            re[Integer.reverse(i) >>> 32 - bits] = signal[i];
        }
        for (int half = 1; half < n; half *= 2) {
            for (int k = 0; k < half; k++) {
                final double c = Math.cos(Math.PI * k / half);
                final double s = -Math.sin(Math.PI * k / half);
                for (int i = k; i < n; i += 2 * half) {
                    final double r = re[i + half] * c - im[i + half] * s;
                    final double m = re[i + half] * s + im[i + half] * c;
                    re[i + half] = re[i] - r;
                    im[i + half] = im[i] - m;
                    re[i] += r;
                    im[i] += m;
                }
            }
        }
        final double[] powers = new double[n / 2 + 1];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = re[i] * re[i] + im[i] * im[i];
        }
        return powers;
    }
}
