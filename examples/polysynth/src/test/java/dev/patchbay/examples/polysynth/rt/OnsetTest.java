// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.eventqueue.EventType;
import dev.patchbay.examples.polysynth.FilterType;
import dev.patchbay.examples.polysynth.Measure;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.SynthHarness;
import dev.patchbay.examples.polysynth.Waveform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnsetTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 255, 256, 1000})
    void aNoteIsHeardFromItsFrameOn(final int frame) {
        final SynthHarness harness = new SynthHarness(48_000);
        harness.at(frame, () -> harness.noteOn(60));
        final float[][] out = harness.render(2_000);
        assertEquals(frame, Measure.firstSound(out[0]));
        assertEquals(frame, Measure.firstSound(out[1]));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1_000, 8_000, 44_100, 48_000, 96_000, 192_000, 1_500_000})
    void aNoteIsHeardFromItsFrameOnAtEachRate(final double rate) {
        final SynthHarness harness = new SynthHarness(rate);
        harness.at(777, () -> harness.noteOn(69));
        assertEquals(777, Measure.firstSound(harness.render(2_000)[0]));
    }

    @ParameterizedTest
    @EnumSource(Waveform.class)
    void aNoteIsHeardFromItsFrameOnWithEachWaveformFilterWidthAndKey(final Waveform waveform) {
        for (final FilterType type : FilterType.values()) {
            for (int key = 0; key < 128; key += 9) {
                for (final double width : new double[] {5, 20, 50}) {
                    final SynthHarness harness =
                            new SynthHarness(44_100)
                                    .set(PolySynthParameters.OSC1_WAVE, waveform.ordinal())
                                    .set(PolySynthParameters.OSC2_WAVE, waveform.ordinal())
                                    .set(PolySynthParameters.PULSE_WIDTH, width)
                                    .set(PolySynthParameters.FILTER_TYPE, type.ordinal())
                                    .set(PolySynthParameters.FILTER_CUTOFF, 20)
                                    .set(PolySynthParameters.AMP_ATTACK, 5_000);
                    final int struck = key;
                    harness.at(50, () -> harness.event(EventType.NOTE_ON, 0, -1, struck, 0.01, 0));
                    assertEquals(
                            50,
                            Measure.firstSound(harness.render(100)[0]),
                            type + " " + key + " " + width);
                }
            }
        }
    }

    @Test
    void aNoteSoundsTheSameWheneverItBeginsInSilence() {
        final SynthHarness early = new SynthHarness(48_000);
        final SynthHarness late = new SynthHarness(48_000);
        late.at(12_345, () -> late.noteOn(60));
        final float[] first = early.noteOn(60).render(5_000)[0];
        final float[] second = late.render(12_345 + 5_000)[0];
        for (int i = 0; i < first.length; i++) {
            assertEquals(first[i], second[12_345 + i]);
        }
    }

    @Test
    void aNoteBeginsWithoutAClick() {
        final SynthHarness harness =
                SynthHarness.bare(48_000).set(PolySynthParameters.AMP_ATTACK, 5);
        final float[] x = harness.noteOn(45).seconds(0.1);
        assertTrue(Math.abs(x[0]) < 0.01 * Measure.peak(x, 0, x.length), "first sample " + x[0]);
    }

    @Test
    void noSoundComesFromAKeyThatDoesNotExistNorFromTheDrumChannel() {
        final SynthHarness harness = new SynthHarness(48_000);
        harness.noteOn(-1).noteOn(128).event(EventType.NOTE_ON, 9, -1, 60, 1, 0);
        harness.event(EventType.NOTE_ON, 16, -1, 60, 1, 0)
                .event(EventType.NOTE_ON, -1, -1, 60, 1, 0);
        harness.event(EventType.NOTE_ON, 0, -1, 60, Double.NaN, 0);
        assertEquals(-1, Measure.firstSound(harness.seconds(0.2)));
    }
}
