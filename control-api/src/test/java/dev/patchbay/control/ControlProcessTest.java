// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.control.automation.Automation;
import dev.patchbay.control.automation.AutomationLane;
import dev.patchbay.control.automation.AutomationPoint;
import dev.patchbay.control.automation.AutomationState;
import dev.patchbay.control.midi.MidiMapping;
import dev.patchbay.control.state.ControlState;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.automation.AutomationReader;
import dev.patchbay.eventqueue.automation.HandsReader;
import dev.patchbay.eventqueue.midi.MidiMapper;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.HandFlag;
import dev.patchbay.layout.StandardRegion.HandPhase;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StandardStructs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The control process as bridge and RT see it: a real JVM, observed through its region. */
class ControlProcessTest extends ControlProcess {
    @Test
    void publishesTheModulesStateAndTellsItOfChanges() throws Exception {
        startReady("");
        await("the first state", () -> published().equals("fresh{0=0.5, 1=0.0}"));
        parameters.setRelease(1, 0.25f);
        await("the changed state", () -> published().equals("fresh{0=0.5, 1=0.25}"));
    }

    @Test
    void tellsTheModuleWhoHasChangedAParameterAndWhatWasPlayed() throws Exception {
        start(TestControlModules.Witness.class.getName(), "", ProcessHandle.current().pid());
        await("the first values", () -> published().equals("HOST 0=0.5, HOST 1=0.0"));
        final EventQueue played =
                EventQueue.over(region.buffer(), section(StandardRegion.NOTIFICATIONS));
        // As the engine does it: first it says so, then it plays it.
        played.offer(EventType.PARAMETER, 0, 0, -1, 1, 0.25, 0);
        parameters.setRelease(1, 0.25f);
        await("the engine's change", () -> published().endsWith("ENGINE 1=0.25"));
        parameters.setRelease(0, 1);
        await("the host's change", () -> published().endsWith("HOST 0=1.0"));
        final SortedMap<Integer, Float> seen = awaitChanges();
        parameters.setRelease(1, seen.get(1));
        await("its own change", () -> published().endsWith("CONTROL 1=0.75"));
        played.offer(EventType.CONTROLLER, 0, 2, -1, 74, 0.5, 0);
        await("what was played", () -> published().endsWith("midi 74, executed"));
    }

    @Test
    void whatALanePlaysIsTheEnginesChange() throws Exception {
        final byte[] rest = new ControlState(new byte[0], new byte[0]).encode();
        final AutomationLane lane =
                AutomationLane.empty(1, AutomationBase.SECONDS)
                        .with(AutomationPoint.linear(0, 0))
                        .with(AutomationPoint.linear(1, 1));
        toControl.write(new AutomationState(new Automation(List.of(lane)), rest).encode(), 1);
        start(TestControlModules.Witness.class.getName(), "", ProcessHandle.current().pid());
        await("the first values", () -> published().equals("HOST 0=0.5, HOST 1=0.0"));
        final StructCopy song = new StructCopy(StandardStructs.TRANSPORT);
        song.integer("playing").set(1);
        Snapshot.over(region.buffer(), section(StandardRegion.TRANSPORT)).write(song);
        parameters.setRelease(0, 0.25f);
        await("the lane's value", () -> published().endsWith("ENGINE 0=0.25"));
        parameters.setRelease(1, 0.5f);
        await("that of a parameter without one", () -> published().endsWith("HOST 1=0.5"));
    }

    @Test
    void aModuleThatThrowsGoesOnAndWhatItThrewIsToldAndCounted() throws Exception {
        start(TestControlModules.Witness.class.getName(), "", ProcessHandle.current().pid());
        await("the first values", () -> published().endsWith("HOST 1=0.0"));
        parameters.setRelease(0, 0);
        await("its failure", () -> counter("module_errors") == 1);
        await("the sentence", () -> log().contains("parameterChanged of the module failed"));
        assertTrue(log().contains("nothing at all"), this::log);
        parameters.setRelease(1, 0.5f);
        await("a later change", () -> published().endsWith("HOST 0=0.0, HOST 1=0.5"));
    }

    @Test
    void loadsAStateThatTheHostRestoredAndAnswersInItsEpoch() throws Exception {
        toControl.write(stateOf("", "before"), 1);
        startReady("");
        await("the early state", () -> published().startsWith("before"));
        toControl.write(stateOf("", "later"), 2);
        await("the later state", () -> published().startsWith("later"));
        assertEquals(2, fromControl.read().epoch());
    }

