// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.examples.polysynth.FilterType;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateVariableFilterTest {
    @ParameterizedTest(name = "cutoff {0} Hz at {1} Hz")
    @CsvSource({
        "100, 48000",
        "1000, 48000",
        "15000, 48000",
        "1000, 8000",
        "1000, 192000",
        "50, 1500000"
    })
    void theCutoffIsWhereThreeDecibelsAreGone(final double cutoff, final double rate) {
        assertEquals(-3.01, response(FilterType.LOW_PASS, 0, cutoff, cutoff, rate), 0.02);
        assertEquals(-3.01, response(FilterType.HIGH_PASS, 0, cutoff, cutoff, rate), 0.02);
        assertEquals(0, response(FilterType.BAND_PASS, 0, cutoff, cutoff, rate), 0.02);
    }

    @Test
    void lowAndHighPassFallByTwelveDecibelsPerOctaveAndTheBandBySix() {
        assertEquals(0, response(FilterType.LOW_PASS, 0, 1_000, 50, 192_000), 0.01);
        assertEquals(-12.04, slope(FilterType.LOW_PASS, 4_000, 8_000), 0.3);
        assertEquals(-12.04, slope(FilterType.HIGH_PASS, 100, 50), 0.3);
        assertEquals(-6.02, slope(FilterType.BAND_PASS, 4_000, 8_000), 0.3);
        assertEquals(-6.02, slope(FilterType.BAND_PASS, 100, 50), 0.3);
    }

    @Test
    void theResonanceReachesAQualityOfTwenty() {
        assertEquals(
                20 * Math.log10(20), response(FilterType.LOW_PASS, 1, 1_000, 1_000, 48_000), 0.02);
        assertEquals(0, response(FilterType.BAND_PASS, 1, 1_000, 1_000, 48_000), 0.02);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1_000, 8_000, 48_000, 192_000, 1_500_000})
    void itStaysStableHoweverItsCutoffJumps(final double rate) {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final FilterMix mix = mix(FilterType.LOW_PASS, 1);
        final StateVariableFilter filter = new StateVariableFilter();
        final double[] x = new double[16];
        double peak = 0;
        for (int tick = 0; tick < 20_000; tick++) {
            for (int i = 0; i < 16; i++) {
                x[i] = tick < 19_000 ? random.nextDouble() * 2 - 1 : 0;
            }
            filter.tick(
                    Math.pow(10, random.nextDouble() * 7 - 1), rate, random.nextBoolean() ? 0 : 16);
            filter.render(x, 16, 0, mix);
            for (final double sample : x) {
                peak = Math.max(peak, Math.abs(sample));
            }
        }
        assertTrue(peak < 100, "peak " + peak + " with seed " + seed);
        assertTrue(Math.abs(x[15]) < 1, "rings for ever with seed " + seed);
    }

    private static double slope(final FilterType type, final double from, final double to) {
        return response(type, 0, 1_000, to, 192_000) - response(type, 0, 1_000, from, 192_000);
    }

    /** The gain for a sine, in dB, once the filter has settled. */
    private static double response(
            final FilterType type,
            final double resonance,
            final double cutoff,
            final double frequency,
            final double rate) {
        final StateVariableFilter filter = new StateVariableFilter();
        filter.tick(cutoff, rate, 0);
        final int settle = (int) (rate / cutoff * 40);
        final int n =
                (int) Math.round(Math.round(frequency * settle / rate + 1) * rate / frequency);
        final double[] x = new double[settle + n];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.sin(2 * Math.PI * frequency * i / rate);
        }
        filter.render(x, x.length, 0, mix(type, resonance));
        double re = 0;
        double im = 0;
        for (int i = settle; i < x.length; i++) {
            re += x[i] * Math.cos(2 * Math.PI * frequency * i / rate);
            im += x[i] * Math.sin(2 * Math.PI * frequency * i / rate);
        }
        return 20 * Math.log10(2 * Math.hypot(re, im) / n);
    }

    private static FilterMix mix(final FilterType type, final double resonance) {
        final FilterMix mix = new FilterMix();
        mix.type(type);
        mix.low.jump();
        mix.band.jump();
        mix.high.jump();
        mix.resonance(resonance);
        return mix;
    }
}
