// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.automation.AutomationMode;
import dev.patchbay.control.automation.AutomationPoint;
import dev.patchbay.control.midi.MidiMap;
import dev.patchbay.control.midi.MidiMapping;
import dev.patchbay.control.parameter.ParameterListener;
import dev.patchbay.control.preset.PresetFile;
import dev.patchbay.control.preset.Slot;
import dev.patchbay.control.preset.StoredPreset;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.StandardRegion.HandPhase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UiTest {
    @TempDir private Path folder;
    private TestInstance instance;
    private UiSession session;
    private Listener listener;

    @BeforeEach
    void open() throws Exception {
        instance = new TestInstance(folder);
        session = instance.ui.session("a hand");
        listener = Listener.to(instance.ui, Long.MAX_VALUE);
    }

    @AfterEach
    void close() throws Exception {
        instance.close();
    }

    private void done(final UiEvent event) throws Exception {
        session.post(event).get(30, TimeUnit.SECONDS);
    }

    private String refused(final UiEvent event) {
        return assertThrows(
                        ExecutionException.class,
                        () -> session.post(event).get(30, TimeUnit.SECONDS))
                .getCause()
                .getMessage();
    }

    @Test
    void aMovementReachesTheEngineAndEveryUserInterface() throws Exception {
        done(new UiEvent.Begin(0));
        done(new UiEvent.Set(0, 0.3));
        assertEquals(0.3f, instance.playing(0));
        listener.await(s -> s.parameters().value(0) == 0.3 && s.parameters().isHeld(0));
        done(new UiEvent.End(0));
        listener.await(s -> !s.parameters().isHeld(0));
        done(new UiEvent.Type(0, "7.5 dB"));
        listener.await(s -> s.parameters().value(0) == 0.75);
        done(new UiEvent.Reset(0));
        listener.await(s -> s.parameters().value(0) == 0.5);
    }

    @Test
    void anEventIsAnsweredOnceASnapshotShowsIt() throws Exception {
        for (int i = 0; i < 20; i++) {
            final int before = instance.module.looks.get();
            done(new UiEvent.Set(0, i / 20.0));
            assertTrue(instance.module.looks.get() > before, "snapshots since the event " + i);
        }
    }

    @Test
    void aSessionOfCodeThatWasReplacedChangesNothingMore() throws Exception {
        final UiSession idle = instance.ui.session("an idle hand");
        done(new UiEvent.Begin(0));
        final ClassLoader code = UiTest.class.getClassLoader();
        instance.ui.post(() -> instance.ui.leave(code)).get(30, TimeUnit.SECONDS);
        assertTrue(refused(new UiEvent.Set(0, 0.3)).contains("\"a hand\" is closed"));
        session = idle;
        assertTrue(refused(new UiEvent.Set(0, 0.3)).contains("\"an idle hand\" is closed"));
        assertFalse(instance.registry.isHeld(0));
        assertEquals(0.5f, instance.playing(0));
    }

    @Test
    void whatTheHostMovesIsShown() throws Exception {
        instance.play(0, 0.875f);
        listener.await(s -> s.parameters().value(0) == 0.875);
    }

    @Test
    void aSessionThatEndsLetsGo() throws Exception {
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        instance.ui
                .post(
                        () ->
                                instance.registry.listen(
                                        new ParameterListener() {
                                            @Override
                                            public void gestureBegan(final int index) {
                                                told.add("began " + index);
                                            }

                                            @Override
                                            public void gestureEnded(final int index) {
                                                told.add("ended " + index);
                                            }
                                        }))
                .get(30, TimeUnit.SECONDS);
        done(new UiEvent.Begin(0));
        session.close();
        assertEquals("began 0", told.poll(30, TimeUnit.SECONDS));
        assertEquals("ended 0", told.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void whatCannotBeDoneIsRefusedInASentence() {
        assertEquals(
                "There is no parameter 99: the plug-in has 4.", refused(new UiEvent.Set(99, 0)));
        assertTrue(refused(new UiEvent.Set(0, 1.5)).contains("takes 0 to 1"));
        assertTrue(refused(new UiEvent.Set(0, Double.NaN)).contains("takes 0 to 1"));
        assertTrue(refused(new UiEvent.Begin(2)).contains("read-only"));
        assertTrue(refused(new UiEvent.Learn(2)).contains("read-only"));
        assertTrue(refused(new UiEvent.LoadPreset("user/../x")).contains("no longer there"));
        assertTrue(refused(new UiEvent.Save()).contains("save it as a new one"));
        assertTrue(refused(new UiEvent.ForModule("x", "")).contains("knows no \"x\""));
    }

    @Test
    void presetsAreSavedListedLoadedAndRemoved() throws Exception {
        done(new UiEvent.Set(0, 0.2));
        done(new UiEvent.SaveAs("Mine", "Low", "me", List.of("soft"), "as low as it goes"));
        final UiSnapshot saved = listener.await(s -> s.presets().loaded().equals("Low"));
        assertFalse(saved.presets().edited());
        final String id = saved.presets().loadedId();
        listener.await(s -> s.presets().all().stream().anyMatch(p -> p.id().equals(id)));
        done(new UiEvent.Set(0, 0.9));
        listener.await(s -> s.presets().edited());
        done(new UiEvent.Revert());
        listener.await(s -> !s.presets().edited() && s.parameters().value(0) == 0.2);
        done(new UiEvent.Set(0, 0.9));
        done(new UiEvent.LoadPreset(id));
        listener.await(s -> s.parameters().value(0) == 0.2);
        done(new UiEvent.RemovePreset(id));
        listener.await(s -> s.presets().all().stream().noneMatch(p -> p.id().equals(id)));
    }

    @Test
    void aMorphGoesToAndFroBetweenTheSlotsUntilSomethingElseIsChanged() throws Exception {
        done(new UiEvent.Set(0, 0));
        done(new UiEvent.CopyToOther());
        done(new UiEvent.Play(Slot.B));
        done(new UiEvent.Set(0, 1));
        listener.await(s -> s.presets().slotsDiffer() && s.presets().playing() == Slot.B);
        done(new UiEvent.Morph(0.25));
        listener.await(s -> s.parameters().value(0) == 0.25 && s.presets().morph() == 0.25);
        done(new UiEvent.Morph(0.75));
        listener.await(s -> s.parameters().value(0) == 0.75);
        done(new UiEvent.Set(0, 0.1));
        listener.await(s -> Double.isNaN(s.presets().morph()));
    }

    @Test
    void learningIsShownAndEnds() throws Exception {
        done(new UiEvent.Learn(1));
        listener.await(s -> s.midi().learning() == 1);
        done(new UiEvent.CancelLearn());
        listener.await(s -> s.midi().learning() == -1);
    }

    @Test
    void lanesModesAndRecordingAreShownAndChanged() throws Exception {
        final UiAutomation none = listener.await(s -> s.number() > 0).automation();
        assertEquals(List.of(), none.automation().lanes());
        done(new UiEvent.Automate(0, AutomationMode.TOUCH));
        listener.await(s -> s.automation().modes().get(0) == AutomationMode.TOUCH);
        instance.hand(HandPhase.BEGAN, 0, 1, 0.25);
        listener.await(s -> s.automation().recording().get(0));
        instance.hand(HandPhase.ENDED, 0, 2, 0.25);
        final UiSnapshot taken = listener.await(s -> !s.automation().recording().get(0));
        assertEquals(1, taken.automation().automation().lanes().size());
        final UiSnapshot later = listener.await(s -> s.number() > taken.number());
        assertSame(taken.automation(), later.automation());
        done(new UiEvent.RemoveLane(0));
        listener.await(s -> s.automation().automation().lanes().isEmpty());
        assertTrue(refused(new UiEvent.Automate(2, AutomationMode.READ)).contains("read-only"));
    }

    @Test
    void theModuleShowsItsOwn() throws Exception {
        done(new UiEvent.ForModule("word", "shown"));
        listener.await(s -> s.module().equals(Map.of("word", "shown")));
    }

    @Test
    void healthIsWhatBridgeAndEngineHaveCounted() throws Exception {
        instance.count("blocks", 100);
        instance.count("missed_deadlines", 3);
        final UiHealth health = listener.await(s -> s.health().missedDeadlines() == 3).health();
        assertEquals(100, health.blocks());
        assertEquals("Test", health.processes().get(1).collector());
        assertEquals(
                ProcessHandle.current().pid(), health.processes().get(1).pid(), "this process");
        System.gc();
        assertTrue(
                listener.await(s -> s.health().processes().get(1).pauses() > 0)
                                .health()
                                .processes()
                                .get(1)
                                .longestMillis()
                        >= 0);
    }

    @Test
    void eventsThatCannotBeKeptAreRefusedAndNotLost() throws Exception {
        final BlockingQueue<Boolean> goOn = new LinkedBlockingQueue<>();
        instance.ui.post(goOn::take);
        IllegalStateException full = null;
        Future<Void> last = null;
        for (int i = 0; i <= Ui.MOST_WAITING && full == null; i++) {
            final var posted = session.post(new UiEvent.Set(0, 0.5));
            if (posted.isCompletedExceptionally()) {
                full =
                        (IllegalStateException)
                                assertThrows(ExecutionException.class, posted::get).getCause();
            } else {
                last = posted;
            }
        }
        goOn.add(true);
        last.get(30, TimeUnit.SECONDS);
        assertTrue(String.valueOf(full).contains("wait for the control process"));
        done(new UiEvent.Set(0, 0.25));
        assertEquals(0.25f, instance.playing(0));
    }

    @Test
    void pointsOfALaneAreAddedMovedTypedAndRemovedAndStepsAreKept() throws Exception {
        done(new UiEvent.AddPoint(0, 4, 0.5));
        done(new UiEvent.AddPoint(0, 0, 0.25));
        done(new UiEvent.AddPoint(1, 1, 0.4));
        done(new UiEvent.MovePoint(0, 1, 4, 2.5, 1));
        done(new UiEvent.TypePoint(0, 0, 0, "2 dB"));
        final UiSnapshot edited =
                listener.await(s -> s.automation().automation().lanes().size() > 1);
        assertEquals(
                List.of(AutomationPoint.linear(0, 0.2), AutomationPoint.linear(2.5, 1)),
                listener.await(s -> points(s, 1).stream().anyMatch(p -> p.value() == 0.2))
                        .automation()
                        .automation()
                        .lane(1)
                        .orElseThrow()
                        .points());
        assertEquals(
                List.of(AutomationPoint.linear(1, 0.5)), points(edited, 2), "the nearest step");
        assertTrue(refused(new UiEvent.MovePoint(0, 1, 4, 3, 1)).contains("no point 2 at 4.0"));
        assertTrue(refused(new UiEvent.RemovePoint(0, 9, 0)).contains("choose the point again"));
        assertTrue(refused(new UiEvent.AddPoint(0, 1, 1.5)).contains("a value from 0 to 1"));
        assertTrue(refused(new UiEvent.AddPoint(0, Double.NaN, 1)).contains("a time of at most"));
        assertTrue(refused(new UiEvent.AddPoint(2, 0, 1)).contains("read-only"));
        assertTrue(refused(new UiEvent.TypePoint(0, 0, 0, "loud")).contains("loud"));
        done(new UiEvent.RemovePoint(0, 0, 0));
        listener.await(s -> points(s, 1).equals(List.of(AutomationPoint.linear(2.5, 1))));
    }

    private static List<AutomationPoint> points(final UiSnapshot snapshot, final int id) {
        return snapshot.automation().automation().lane(id).map(l -> l.points()).orElse(List.of());
    }

    @Test
    void aMappingIsChangedInItsPlaceAndNotOverAnother() throws Exception {
        final Parameter level = TestInstance.PARAMETERS.get(0);
        final MidiMapping one = MidiMapping.of(MidiSource.CONTROLLER, 0, 7, level, MidiMode.JUMP);
        final MidiMapping two = MidiMapping.of(MidiSource.CONTROLLER, 1, 7, level, MidiMode.JUMP);
        instance.onItsThread(() -> instance.midi.map(new MidiMap(List.of(one, two))));
        done(new UiEvent.Remap(one, 4, "2.5 dB", "10 dB", 2, MidiMode.PICK_UP));
        final MidiMapping changed =
                new MidiMapping(
                        MidiSource.CONTROLLER, 4, 7, 1, 0.25, 1, 2, MidiMode.PICK_UP, one.step());
        listener.await(s -> s.midi().map().mappings().equals(List.of(changed, two)));
        final UiEvent late = new UiEvent.Remap(one, 4, "0 dB", "10 dB", 1, MidiMode.JUMP);
        assertTrue(refused(late).contains("changed or removed meanwhile"));
        final UiEvent over = new UiEvent.Remap(changed, 1, "0 dB", "10 dB", 1, MidiMode.JUMP);
        assertTrue(refused(over).contains("moves this parameter already"));
        final UiEvent flat = new UiEvent.Remap(two, 1, "0 dB", "10 dB", 0, MidiMode.JUMP);
        assertTrue(refused(flat).contains("an exponent above 0"));
        final UiEvent loud = new UiEvent.Remap(two, 1, "0 dB", "loud", 1, MidiMode.JUMP);
        assertTrue(refused(loud).contains("loud"));
    }

    @Test
    void presetsGoOutAsFilesAndComeIn() throws Exception {
        done(new UiEvent.Set(0, 0.2));
        done(new UiEvent.SaveAs("Mine", "Low/High", "me", List.of("soft"), ""));
        final String id = listener.await(s -> s.presets().all().size() == 1).presets().loadedId();
        for (final PresetFile.Format format : PresetFile.Format.values()) {
            final PresetFile file = instance.ui.exportPreset(id, format).get(30, TimeUnit.SECONDS);
            assertEquals("Low_High" + format.ending(), file.name());
            final StoredPreset back =
                    instance.ui
                            .importPreset(file.name(), file.bytes(), "In")
                            .get(30, TimeUnit.SECONDS);
            assertEquals("In", back.bank());
            assertEquals(0.2, back.preset().values().of(TestInstance.PARAMETERS.get(0)));
            assertEquals(List.of("soft"), back.preset().tags());
        }
        listener.await(s -> s.presets().all().size() == 3);
        done(new UiEvent.Set(0, 0.9));
        final PresetFile now =
                instance.ui.exportPreset("", PresetFile.Format.JSON).get(30, TimeUnit.SECONDS);
        assertTrue(new String(now.bytes(), java.nio.charset.StandardCharsets.UTF_8).contains("9"));
        final ExecutionException refused =
                assertThrows(
                        ExecutionException.class,
                        () ->
                                instance.ui
                                        .importPreset("x.json", new byte[] {'{'}, "")
                                        .get(30, TimeUnit.SECONDS));
        assertTrue(refused.getCause().getMessage().startsWith("x.json"), refused::toString);
    }
}
