// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.preset.PresetLibrary;
import dev.patchbay.control.preset.StoredPreset;
import dev.patchbay.examples.polysynth.Measure;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.SynthHarness;
import dev.patchbay.layout.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactoryPresetsTest {
    private static final int RATE = 48_000;
    private static final List<Parameter> PARAMETERS = new PolySynthParameters().parameters();
    private static final PresetLibrary LIBRARY = Presets.library(Path.of("no such folder"));
    private static final Path SOURCES =
            Path.of("src/main/resources/dev/patchbay/examples/polysynth/control/presets");

    @TempDir private Path folder;

    static Stream<StoredPreset> presets() {
        return LIBRARY.list().presets().stream();
    }

    @Test
    void thereAreAtLeastEightWithNamesOfTheirOwn() {
        final List<String> names = presets().map(stored -> stored.preset().name()).toList();
        final Set<String> distinct = new HashSet<>(names);
        assertEquals(names.size(), distinct.size());
        assertTrue(names.size() >= 8);
        assertEquals(List.of(), LIBRARY.list().problems());
        assertEquals("Two Saws", names.get(0), "the sound of a fresh instance comes first");
    }

    /** After a change of a parameter's range, -Dpatchbay.regenerate=true writes the texts of the files anew. */
    @ParameterizedTest
    @MethodSource("presets")
    void itsFileIsWhatSavingItWouldGive(final StoredPreset stored) throws Exception {
        final Path file = folder.resolve("saved.json");
        LIBRARY.exportFile(stored.preset(), file, false);
        final Path source = SOURCES.resolve(stored.bank()).resolve(stored.file());
        if (Boolean.getBoolean("patchbay.regenerate")) {
            Files.write(source, Files.readAllBytes(file));
        }
        assertEquals(Files.readString(file), Files.readString(source));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void aPresetNamesEveryParameterAndNoOther(final StoredPreset stored) {
        assertEquals(
                PARAMETERS.stream().map(Parameter::id).collect(Collectors.toSet()),
                stored.preset().values().byId().keySet());
    }

    @Test
    void theFirstIsTheSoundOfAFreshInstance() {
        final var values = presets().findFirst().orElseThrow().preset().values();
        PARAMETERS.forEach(p -> assertEquals(p.defaultNormalized(), values.of(p), p.symbol()));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void aPresetSoundsAtAHealthyLevelAndEnds(final StoredPreset stored) {
        final SynthHarness harness = harness(stored);
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
    @MethodSource("presets")
    void noPresetClipsWithManyNotes(final StoredPreset stored) {
        final SynthHarness harness = harness(stored);
        for (int key = 30; key < 90; key += 2) {
            harness.event(1, key % 4, -1, key, 1, 0);
        }
        final float[] x = harness.seconds(2);
        assertTrue(Measure.peak(x, 0, x.length) < 1);
    }

    private static SynthHarness harness(final StoredPreset stored) {
        final SynthHarness harness = new SynthHarness(RATE);
        stored.preset().values().byIndex(PARAMETERS).forEach(harness::setNormalized);
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
