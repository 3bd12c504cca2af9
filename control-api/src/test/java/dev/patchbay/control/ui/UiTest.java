// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.parameter.ParameterListener;
import dev.patchbay.control.preset.Slot;
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
}