    @Test
    void neverReplacesARestoredStateThatItCannotRead() throws Exception {
        startReady("");
        toControl.write(stateOf("", "w".repeat(500)), 7);
        await("the refusal", () -> log().contains("a word of 500 bytes is too long"));
        parameters.setRelease(0, 0.75f);
        await("a later change", () -> published().equals("fresh{0=0.75, 1=0.0}"));
        assertEquals(0, fromControl.read().epoch(), "the bridge keeps a newer epoch than this");
    }

    @Test
    void keepsARestoredStateThatIsNotControlsAtAll() throws Exception {
        startReady("");
        toControl.write(new byte[500], 7);
        await("the refusal", () -> log().contains("does not start with PBCS"));
        parameters.setRelease(0, 0.75f);
        await("a later change", () -> published().equals("fresh{0=0.75, 1=0.0}"));
        assertEquals(0, fromControl.read().epoch(), "the bridge keeps a newer epoch than this");
    }

    @Test
    void takesBothPartsOfAStateOrNone() throws Exception {
        startReady("preset-every=0.05");
        await("a preset", () -> publishedPresets().contains("\"name\":\"Low\""));
        toControl.write(stateOf("", "w".repeat(500)), 7);
        await("the module's refusal", () -> log().contains("a word of 500 bytes is too long"));
        assertTrue(publishedPresets().contains("\"preset\""), this::publishedPresets);
        toControl.write(stateOf("{\"format\": 3}", "word"), 8);
        await(
                "the session's refusal",
                () -> log().contains("line 1, field \"format\": Expected a text"));
        assertTrue(published().startsWith("fresh"), this::published);
    }

    @Test
    void appliesPresetsAsWholeTransactions() throws Exception {
        startReady("preset-every=0.05");
        final ParameterChangesReader reader =
                new ParameterChangesReader(
                        region.buffer(), section(StandardRegion.PARAMETERS_FROM_CONTROL));
        final TreeMap<Integer, Float> seen = new TreeMap<>();
        final float[] sums = new float[2];
        for (int preset = 0; preset < 6; preset++) {
            seen.clear();
            await(
                    "a preset",
                    () -> {
                        reader.poll(seen::put);
                        return !seen.isEmpty();
                    });
            assertEquals(2, seen.size(), "a part of a preset: " + seen);
            assertEquals(seen.get(0) * 0.5f, seen.get(1), "a mixture of presets: " + seen);
            sums[seen.get(0) > 0 ? 1 : 0]++;
        }
        assertTrue(
                sums[0] > 0 && sums[1] > 0, () -> "both presets come by: " + Arrays.toString(sums));
        assertTrue(counter("presets_selected") >= 6);
    }

    @Test
    void aForgottenGestureEndsAndWhatIsTypedReachesTheEngine() throws Exception {
        start(TestControlModules.Typist.class.getName(), "", ProcessHandle.current().pid());
        await("the end of a gesture", () -> published().equals("[ended 0]5"));
        parameters.setRelease(1, 0.25f);
        await(
                "the host's change and the answer",
                () ->
                        published()
                                .equals("[ended 0, engine 1=0.25, panel 0=0.75, ended" + " 0]7.5"));
        final ParameterChangesReader reader =
                new ParameterChangesReader(
                        region.buffer(), section(StandardRegion.PARAMETERS_FROM_CONTROL));
        final TreeMap<Integer, Float> seen = new TreeMap<>();
        reader.poll(seen::put);
        assertEquals(Map.of(0, 0.75f), seen);
    }

    @Test
    void whatSomebodyHoldsIsSaidInTheRegionUntilItIsLetGoOf() throws Exception {
        final IntCells held = IntCells.over(region.buffer(), section(StandardRegion.HELD));
        held.setRelease(1, 1);
        start(TestControlModules.Holder.class.getName(), "", ProcessHandle.current().pid());
        await("the hold", () -> held.getAcquire(0) == 1);
        assertEquals(0, held.getAcquire(1), "what a process before held is let go of");
        parameters.setRelease(1, 0.25f);
        await("the end", () -> held.getAcquire(0) == 0);
    }

    @Test
    void aLearnedControllerMovesItsParameterAndIsInTheState() throws Exception {
        start(TestControlModules.Learner.class.getName(), "", ProcessHandle.current().pid());
        await("ready", () -> published().equals("learner"));
        final EventQueue played =
                EventQueue.over(region.buffer(), section(StandardRegion.NOTIFICATIONS));
        for (int value = 0; value < 10; value++) {
            played.offer(EventType.CONTROLLER, 0, 2, -1, 74, value / 127.0, 0);
        }
        await("the mapping in the state", () -> !map().mappings().isEmpty());
        final MidiMapping learned = map().mappings().get(0);
        assertEquals("controller 74 on channel 3", learned.controller());
        assertEquals(1, learned.parameter());
        final List<String> moved = new ArrayList<>();
        try (MidiTable table = new MidiTable(moved)) {
            table.mapper.message(0xB2, 74, 127);
            assertEquals(List.of("0=1.0"), moved, "played by whoever reads the region");
            toControl.write(stateOf("", "without"), 1);
            await("a state without a map", () -> map().mappings().isEmpty());
            table.mapper.refresh();
            table.mapper.message(0xB2, 74, 0);
            assertEquals(1, moved.size());
        }
    }

