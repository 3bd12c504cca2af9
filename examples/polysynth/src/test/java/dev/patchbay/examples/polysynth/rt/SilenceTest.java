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
import org.junit.jupiter.params.provider.CsvSource;

class SilenceTest {
    @ParameterizedTest(
            name = "release {0} ms, delay {1} ms {2} % {3} %, room {4} s {5} %, at {6} Hz")
    @CsvSource({
        "20, 330, 35, 0, 1.8, 0, 48000",
        "350, 330, 35, 12, 1.8, 15, 48000",
        "5, 1000, 60, 100, 1.8, 0, 8000",
        "5, 40, 90, 100, 0.2, 0, 8000",
        "5, 1, 90, 100, 0.2, 0, 48000",
        "5, 330, 0, 100, 0.2, 0, 48000",
        "5, 330, 35, 0, 10, 100, 8000",
        "5, 330, 35, 0, 0.2, 100, 48000",
        "2000, 500, 50, 50, 3, 50, 8000",
        "5, 200, 30, 50, 1, 50, 1000",
    })
    void itIsExactlySilentWhenItsTailIsOver(
            final double release,
            final double time,
            final double feedback,
            final double delay,
            final double room,
            final double reverb,
            final double rate) {
        final SynthHarness harness =
                new SynthHarness(rate)
                        .set(PolySynthParameters.AMP_RELEASE, release)
                        .set(PolySynthParameters.DELAY_TIME, time)
                        .set(PolySynthParameters.DELAY_FEEDBACK, feedback)
                        .set(PolySynthParameters.DELAY_MIX, delay)
                        .set(PolySynthParameters.REVERB_TIME, room)
                        .set(PolySynthParameters.REVERB_MIX, reverb);
        for (int key = 40; key < 60; key++) {
            harness.noteOn(key);
        }
        harness.seconds(0.3);
        for (int key = 40; key < 60; key++) {
            harness.noteOff(key);
        }
        final int tail = harness.synth().tailFrames();
        final float[][] out = harness.render(tail + 1_000);
        final int end = Math.max(Measure.endOfSound(out[0]), Measure.endOfSound(out[1]));
        assertTrue(end <= tail, "sounds for " + end + " frames, but promised " + tail);
        assertTrue(end > tail / 8 - 2 * rate, "sounds for " + end + " frames, but feared " + tail);
        assertEquals(0, harness.soundingVoices());
    }

    @Test
    void beforeTheFirstNoteItIsSilent() {
        assertEquals(-1, Measure.firstSound(new SynthHarness(48_000).seconds(0.5)));
    }

    @Test
    void aResetEndsEverythingAtOnceAndLeavesNoTrace() {
        final SynthHarness used = wet();
        used.noteOn(60).noteOn(64).controller(1, 1).controller(64, 1).controller(7, 0.1).seconds(1);
        used.synth().reset();
        assertEquals(-1, Measure.firstSound(used.seconds(1)));
        final SynthHarness fresh = wet();
        assertArrayEquals(fresh.noteOn(50).seconds(0.5), used.noteOn(50).seconds(0.5));
        assertArrayEquals(
                fresh.noteOff(50).seconds(0.5), used.noteOff(50).seconds(0.5), "after the release");
    }

    private static SynthHarness wet() {
        return new SynthHarness(48_000)
                .set(PolySynthParameters.DELAY_MIX, 100)
                .set(PolySynthParameters.REVERB_MIX, 100)
                .set(PolySynthParameters.LFO_PITCH, 50);
    }

    @Test
    void aPluckedNoteGivesItsVoiceBackThoughItsKeyIsHeld() {
        final SynthHarness harness =
                SynthHarness.bare(48_000)
                        .set(PolySynthParameters.AMP_SUSTAIN, 0)
                        .set(PolySynthParameters.AMP_DECAY, 100);
        final float[] x = harness.noteOn(60).seconds(0.5);
        assertEquals(0, harness.soundingVoices());
        assertEquals(0.1 * 100 / 60, Measure.endOfSound(x) / 48_000.0, 0.005);
    }
}
