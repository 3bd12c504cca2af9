// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.eventqueue.EventType;
import dev.patchbay.examples.polysynth.Measure;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.SynthHarness;
import dev.patchbay.examples.polysynth.Waveform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningTest {
    private static final double CENTS = 0.01;

    @ParameterizedTest(name = "key {0} at {1} Hz")
    @CsvSource({
        "69, 44100",
        "69, 48000",
        "69, 192000",
        "21, 48000",
        "60, 44100",
        "108, 48000",
        "127, 48000",
        "0, 8000"
    })
    void aKeySoundsWithinAHundredthOfACent(final int key, final double rate) {
        final float[] x = SynthHarness.bare(rate).noteOn(key).seconds(2.1);
        assertPitch(440 * Math.pow(2, (key - 69) / 12.0), x, rate);
    }

    @ParameterizedTest
    @CsvSource({"SAW", "PULSE", "TRIANGLE", "SINE"})
    void allWaveformsHaveTheSamePitch(final Waveform waveform) {
        final SynthHarness harness =
                SynthHarness.bare(48_000).set(PolySynthParameters.OSC1_WAVE, waveform.ordinal());
        assertPitch(440, harness.noteOn(69).seconds(2.1), 48_000);
    }

    @Test
    void aNotesOwnTuningIsHeard() {
        final SynthHarness harness = SynthHarness.bare(48_000);
        harness.event(EventType.NOTE_ON, 0, -1, 69, 1, -31.5);
        assertPitch(440 * Math.pow(2, -31.5 / 1200), harness.seconds(2.1), 48_000);
    }

    @ParameterizedTest(name = "wheel at {0} with a range of {1} semitones")
    @CsvSource({"1, 2", "-1, 2", "0.5, 12", "-1, 24", "1, 0"})
    void theWheelBendsByTheRange(final double wheel, final int range) {
        final SynthHarness harness =
                SynthHarness.bare(48_000).set(PolySynthParameters.BEND_RANGE, range);
        harness.noteOn(69).event(EventType.PITCH_BEND, 0, -1, 0, wheel, 0);
        assertPitch(440 * Math.pow(2, wheel * range / 12), harness.seconds(2.1), 48_000);
    }

    @Test
    void theWheelBendsItsOwnChannelOnly() {
        final SynthHarness harness = SynthHarness.bare(48_000);
        harness.noteOn(69).event(EventType.PITCH_BEND, 3, -1, 0, 1, 0);
        assertPitch(440, harness.seconds(2.1), 48_000);
    }

    @Test
    void theSecondOscillatorIsDetuned() {
        final SynthHarness harness =
                SynthHarness.bare(48_000)
                        .set(PolySynthParameters.OSC_MIX, 100)
                        .set(PolySynthParameters.OSC2_PITCH, 7)
                        .set(PolySynthParameters.OSC2_DETUNE, -12);
        assertPitch(440 * Math.pow(2, 6.88 / 12), harness.noteOn(69).seconds(2.1), 48_000);
    }

    @Test
    void theModulationWheelBringsVibrato() {
        final SynthHarness harness = SynthHarness.bare(48_000).set(PolySynthParameters.LFO_RATE, 1);
        final float[] x = harness.noteOn(69).controller(1, 1).seconds(1);
        // A quarter of the swing after the start it is at its top, half a semitone up.
        final double top = Measure.frequency(x, 11_600, 12_400, 440, 48_000);
        final double bottom = Measure.frequency(x, 35_600, 36_400, 440, 48_000);
        assertEquals(50, Measure.cents(440, top), 1);
        assertEquals(-50, Measure.cents(440, bottom), 1);
    }

    private static void assertPitch(final double expected, final float[] x, final double rate) {
        final int from = (int) (0.1 * rate);
        final double heard = Measure.frequency(x, from, from + (int) (2 * rate), expected, rate);
        assertEquals(0, Measure.cents(expected, heard), CENTS, "heard " + heard + " Hz");
    }
}
