// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.state.ParameterValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetSessionTest {
    @TempDir private Path folder;
    private final List<Map<Integer, Double>> transactions = new ArrayList<>();

    /** What the region would hold. */
    private final float[] region = new float[Synth.PARAMETERS.size()];

    private int stateChanges;
    private PresetSession session;

    @BeforeEach
    void open() {
        for (int i = 0; i < region.length; i++) {
            region[i] = (float) Synth.PARAMETERS.get(i).defaultNormalized();
        }
        session = session();
    }

    private PresetSession session() {
        return new PresetSession(Synth.library(folder), region, this::change, () -> stateChanges++);
    }

    private void change(final Map<Integer, Double> values) {
        transactions.add(Map.copyOf(values));
        values.forEach((index, value) -> region[index] = value.floatValue());
    }

    private void echo(final PresetSession to) {
        for (int i = 0; i < region.length; i++) {
            to.parameterChanged(i, region[i]);
        }
    }

    private void turn(final int index, final double value) {
        region[index] = (float) value;
        session.parameterChanged(index, region[index]);
    }

    private static Preset sound(final double level, final double cutoff, final int step) {
        return Preset.of(
                "Sound",
                ParameterValues.of(
                        Map.of(
                                Synth.LEVEL,
                                level,
                                Synth.CUTOFF,
                                cutoff,
                                Synth.STEPS,
                                step / 4.0,
                                Synth.WAVE,
                                1.0)));
    }

    @Test
    void aPresetIsOneTransactionThatSetsEverySoundParameterAndNoOther() {
        session.load(Synth.preset("N", 0.1));
        assertEquals(1, transactions.size());
        assertEquals(
                Map.of(0, 0.1, 1, Synth.PARAMETERS.get(1).defaultNormalized(), 2, 0.0, 3, 0.0),
                transactions.get(0));
        assertEquals(1, stateChanges);
    }

    @Test
    void whatComesBackFromTheRegionEditsNothingAndLosesNoDigits() {
        session.load(sound(1.0 / 3, 0.1 + 0.2, 3));
        echo(session);
        assertFalse(session.isEdited());
        assertEquals(1.0 / 3, session.values().byId().get(Synth.LEVEL));
        assertEquals(0.1 + 0.2, session.values().byId().get(Synth.CUTOFF));
    }

    @Test
    void aValueOfTheHostsIsKeptAsTheShortestDecimalThatItCanMean() {
        turn(0, 0.7);
        assertEquals(0.7, session.values().byId().get(Synth.LEVEL));
    }

    @Test
    void aParameterThatIsMovedMakesItEditedAndMovedBackNot() {
        session.load(sound(0.5, 0.5, 2));
        turn(0, 0.5 + 0.9 * ParameterValues.SAME);
        assertFalse(session.isEdited(), "within the tolerance");
        turn(0, 0.5 + 2 * ParameterValues.SAME);
        assertTrue(session.isEdited());
        turn(0, 0.5);
        assertFalse(session.isEdited());
        assertEquals(0.5, session.values().byId().get(Synth.LEVEL));
    }

    @Test
    void aStepIsTheSameWhereverInItTheHostPutsIt() {
        session.load(sound(0.5, 0.5, 2));
        turn(2, 0.45);
        assertFalse(session.isEdited(), "still the third of five steps");
        turn(2, 0.7);
        assertTrue(session.isEdited());
    }

    @Test
    void bypassAndReadOnlyParametersEditNothing() {
        session.load(sound(0.5, 0.5, 2));
        turn(4, 1);
        turn(5, 0.9);
        assertFalse(session.isEdited());
        assertFalse(session.values().byId().containsKey(Synth.BYPASS));
    }

    @Test
    void withoutAPresetNothingIsEditedAndNothingToRevert() {
        turn(0, 0.9);
        assertFalse(session.isEdited());
        session.revert();
        assertEquals(List.of(), transactions);
    }

    @Test
    void revertGoesBackToWhatWasLoaded() {
        session.load(sound(0.5, 0.25, 2));
        turn(0, 0.9);
        session.revert();
        assertEquals(transactions.get(0), transactions.get(1));
        assertFalse(session.isEdited());
    }

    @Test
    void twoSlotsKeepTheirEditsAndWhatWasLoaded() {
        session.load(sound(0.25, 0.5, 1));
        turn(0, 0.3);
        session.play(Slot.B);
        assertEquals(0.3, transactions.get(1).get(0), "an empty slot starts as a copy");
        session.load(sound(0.75, 0.5, 4).withName("Other"));
        turn(0, 0.8);
        session.play(Slot.A);
        assertEquals(0.3, transactions.get(transactions.size() - 1).get(0));
        assertEquals("Sound", session.loaded().orElseThrow().name());
        assertTrue(session.isEdited());
        session.play(Slot.B);
        assertEquals(0.8, transactions.get(transactions.size() - 1).get(0));
        assertEquals("Other", session.loaded().orElseThrow().name());
        final int before = transactions.size();
        session.play(Slot.B);
        assertEquals(before, transactions.size(), "it plays already");
    }

    @Test
    void copyingMakesTheOtherSlotTheSameAndSoundsNothing() {
        session.load(sound(0.25, 0.5, 1));
        session.play(Slot.B);
        turn(0, 0.9);
        final int before = transactions.size();
        session.copyToOther();
        assertEquals(before, transactions.size());
        assertEquals(session.values(Slot.B), session.values(Slot.A));
        assertEquals(0.9, session.values(Slot.A).byId().get(Synth.LEVEL));
    }

    @Test
    void aMorphIsLinearInContinuousParametersAndSwitchesTheOthersAtTheHalf() {
        final ParameterValues a =
                ParameterValues.of(
                        Map.of(Synth.LEVEL, 0.2, Synth.STEPS, 0.0, Synth.WAVE, 0.0, 900, 0.1));
        final ParameterValues b =
                ParameterValues.of(
                        Map.of(Synth.LEVEL, 0.6, Synth.STEPS, 1.0, Synth.WAVE, 1.0, 901, 0.9));
        final Map<Double, List<Double>> expected =
                Map.of(
                        0.0, List.of(0.2, 0.0, 0.0),
                        0.25, List.of(0.3, 0.0, 0.0),
                        0.4999, List.of(0.39996, 0.0, 0.0),
                        0.5, List.of(0.4, 1.0, 1.0),
                        1.0, List.of(0.6, 1.0, 1.0),
                        7.0, List.of(0.6, 1.0, 1.0),
                        -1.0, List.of(0.2, 0.0, 0.0));
        expected.forEach(
                (position, values) -> {
                    session.morph(a, b, position);
                    final Map<Integer, Double> last = transactions.get(transactions.size() - 1);
                    assertEquals(values.get(0), last.get(0), 1e-12, "at " + position);
                    assertEquals(values.get(1), last.get(2), "at " + position);
                    assertEquals(values.get(2), last.get(3), "at " + position);
                });
        assertEquals(a.byId().get(900), a.morph(b, 0.4, Synth.PARAMETERS).byId().get(900));
        assertEquals(b.byId().get(901), a.morph(b, 0.5, Synth.PARAMETERS).byId().get(901));
        assertEquals(0.6, a.morph(b, 1, Synth.PARAMETERS).of(Synth.PARAMETERS.get(0)), "exactly");
        assertThrows(IllegalArgumentException.class, () -> session.morph(a, b, Double.NaN));
    }

    @Test
    void theBanksAreSteppedThroughRoundAndRound() throws Exception {
        assertEquals(Optional.empty(), session.step(1));
        for (final String name : List.of("c", "a", "b")) {
            session.library().add("", Synth.preset(name, 0.5));
        }
        final List<String> names = new ArrayList<>();
        for (final int step : new int[] {1, 1, 1, 1, -1, -1, -1}) {
            names.add(session.step(step).orElseThrow().preset().name());
        }
        assertEquals(List.of("a", "b", "c", "a", "c", "b", "a"), names);
        final PresetSession fresh = session();
        assertEquals("c", fresh.step(-1).orElseThrow().preset().name());
    }

    @Test
    void savingKeepsTheExactSoundAndWhatIsUnknown() throws Exception {
        session.load(
                Preset.of("Old", ParameterValues.of(Map.of(Synth.LEVEL, 1.0 / 3, 900, 0.125))));
        echo(session);
        turn(1, 0.9);
        final StoredPreset stored =
                session.saveAs("Mine", session.loaded().orElseThrow().withName("New"));
        assertEquals(1.0 / 3, stored.preset().values().byId().get(Synth.LEVEL));
        assertEquals(0.125, stored.preset().values().byId().get(900));
        assertEquals(0.9, stored.preset().values().byId().get(Synth.CUTOFF));
        assertFalse(session.isEdited());
        assertEquals("user/Mine/New.json", session.loadedId().orElseThrow());
        turn(1, 0.8);
        session.save();
        assertFalse(session.isEdited());
        assertEquals(
                0.8,
                session.library()
                        .find("user/Mine/New.json")
                        .orElseThrow()
                        .preset()
                        .values()
                        .byId()
                        .get(Synth.CUTOFF));
    }

    @Test
    void savingOverWhatAnotherInstanceChangedIsAConflictAlsoAfterAProjectWasReopened()
            throws Exception {
        session.saveAs("", Synth.preset("N", 0));
        final byte[] project = session.saveState();
        final PresetSession other = session();
        other.load(other.library().find("user/N.json").orElseThrow());
        other.parameterChanged(0, 0.9f);
        other.save();
        final PresetSession reopened = session();
        reopened.loadState(project);
        assertThrows(PresetConflictException.class, reopened::save);
        assertThrows(PresetConflictException.class, session::save);
        assertThrows(PresetException.class, () -> session().save(), "nothing is loaded");
    }

    @Test
    void aStateSurvivesTheWayThroughAHost() throws Exception {
        session.saveAs("Mine", sound(0.25, 0.1, 1));
        session.play(Slot.B);
        session.load(sound(0.5, 1.0 / 3, 2).withName("B").withTags(List.of("x")));
        final byte[] saved = session.saveState();
        final PresetSession other = session();
        final int before = transactions.size();
        other.loadState(saved);
        assertEquals(before, transactions.size(), "the host restores the values");
        assertArrayEquals(saved, other.saveState(), "before they arrive");
        echo(other);
        assertArrayEquals(saved, other.saveState());
        assertEquals(Slot.B, other.playing());
        assertFalse(other.isEdited());
        assertEquals(session.values(), other.values(), "with all digits of what was loaded");
        assertEquals(session.values(Slot.A), other.values(Slot.A));
        other.play(Slot.A);
        assertEquals("user/Mine/Sound.json", other.loadedId().orElseThrow());
    }

    @Test
    void aStateWhoseValuesAreThereAlreadyGivesThemTheirDigitsBack() {
        session.load(sound(1.0 / 3, 0.1 + 0.2, 2));
        final PresetSession other = session();
        assertFalse(session.values().equals(other.values()), "it has seen 32 bits alone");
        other.loadState(session.saveState());
        assertEquals(session.values(), other.values());
    }

    @Test
    void noBytesAreAFreshSessionAndOthersAreRefusedAndChangeNothing() {
        session.load(sound(0.25, 0.1, 1));
        final byte[] before = session.saveState();
        for (final String wrong :
                List.of(
                        "x",
                        "{}",
                        "[]",
                        "{\"format\":\"patchbay-preset-session\",\"version\":9}")) {
            final IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> session.loadState(wrong.getBytes()));
            assertTrue(e.getMessage().startsWith("the presets in the state"), e.getMessage());
        }
        assertArrayEquals(before, session.saveState());
        session.loadState(new byte[0]);
        assertEquals(Optional.empty(), session.loaded());
    }

    @Test
    void aValueThatIsNoNumberOrOutOfRangeIsClamped() {
        turn(0, Double.NaN);
        turn(1, 7);
        turn(2, -7);
        final Map<Integer, Double> values = new HashMap<>(session.values().byId());
        assertEquals(0.0, values.get(Synth.LEVEL));
        assertEquals(1.0, values.get(Synth.CUTOFF));
        assertEquals(0.0, values.get(Synth.STEPS));
    }
}
