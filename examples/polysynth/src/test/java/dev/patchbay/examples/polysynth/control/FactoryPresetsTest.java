// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.examples.polysynth.Measure;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.SynthHarness;
import dev.patchbay.layout.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactoryPresetsTest {
    private static final int RATE = 48_000;
    private static final List<Parameter> PARAMETERS = new PolySynthParameters().parameters();

    static Stream<String> names() {
        return new PolySynthControl().presets().stream();
    }

    @Test
    void thereAreAtLeastEightWithNamesOfTheirOwn() {
        final Set<String> names = new HashSet<>(names().toList());
        assertEquals(FactoryPresets.ALL.size(), names.size());
        assertTrue(names.size() >= 8);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPresetSoundsAtAHealthyLevelAndEnds(final String name) {
        final SynthHarness harness = harness(name);
        for (final int key : new int[] {45, 57, 60, 64, 69}) {
            harness.event(1, 0, -1, key, 0.8, 0);
        }
        final float[] x = harness.seconds(2);
        final double peak = Measure.decibels(Measure.peak(x, 0, x.length));
        final double loudest = loudest(x);
        assertTrue(peak < -1, "a chord of five has its peak at " + peak + " dBFS");
        assertTrue(loudest > -26 && loudest < -9, "a chord of five has " + loudest + " dBFS");
        harness.event(10, 0, -1, 0, 0, 0);
        harness.render(harness.synth().tailFrames());
        assertEquals(-1, Measure.firstSound(harness.seconds(0.1)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void noPresetClipsWithManyNotes(final String name) {
        final SynthHarness harness = harness(name);
        for (int key = 30; key < 90; key += 2) {
            harness.event(1, key % 4, -1, key, 1, 0);
        }
        final float[] x = harness.seconds(2);
        assertTrue(Measure.peak(x, 0, x.length) < 1);
    }

    @Test
    void aValueOutsideItsRangeIsRefusedWithASentence() {
        final Preset wrong = Preset.named("Wrong").with(PolySynthParameters.VOLUME, 7);
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> wrong.normalized(PARAMETERS));
        assertEquals(
                "Preset \"Wrong\" sets volume to 7.0, but it must lie in -60.0…6.0.",
                e.getMessage());
    }

    private static SynthHarness harness(final String name) {
        final SynthHarness harness = new SynthHarness(RATE);
        for (final Preset preset : FactoryPresets.ALL) {
            if (preset.name().equals(name)) {
                for (final Map.Entry<Integer, Double> value :
                        preset.normalized(PARAMETERS).entrySet()) {
                    harness.setNormalized(value.getKey(), value.getValue());
                }
            }
        }
        return harness;
    }

    /** The level of the loudest 100 ms, in dBFS. */
    private static double loudest(final float[] x) {
        double loudest = 0;
        for (int i = 0; i + RATE / 10 <= x.length; i += RATE / 10) {
            loudest = Math.max(loudest, Measure.rms(x, i, i + RATE / 10));
        }
        return Measure.decibels(loudest);
    }
}
