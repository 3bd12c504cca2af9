// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.examples.polysynth.Measure;
import dev.patchbay.examples.polysynth.Waveform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OscillatorTest {
    private static final int N = 1 << 15;
    private static final double WORST_ALIAS = -80;

    /**
     * Each frequency is a whole and odd number of periods in N frames, so each harmonic is in one bin of the spectrum, and
     * everything in any other bin is an alias.
     */
    @ParameterizedTest(name = "{0}, {1} periods in 32768 frames (at 48 kHz × 1.465 Hz)")
    @CsvSource({
        "SAW, 75",
        "SAW, 301",
        "SAW, 1501",
        "SAW, 2857",
        "SAW, 5715",
        "SAW, 11111",
        "PULSE, 75",
        "PULSE, 1501",
        "PULSE, 2857",
        "PULSE, 5715",
        "TRIANGLE, 301",
        "TRIANGLE, 2857",
        "SINE, 301",
        "SINE, 11111",
    })
    void noAliasRisesAboveMinusEightyDecibels(final Waveform waveform, final int periods) {
        final double[] powers = Measure.powers(play(waveform, periods, 0.3));
        final double fundamental = powers[periods];
        double worst = 0;
        for (int bin = 1; bin < powers.length; bin++) {
            if (bin % periods != 0) {
                worst = Math.max(worst, powers[bin]);
            }
        }
        final double level = 10 * Math.log10(worst / fundamental);
        assertTrue(level < WORST_ALIAS, "an alias has " + level + " dB");
    }

    @Test
    void aSawHasAllHarmonicsThatFitWithTheirLevels() {
        final double[] powers = Measure.powers(play(Waveform.SAW, 301, 0.5));
        for (int harmonic = 2; harmonic * 301 < N * 20 / 48; harmonic++) {
            final double expected = -20 * Math.log10(harmonic);
            final double level = 10 * Math.log10(powers[301 * harmonic] / powers[301]);
            assertEquals(expected, level, 0.3, "harmonic " + harmonic);
        }
    }

    @Test
    void aSquareHasOddHarmonicsOnlyAndANarrowPulseTheOthersToo() {
        final double[] square = Measure.powers(play(Waveform.PULSE, 301, 0.5));
        final double[] pulse = Measure.powers(play(Waveform.PULSE, 301, 0.2));
        assertTrue(square[602] < 1e-8 * square[301]);
        // Harmonic h of a pulse of width w has sin(π h w) / h.
        final double expected = Math.sin(2 * Math.PI * 0.2) / 2 / Math.sin(Math.PI * 0.2);
        assertEquals(20 * Math.log10(expected), 10 * Math.log10(pulse[602] / pulse[301]), 0.1);
        assertTrue(pulse[0] < 1e-8 * pulse[301], "no DC");
    }

    @ParameterizedTest
    @EnumSource(Waveform.class)
    void aHarmonicAboveHalfTheRateIsNeverPlayed(final Waveform waveform) {
        final Oscillator oscillator = new Oscillator();
        oscillator.restart();
        oscillator.tick(0.7, 0);
        final double[] x = new double[64];
        oscillator.add(waveform, x, 64, 0, 1, 0, width(0.5));
        for (final double sample : x) {
            assertTrue(Math.abs(sample) <= 2);
        }
    }

    private static double[] play(final Waveform waveform, final int periods, final double width) {
        final Oscillator oscillator = new Oscillator();
        oscillator.restart();
        oscillator.tick((double) periods / N, 0);
        final double[] x = new double[N];
        oscillator.add(waveform, x, N, 0, 1, 0, width(width));
        return x;
    }

    private static Ramp width(final double width) {
        final Ramp ramp = new Ramp();
        ramp.jump(width);
        return ramp;
    }
}
