// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.eventqueue.EventType;
import dev.patchbay.examples.polysynth.Measure;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.SynthHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControllersTest {
    private final SynthHarness harness = SynthHarness.bare(48_000);

    @ParameterizedTest(name = "controller {0} at {1}")
    @CsvSource({"7, 127", "7, 100", "7, 50", "7, 1", "11, 127", "11, 64", "11, 20"})
    void volumeAndExpressionFollowTheCurveOfGeneralMidi(final int number, final int value) {
        final double usual = level(SynthHarness.bare(48_000).noteOn(69));
        final double changed = level(harness.noteOn(69).controller(number, value / 127.0));
        final double reference = number == 7 ? 100 : 127;
        final double expected = 40 * Math.log10(value / reference);
        assertEquals(expected, Measure.decibels(changed / usual), 0.05);
    }

    @Test
    void aVolumeThatJumpsIsHeardAsAGlide() {
        final float[] before = harness.noteOn(33).render(9_600)[0];
        harness.toCrest();
        final float[] after = harness.controller(11, 0).render(4_800)[0];
        assertTrue(
                Measure.steepest(after, 0, 4_800) < 2.5 * Measure.steepest(before, 4_800, 9_600));
        assertTrue(Measure.peak(after, 4_000, 4_800) < 1e-4);
    }

    @Test
    void velocityCountsAsMuchAsItsParameterSays() {
        final double loud = level(bare(100, 1));
        assertEquals(-12.04, Measure.decibels(level(bare(100, 0.5)) / loud), 0.05);
        assertEquals(0, Measure.decibels(level(bare(0, 0.5)) / loud), 0.05);
        assertEquals(40 * Math.log10(0.75), Measure.decibels(level(bare(50, 0.5)) / loud), 0.05);
    }

    @Test
    void pressureOpensTheFilter() {
        harness.set(PolySynthParameters.FILTER_CUTOFF, 200).noteOn(69);
        final double closed = level(harness);
        harness.event(EventType.CHANNEL_PRESSURE, 0, -1, 0, 1, 0);
        assertTrue(level(harness) > 3 * closed);
        harness.event(EventType.CHANNEL_PRESSURE, 0, -1, 0, 0, 0).seconds(0.1);
        harness.event(EventType.POLY_PRESSURE, 0, -1, 69, 1, 0);
        assertTrue(level(harness) > 3 * closed);
    }

    @Test
    void controllersAreResetTogether() {
        final double usual = level(harness.noteOn(69));
        harness.controller(11, 0.2)
                .event(EventType.PITCH_BEND, 0, -1, 0, 1, 0)
                .controller(1, 1)
                .seconds(0.1);
        harness.controller(121, 0);
        assertEquals(usual, level(harness), 1e-4);
    }

    @Test
    void aParameterThatJumpsIsHeardAsAGlide() {
        final float[] before = harness.noteOn(33).render(9_600)[0];
        harness.toCrest();
        harness.set(PolySynthParameters.VOLUME, -60);
        final float[] after = harness.render(4_800)[0];
        assertTrue(
                Measure.steepest(after, 0, 4_800) < 2.5 * Measure.steepest(before, 4_800, 9_600));
    }

    private static SynthHarness bare(final double sensitivity, final double velocity) {
        final SynthHarness harness =
                SynthHarness.bare(48_000).set(PolySynthParameters.VELOCITY, sensitivity);
        return harness.event(EventType.NOTE_ON, 0, -1, 69, velocity, 0);
    }

    /** The level of A4 from a tenth of a second on. */
    private static double level(final SynthHarness harness) {
        return Measure.amplitude(harness.seconds(0.4), 4_800, 14_400, 440, 48_000);
    }
}
