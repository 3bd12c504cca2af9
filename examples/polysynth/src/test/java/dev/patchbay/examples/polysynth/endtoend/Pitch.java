// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

/** Measures a pitch by its spectrum. */
final class Pitch {
    private static final int WINDOW = 1 << 15;

    private Pitch() {}

    /**
     * The frequency of the strongest partial near an expected one: the phase that its component gains between two windows one
     * hop apart, see Flanagan and Golden, "Phase Vocoder", 1966.
     *
     * @param from the first sample to look at; a window of 32768 and a hop follow
     */
    static double of(
            final float[] samples, final int from, final double rate, final double expected) {
        double estimate = strongest(samples, from, rate, expected);
        // Each hop doubles the accuracy's lever; the last estimate removes the ambiguity of whole
        // turns.
        for (final int hop : new int[] {64, 512, 4096}) {
            final double turn =
                    phase(samples, from + hop, rate, estimate)
                            - phase(samples, from, rate, estimate);
            estimate += (turn - Math.rint(turn)) * rate / hop;
        }
        return estimate;
    }

    private static double strongest(
            final float[] samples, final int from, final double rate, final double expected) {
        double best = 0;
        double at = expected;
        for (double hertz = expected * 0.9; hertz < expected * 1.1; hertz += rate / WINDOW / 2) {
            final double[] c = component(samples, from, rate, hertz);
            final double magnitude = c[0] * c[0] + c[1] * c[1];
            if (magnitude > best) {
                best = magnitude;
                at = hertz;
            }
        }
        return at;
    }

    /** In turns, of the component relative to an oscillator of this frequency that starts with the samples. */
    private static double phase(
            final float[] samples, final int from, final double rate, final double hertz) {
        final double[] c = component(samples, from, rate, hertz);
        return Math.atan2(c[1], c[0]) / (2 * Math.PI);
    }

    private static double[] component(
            final float[] samples, final int from, final double rate, final double hertz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < WINDOW; i++) {
            final double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
            final double angle = -2 * Math.PI * hertz * (from + i) / rate;
            re += hann * samples[from + i] * Math.cos(angle);
            im += hann * samples[from + i] * Math.sin(angle);
        }
        return new double[] {re, im};
    }
}
