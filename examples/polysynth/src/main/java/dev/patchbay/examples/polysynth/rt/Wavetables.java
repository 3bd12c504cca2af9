// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import dev.patchbay.examples.polysynth.Waveform;

/**
 * One period of each waveform, many times over: each table holds the harmonics up to a certain one and no others, and a
 * note is played from the richest table whose harmonics all lie below half the sample rate. So nothing aliases but what
 * linear interpolation adds, which for 8192 samples and at most 1024 harmonics stays below −80 dB for each component (see
 * Robert Bristow-Johnson, "Wavetable Synthesis 101", AES Convention 101, 1996). From eight harmonics on, tables are a
 * quarter of an octave apart, so at 48 kHz a note never loses harmonics below 20 kHz.
 *
 * <p>All shapes start with a positive half: at {@link Oscillator#START} none of them is zero. The tables are built once for
 * all instances, when this class is loaded, and never change.
 */
final class Wavetables {
    /** The samples of a period; one more repeats the first. */
    static final int BITS = 13;

    private static final int SIZE = 1 << BITS;
    private static final int MOST_HARMONICS = 1024;

    private static final float[] SINE = new float[SIZE + 1];

    /** Which table has as many harmonics as possible, but not more than the index. */
    private static final int[] LEVEL_OF = new int[MOST_HARMONICS + 1];

    private static final float[][] SAWS;
    private static final float[][] TRIANGLES;

    static {
        for (int i = 0; i <= SIZE; i++) {
            SINE[i] = (float) StrictMath.sin(2 * Math.PI * (i % SIZE) / SIZE);
        }
        int levels = 0;
        double next = 1;
        for (int harmonics = 1; harmonics <= MOST_HARMONICS; harmonics++) {
            if (harmonics >= next) {
                levels++;
                next =
                        harmonics < 8
                                ? harmonics + 1
                                : harmonics * StrictMath.sqrt(StrictMath.sqrt(2));
            }
            LEVEL_OF[harmonics] = levels - 1;
        }
        SAWS = tables(levels, 2 / Math.PI, false);
        TRIANGLES = tables(levels, 8 / (Math.PI * Math.PI), true);
    }

    private Wavetables() {}

    /**
     * The table for a waveform at a frequency. {@link Waveform#PULSE} is the difference of two saws.
     *
     * @param step the frequency as the part of a period per frame, of which 2<sup>64</sup> are one
     */
    static float[] table(final Waveform waveform, final long step) {
        if (waveform == Waveform.SINE) {
            return SINE;
        }
        final long harmonics =
                Math.max(1, Math.min(MOST_HARMONICS, Long.MAX_VALUE / Math.max(1, step)));
        final int level = LEVEL_OF[(int) harmonics];
        return waveform == Waveform.TRIANGLE ? TRIANGLES[level] : SAWS[level];
    }

    /** The sine of a part of a period. */
    static double sine(final double turns) {
        final double index = (turns - Math.floor(turns)) * SIZE;
        final int i = (int) index;
        return SINE[i] + (index - i) * (SINE[Math.min(SIZE, i + 1)] - SINE[i]);
    }

    /** Adds one harmonic after the other and keeps a copy wherever a table ends: a falling saw, or a triangle. */
    private static float[][] tables(
            final int levels, final double amplitude, final boolean triangle) {
        final float[][] tables = new float[levels][];
        final double[] sum = new double[SIZE];
        final double[] sine = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            sine[i] = StrictMath.sin(2 * Math.PI * i / SIZE);
        }
        for (int harmonic = 1; harmonic <= MOST_HARMONICS; harmonic++) {
            final double sign = harmonic % 4 == 3 ? -1 : 1;
            final double weight =
                    triangle ? sign * (harmonic % 2) / (harmonic * harmonic) : 1.0 / harmonic;
            for (int i = 0; i < SIZE && weight != 0; i++) {
                sum[i] += amplitude * weight * sine[i * harmonic % SIZE];
            }
            if (tables[LEVEL_OF[harmonic]] == null) {
                final float[] table = new float[SIZE + 1];
                for (int i = 0; i <= SIZE; i++) {
                    table[i] = (float) sum[i % SIZE];
                }
                tables[LEVEL_OF[harmonic]] = table;
            }
        }
        return tables;
    }
}