    @Test
    void whatAHandDoesIsRecordedPlayedSavedAndRestored() throws Exception {
        start(TestControlModules.Recorder.class.getName(), "", ProcessHandle.current().pid());
        await("ready", () -> roleState() == RoleState.READY);
        final HandsReader hands =
                new HandsReader(region.buffer(), section(StandardRegion.AUTOMATION_HANDS), 2);
        await("the arm", () -> hands.refresh(0) && hands.flags(0) == HandFlag.RECORDED);
        final EventQueue toControl =
                EventQueue.over(region.buffer(), section(StandardRegion.NOTIFICATIONS));
        toControl.offer(EventType.PARAMETER, 0, HandPhase.BEGAN, -1, 0, 0.25, 4);
        toControl.offer(EventType.PARAMETER, 0, HandPhase.MOVED, -1, 0, 0.75, 4.125);
        toControl.offer(EventType.PARAMETER, 0, HandPhase.ENDED, -1, 0, 0.75, 5);
        await("the take", () -> !automation().lanes().isEmpty());
        assertEquals("recorder", published());
        final AutomationReader lanes =
                new AutomationReader(region.buffer(), section(StandardRegion.AUTOMATION), 2);
        assertTrue(lanes.refresh());
        lanes.move(0, 4.0625, 0);
        assertEquals(0.5f, lanes.value(0, 0), 1e-6f);
        final byte[] saved = fromControl.read().bytes();
        toControl.offer(EventType.PARAMETER, 0, HandPhase.NONE, -1, 0, 0.5, 0);
        toControl.offer(EventType.PARAMETER, 0, HandPhase.BEGAN, -1, 0, 1, 0);
        toControl.offer(EventType.PARAMETER, 0, HandPhase.ENDED, -1, 0, 1, 1);
        await("another take", () -> !Arrays.equals(saved, fromControl.read().bytes()));
        this.toControl.write(saved, 1);
        await("what was saved", () -> Arrays.equals(saved, fromControl.read().bytes()));
        assertTrue(lanes.refresh());
        lanes.move(0, 0, 0);
        assertEquals(0.25f, lanes.value(0, 0));
        final byte[] broken = saved.clone();
        broken[20] = '7';
        this.toControl.write(broken, 2);
        await("the refusal", () -> log().contains("is kept as it is: the automation, line 1"));
        assertArrayEquals(saved, fromControl.read().bytes());
    }

    @Test
    void aFreshControlProcessGoesOnWithTheAutomationThatWasThere() throws Exception {
        start(TestControlModules.Recorder.class.getName(), "", ProcessHandle.current().pid());
        await("ready", () -> roleState() == RoleState.READY);
        final EventQueue told =
                EventQueue.over(region.buffer(), section(StandardRegion.NOTIFICATIONS));
        told.offer(EventType.PARAMETER, 0, HandPhase.BEGAN, -1, 0, 0.25, 4);
        told.offer(EventType.PARAMETER, 0, HandPhase.ENDED, -1, 0, 0.25, 5);
        await("the take", () -> !automation().lanes().isEmpty());
        final byte[] saved = fromControl.read().bytes();
        process.destroyForcibly().onExit().join();
        final AutomationReader lanes =
                new AutomationReader(region.buffer(), section(StandardRegion.AUTOMATION), 2);
        assertTrue(lanes.refresh(), "while control is dead");
        toControl.write(saved, 3);
        start(TestControlModules.Recorder.class.getName(), "", ProcessHandle.current().pid());
        await("the state of before", () -> fromControl.read().epoch() == 3);
        assertArrayEquals(saved, fromControl.read().bytes());
        lanes.refresh();
        assertEquals(1, lanes.lanes());
        lanes.move(0, 4.5, 0);
        assertEquals(0.25f, lanes.value(0, 0));
    }

