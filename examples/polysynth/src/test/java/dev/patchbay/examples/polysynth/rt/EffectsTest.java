// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.examples.polysynth.Measure;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.SynthHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectsTest {
    private static final double RATE = 48_000;

    @ParameterizedTest
    @ValueSource(doubles = {100, 330, 1_000})
    void anEchoComesAfterItsTimeToTheFrame(final double milliseconds) {
        final SynthHarness harness =
                blip().set(PolySynthParameters.DELAY_MIX, 100)
                        .set(PolySynthParameters.DELAY_TIME, milliseconds)
                        .set(PolySynthParameters.DELAY_FEEDBACK, 0);
        final float[] x = harness.seconds(2.2);
        final int distance = (int) Math.round(milliseconds * RATE / 1000);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(x[i], x[distance + i], 2e-6, "frame " + i + " of the echo");
        }
    }

    @Test
    void eachEchoIsSofterByTheFeedbackAndChangesSides() {
        final SynthHarness harness =
                blip().set(PolySynthParameters.DELAY_MIX, 100)
                        .set(PolySynthParameters.DELAY_TIME, 200)
                        .set(PolySynthParameters.DELAY_FEEDBACK, 50);
        final float[][] out = harness.render(48_000);
        final double first = Measure.peak(out[0], 9_000, 12_000);
        final double second = Measure.peak(out[1], 18_600, 21_600);
        final double third = Measure.peak(out[0], 28_200, 31_200);
        assertEquals(
                0.5,
                second * Measure.peak(out[0], 0, 3_000) / Measure.peak(out[1], 0, 3_000) / first,
                0.03);
        assertEquals(0.25, third / first, 0.03);
    }

    @Test
    void aNewDelayTimeIsReachedWithoutAClick() {
        final SynthHarness harness =
                SynthHarness.bare(RATE)
                        .set(PolySynthParameters.DELAY_MIX, 100)
                        .set(PolySynthParameters.DELAY_TIME, 400);
        harness.noteOn(45).seconds(1.5);
        final float[] before = harness.render(9_600)[0];
        harness.set(PolySynthParameters.DELAY_TIME, 350); // five and a half periods
        final float[] after = harness.render(48_000)[0];
        final double usual = Measure.steepest(before, 0, 9_600);
        assertTrue(
                Measure.steepest(after, 0, 48_000) < 4 * usual,
                "the tape runs faster, but does not jump");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.4, 1.5, 5})
    void theRoomFallsBySixtyDecibelsInItsTime(final double seconds) {
        final SynthHarness harness =
                blip().set(PolySynthParameters.REVERB_MIX, 100)
                        .set(PolySynthParameters.REVERB_TIME, seconds);
        final float[] x = harness.seconds(0.3 + seconds);
        final int from = (int) (0.2 * RATE);
        final int to = from + (int) (seconds / 2 * RATE);
        final double fall =
                Measure.decibels(
                        Measure.rms(x, to, to + 4_800) / Measure.rms(x, from, from + 4_800));
        // The damping takes some more, so at least 30 dB in half the time, but not much more.
        assertEquals(-32, fall, 5);
    }

    @Test
    void theRoomIsWideAndAboutAsLoudAsItsSource() {
        final SynthHarness dry = SynthHarness.bare(RATE).set(PolySynthParameters.OSC1_WAVE, 0);
        final SynthHarness wet = SynthHarness.bare(RATE).set(PolySynthParameters.OSC1_WAVE, 0);
        wet.set(PolySynthParameters.REVERB_MIX, 100);
        for (int key = 40; key < 70; key += 3) {
            dry.noteOn(key);
            wet.noteOn(key);
        }
        final float[][] with = wet.render(192_000);
        final float[][] without = dry.render(192_000);
        final float[][] room = new float[2][192_000];
        double product = 0;
        for (int i = 0; i < 192_000; i++) {
            room[0][i] = with[0][i] - without[0][i];
            room[1][i] = with[1][i] - without[1][i];
            product += (double) room[0][i] * room[1][i];
        }
        final double left = Measure.rms(room[0], 0, 192_000);
        final double right = Measure.rms(room[1], 0, 192_000);
        assertTrue(Math.abs(product / 192_000 / left / right) < 0.5, "left and right differ");
        assertEquals(0, Measure.decibels(left / Measure.rms(without[0], 0, 192_000)), 6);
    }

    @Test
    void theDirectSoundStaysAsItIs() {
        final float[] dry = new SynthHarness(RATE).dry().noteOn(60).render(1_000)[0];
        final SynthHarness harness = new SynthHarness(RATE).set(PolySynthParameters.DELAY_MIX, 100);
        final float[] wet =
                harness.set(PolySynthParameters.REVERB_MIX, 0).noteOn(60).render(1_000)[0];
        assertArrayEquals(dry, wet);
    }

    /** A note of some milliseconds that has a soft beginning and end. */
    private static SynthHarness blip() {
        final SynthHarness harness =
                SynthHarness.bare(RATE)
                        .set(PolySynthParameters.AMP_ATTACK, 10)
                        .set(PolySynthParameters.AMP_RELEASE, 20);
        return harness.noteOn(60).at(1_200, () -> harness.noteOff(60));
    }
}