    @Test
    void aControlProcessThatComesBackLeavesTheMapInUse() throws Exception {
        start(TestControlModules.Learner.class.getName(), "", ProcessHandle.current().pid());
        await("ready", () -> published().equals("learner"));
        final EventQueue played =
                EventQueue.over(region.buffer(), section(StandardRegion.NOTIFICATIONS));
        played.offer(EventType.CONTROLLER, 0, 0, -1, 20, 0, 0);
        played.offer(EventType.CONTROLLER, 0, 0, -1, 20, 1, 0);
        await("the mapping in the state", () -> !map().mappings().isEmpty());
        final byte[] saved = fromControl.read().bytes();
        process.destroyForcibly().onExit().join();
        final List<String> moved = new ArrayList<>();
        try (MidiTable table = new MidiTable(moved)) {
            table.mapper.message(0xB0, 20, 127);
            assertEquals(List.of("0=1.0"), moved, "while control is dead");
            toControl.write(saved, 3);
            start(TestControlModules.Learner.class.getName(), "", ProcessHandle.current().pid());
            await("the state of before", () -> fromControl.read().epoch() == 3);
            assertArrayEquals(saved, fromControl.read().bytes());
            table.mapper.refresh();
            table.mapper.message(0xB0, 20, 0);
            assertEquals(List.of("0=1.0", "0=0.0"), moved);
        }
    }

    /** Plays the region's map as the engine does. */
    private final class MidiTable implements MidiMapper.Target, AutoCloseable {
        private final List<String> moved;
        private final MidiMapper mapper;

        MidiTable(final List<String> moved) {
            this.moved = moved;
            this.mapper =
                    new MidiMapper(region.buffer(), section(StandardRegion.MIDI_MAP), 2, this);
            mapper.refresh();
        }

        @Override
        public float value(final int index) {
            return parameters.getAcquire(index);
        }

        @Override
        public void change(final int index, final float normalized) {
            moved.add(index + "=" + normalized);
        }

        @Override
        public void close() {
            assertEquals(0, mapper.refused());
        }
    }

    @Test
    void saysWhichFilesOfTheUsersAreNoPresetsAndGoesOn() throws Exception {
        final Path presets = folder.resolve("data/patchbay/Tests/Two/presets");
        Files.createDirectories(presets);
        Files.writeString(presets.resolve("bad.json"), "{\n\"format\": 7}");
        startReady("preset-every=0.05");
        await("the sentence", () -> log().contains("bad.json, line 2, field \"format\":"));
        await("a preset", () -> publishedPresets().contains("\"name\":\"High\""));
    }

    @Test
    void aRestoredStateKnowsItsPresetAgain() throws Exception {
        startReady("preset-every=0.05");
        await("a preset", () -> publishedPresets().contains("\"name\":\"High\""));
        final byte[] saved = state().encode();
        process.destroyForcibly().waitFor();
        toControl.write(saved, 1);
        startReady("");
        await("the state", () -> fromControl.read().epoch() == 1);
        assertEquals(new String(ControlState.decode(saved).presets(), UTF_8), publishedPresets());
    }

    @Test
    void allocatesAtTheRateThatIsAskedFor() throws Exception {
        startReady("allocate=50");
        await("a second of load", () -> counter("load_nanos") > 1_000_000_000L);
        final double rate =
                counter("load_bytes") / (double) (1 << 20) / (counter("load_nanos") / 1e9);
        assertEquals(50, rate, 10);
        assertTrue(counter("collections") > 0);
        assertTrue(counter("allocated_bytes") > counter("load_bytes"));
    }

    @Test
    void refusesAModuleThatThrowsInInitWithItsOwnWords() throws Exception {
        start(TestControlModules.ThrowsInInit.class.getName(), "", ProcessHandle.current().pid());
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        assertEquals(RoleState.FAILED, roleState());
        assertEquals("no presets were found", message());
    }

    @Test
    void refusesOptionsThatItDoesNotKnow() throws Exception {
        start(TestControlModules.Word.class.getName(), "alocate=3", ProcessHandle.current().pid());
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        assertTrue(message().contains("\"alocate=3\", expected allocate=MEGABYTES"), this::message);
    }

    @Test
    void leavesWhenTheBridgeLeaves() throws Exception {
        startReady("");
        new RoleCell(region.buffer(), section(StandardRegion.ROLES), Role.BRIDGE)
                .state(RoleState.LEAVING);
        assertTrue(process.waitFor(2, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    @Test
    void endsWithItsHostHoweverThatEnds() throws Exception {
        final Process host = new ProcessBuilder("sleep", "60").start();
        try {
            start(TestControlModules.Word.class.getName(), "", host.pid());
            await("ready", () -> roleState() == RoleState.READY);
            host.destroyForcibly();
            assertTrue(process.waitFor(2, TimeUnit.SECONDS), "alive two seconds after its host");
        } finally {
            host.destroyForcibly();
        }
    }
}
