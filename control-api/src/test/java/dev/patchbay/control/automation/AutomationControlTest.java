// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import static dev.patchbay.control.automation.AutomationPoint.hold;
import static dev.patchbay.control.automation.AutomationPoint.linear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.SnapshotReader;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.control.parameter.EngineParameters;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.parameter.ParameterWriter;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.automation.AutomationReader;
import dev.patchbay.eventqueue.automation.AutomationWriter;
import dev.patchbay.eventqueue.automation.HandsReader;
import dev.patchbay.eventqueue.automation.HandsWriter;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.HandFlag;
import dev.patchbay.layout.StandardRegion.HandPhase;
import dev.patchbay.layout.StandardStructs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control's side alone: the engine is played by the test, as its documentation says. */
class AutomationControlTest {
    private static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.of(10, "cutoff", "Cutoff").build(),
                    Parameter.of(20, "wave", "Wave").steps(3).build(),
                    Parameter.of(30, "meter", "Meter").flag(Parameter.Flag.READ_ONLY).build());
    private static final int RECORDED = HandFlag.RECORDED;
    private static final int HELD = HandFlag.HELD;

    @TempDir private Path folder;
    private final Map<Integer, Float> sent = new TreeMap<>();
    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
    private Region region;
    private ParameterRegistry registry;
    private AutomationControl control;
    private AutomationReader lanes;
    private HandsReader hands;
    private int changes;

    @BeforeEach
    void open() {
        final PluginImage image =
                new PluginImage(new StandardRegion.Counts(4, 4, 0, 2, 64, 64, 64, 200_000, 5_000));
        region = Region.create(folder.resolve("region"), image.parameters(PARAMETERS).image());
        final EngineParameters engine =
                new EngineParameters() {
                    @Override
                    public float playing(final int index) {
                        return sent.getOrDefault(index, 0f);
                    }

                    @Override
                    public void set(final int index, final float normalized) {
                        sent.put(index, normalized);
                    }

                    @Override
                    public void publish() {}

                    @Override
                    public long blocks() {
                        return 0;
                    }
                };
        registry = new ParameterRegistry(PARAMETERS, engine);
        control =
                new AutomationControl(
                        new AutomationWriter(region.buffer(), section(StandardRegion.AUTOMATION)),
                        new HandsWriter(region.buffer(), section(StandardRegion.AUTOMATION_HANDS)),
                        registry,
                        engine,
                        SnapshotReader.over(region.loads(), section(StandardRegion.TRANSPORT)),
                        "module",
                        () -> changes++);
        lanes =
                new AutomationReader(
                        region.buffer(), section(StandardRegion.AUTOMATION), PARAMETERS.size());
        hands =
                new HandsReader(
                        region.buffer(),
                        section(StandardRegion.AUTOMATION_HANDS),
                        PARAMETERS.size());
        song(true);
    }

    @AfterEach
    void close() {
        region.close();
    }

    private SectionEntry section(final String name) {
        return region.section(StandardRegion.prebuilt().section(name));
    }

    private void song(final boolean plays) {
        final StructCopy song = new StructCopy(StandardStructs.TRANSPORT);
        song.integer("playing").set(plays ? 1 : 0);
        song.floating("tempo").set(120);
        Snapshot.over(region.buffer(), section(StandardRegion.TRANSPORT)).write(song);
        control.poll();
    }

    private int flags(final int index) {
        hands.refresh(0);
        return hands.flags(index);
    }

    private void tell(final int phase, final int index, final double time, final double value) {
        Event.store(slot, 0, EventType.PARAMETER, 0, phase, -1, index, value, time);
        control.event(new Event(slot).moveTo(0));
    }

    @Test
    void aLaneIsPublishedSavedAndRemoved() {
        control.set(
                new AutomationLane(10, AutomationBase.SECONDS, 2, true, List.of(linear(1, 0.5))));
        control.set(AutomationLane.empty(999, AutomationBase.QUARTERS).with(linear(0, 1)));
        assertEquals(2, changes);
        lanes.refresh();
        assertEquals(1, lanes.lanes(), "the plug-in has no parameter 999");
        assertTrue(lanes.isInSeconds(0));
        final byte[] rest = {1, 2};
        final AutomationState state = AutomationState.decode(control.save(rest), 100);
        assertEquals(control.automation(), state.automation());
        assertEquals(2, state.rest().length);
        control.mode(0, AutomationMode.OFF);
        lanes.refresh();
        assertEquals(0, lanes.lanes());
        assertFalse(control.lane(0).orElseThrow().on());
        control.load(state.automation());
        assertEquals(AutomationMode.READ, control.mode(0));
        lanes.refresh();
        assertEquals(1, lanes.lanes());
        control.remove(0);
        assertTrue(control.lane(0).isEmpty());
    }

    @Test
    void whatHasNoRoomIsRefusedAndTheLastAutomationStays() {
        final List<AutomationPoint> many = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            many.add(linear(i, 0));
        }
        control.set(
                new AutomationLane(10, AutomationBase.SECONDS, 0, true, many.subList(0, 4_998)));
        final String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        control.set(
                                                new AutomationLane(
                                                        10, AutomationBase.SECONDS, 0, true, many)))
                        .getMessage();
        assertTrue(message.contains("room for 4999") && message.contains("build.yaml"), message);
        assertEquals(4_998, control.lane(0).orElseThrow().points().size());
        assertThrows(IllegalArgumentException.class, () -> control.mode(2, AutomationMode.TOUCH));
    }

    @Test
    void whatWasDoneSinceIsUndone() {
        control.set(AutomationLane.empty(10, AutomationBase.SECONDS).with(linear(1, 0.5)));
        control.mode(0, AutomationMode.TOUCH);
        tell(HandPhase.BEGAN, 0, 2, 0.25);
        final Automation before = control.automation();
        final Runnable undo = control.undo();
        control.mode(0, AutomationMode.OFF);
        control.mode(1, AutomationMode.LATCH);
        control.newBase(AutomationBase.SECONDS);
        control.remove(0);
        undo.run();
        assertEquals(before, control.automation());
        assertEquals(AutomationMode.TOUCH, control.mode(0));
        assertEquals(AutomationMode.READ, control.mode(1));
        assertEquals(AutomationBase.QUARTERS, control.newBase());
        assertTrue(control.isRecording(0), "the hand goes on");
        assertEquals(RECORDED | HandFlag.SECONDS, flags(0));
        lanes.refresh();
        assertEquals(1, lanes.lanes());
        tell(HandPhase.ENDED, 0, 3, 0.25);
        assertEquals(0.25, control.lane(0).orElseThrow().value(2.5), 1e-9);
    }

    @Test
    void itIsKnownWhichParametersLanesPlay() {
        control.set(AutomationLane.empty(10, AutomationBase.SECONDS).with(linear(0, 1)));
        control.set(AutomationLane.empty(20, AutomationBase.SECONDS));
        control.poll();
        assertTrue(control.playsLane(0));
        assertFalse(control.playsLane(1), "a lane without points");
        final ParameterWriter panel = registry.writer("panel", ParameterRegistry.NEVER);
        panel.begin(0);
        control.poll();
        assertTrue(control.playsLane(0), "it was at the look before");
        control.poll();
        assertFalse(control.playsLane(0), "a hand has it");
        panel.end(0);
        control.poll();
        assertTrue(control.playsLane(0));
        song(false);
        control.poll();
        assertFalse(control.playsLane(0));
    }

    @Test
    void aGestureTakesTheParameterBeforeItMoves() {
        final ParameterWriter panel = registry.writer("panel", ParameterRegistry.NEVER);
        panel.begin(0);
        assertEquals(HELD, flags(0), "in read mode, too");
        panel.end(0);
        assertEquals(0, flags(0));
        control.mode(0, AutomationMode.TOUCH);
        assertEquals(RECORDED, flags(0));
        panel.begin(0);
        assertEquals(RECORDED | HELD, flags(0));
        panel.end(0);
        panel.set(0, 0.5);
        assertEquals(RECORDED, flags(0), "what is typed is no touch");
        control.newBase(AutomationBase.SECONDS);
        assertEquals(RECORDED | HandFlag.SECONDS, flags(0));
        control.mode(0, AutomationMode.WRITE);
        assertEquals(RECORDED | HELD | HandFlag.SECONDS, flags(0));
        control.mode(0, AutomationMode.OFF);
        panel.begin(0);
        assertEquals(0, flags(0), "there is nothing to take it from");
    }

    @Test
    void latchStaysFromTheFirstTouchUntilTheSongStops() {
        control.mode(0, AutomationMode.LATCH);
        final ParameterWriter panel = registry.writer("panel", ParameterRegistry.NEVER);
        registry.pluginWriter("module").set(0, 0.25);
        assertEquals(RECORDED, flags(0), "a preset is no hand");
        sent.clear();
        panel.set(0, 0.5);
        assertEquals(RECORDED | HELD, flags(0), "what is typed stays");
        assertEquals(Map.of(0, 0.5f), sent);
        song(false);
        assertEquals(RECORDED, flags(0));
        move(panel, 0.7);
        assertEquals(RECORDED, flags(0), "while the song stands still");
        song(true);
        move(panel, 0.8);
        assertEquals(RECORDED | HELD, flags(0), "however short the touch");
        song(false);
        song(true);
        tell(HandPhase.BEGAN, 0, 1, 0.5);
        assertEquals(RECORDED | HELD, flags(0), "a controller as well");
        tell(HandPhase.ENDED, 0, 4, 0.5);
        assertEquals(RECORDED | HELD, flags(0), "the song has gone round");
        song(false);
        assertEquals(RECORDED, flags(0));
    }

    private static void move(final ParameterWriter panel, final double normalized) {
        panel.begin(0);
        panel.set(0, normalized);
        panel.end(0);
    }

    @Test
    void aTakeReplacesWhatWasThereFromTouchToRelease() {
        control.set(
                AutomationLane.empty(10, AutomationBase.QUARTERS)
                        .with(linear(0, 0))
                        .with(linear(8, 1)));
        control.mode(0, AutomationMode.TOUCH);
        tell(HandPhase.BEGAN, 0, 2, 0.25);
        assertTrue(control.isRecording(0));
        tell(HandPhase.MOVED, 0, 2, 0.9);
        tell(HandPhase.MOVED, 0, 4, 0.1);
        tell(HandPhase.ENDED, 0, 6, 0.1);
        assertFalse(control.isRecording(0));
        final AutomationLane lane = control.lane(0).orElseThrow();
        assertEquals(0.125, lane.value(1), 1e-9);
        assertEquals(0.9, lane.value(2), 1e-9);
        assertEquals(0.9, lane.value(3.999), 1e-9, "a hand that is still holds");
        assertEquals(0.1, lane.value(4), 1e-9);
        assertEquals(0.1, lane.value(5.999), 1e-9);
        assertEquals(0.75, lane.value(6), 1e-9, "and then as it was");
        assertEquals(0.875, lane.value(7), 1e-9);
    }

    @Test
    void recordingsAreWithinTheStatedErrorOfWhatTheHandDid() {
        final long seed = System.nanoTime();
        System.out.println("AutomationControlTest: seed " + seed);
        final Random r = new Random(seed);
        control.mode(0, AutomationMode.TOUCH);
        control.mode(1, AutomationMode.TOUCH);
        for (int round = 0; round < 60; round++) {
            final int index = r.nextInt(2);
            final double start = r.nextInt(100);
            final List<double[]> moves = new ArrayList<>();
            double time = start;
            double value = r.nextFloat();
            tell(HandPhase.BEGAN, index, time, value);
            for (int i = r.nextInt(200); i > 0; i--) {
                time += (r.nextInt(30) == 0 ? 10 : 1) * r.nextDouble() / 20 + 1e-4;
                value =
                        index == 1
                                ? r.nextInt(4) / 3f
                                : (float) Math.max(0, Math.min(1, value + r.nextGaussian() / 50));
                moves.add(new double[] {time, value});
                tell(HandPhase.MOVED, index, time, value);
            }
            tell(HandPhase.ENDED, index, time + 1, value);
            final AutomationLane lane = control.lane(index).orElseThrow();
            for (int i = 0; i < moves.size(); i++) {
                final double at = Math.rint(moves.get(i)[0] * 1e6) / 1e6;
                final double heard = lane.value(at);
                final double error = index == 1 ? 1e-7 : AutomationControl.ERROR + 1e-7;
                assertEquals(moves.get(i)[1], heard, error, "move " + i + ", seed " + seed);
                final double next = i + 1 < moves.size() ? moves.get(i + 1)[0] : time + 1;
                if (next - at > 0.2 + 1e-6) {
                    final double still = at + (next - at) * r.nextDouble() * 0.99;
                    assertEquals(moves.get(i)[1], lane.value(still), error, "seed " + seed);
                }
            }
        }
    }

    @Test
    void aTakeOverTheEndOfALoopGoesOnAtItsBeginning() {
        control.set(
                new AutomationLane(
                        10, AutomationBase.QUARTERS, 4, true, List.of(hold(0, 0), hold(2, 0.5))));
        control.mode(0, AutomationMode.TOUCH);
        tell(HandPhase.BEGAN, 0, 11, 0.9);
        tell(HandPhase.MOVED, 0, 13, 0.2);
        tell(HandPhase.ENDED, 0, 13.5, 0.2);
        final AutomationLane lane = control.lane(0).orElseThrow();
        assertEquals(0.5, lane.value(2.5), 1e-9);
        assertEquals(0.9, lane.value(3), 1e-6);
        assertEquals(0.9, lane.value(3.99), 1e-6);
        assertEquals(0.9, lane.value(0.5), 1e-6);
        assertEquals(0.2, lane.value(1), 1e-6);
        assertEquals(0, lane.value(1.5), 1e-9);
        assertEquals(0.5, lane.value(2), 1e-9);
    }

    @Test
    void aTakeOverALoopEndsHoweverShortTheLoopAndHoweverFarTheSong() {
        control.mode(0, AutomationMode.TOUCH);
        for (final double loop : new double[] {Double.MIN_VALUE, 1e-9, 1e-6, 1e-3, 0.3, 1e9}) {
            for (final double time : new double[] {-1e9, -5.1, 0, 7.7, 1e9 - 2}) {
                control.set(
                        new AutomationLane(
                                10, AutomationBase.QUARTERS, loop, true, List.of(hold(0, 0))));
                final String what = "loop " + loop + " at " + time;
                assertTimeoutPreemptively(
                        Duration.ofMinutes(1),
                        () -> {
                            tell(HandPhase.BEGAN, 0, time, 0.5);
                            tell(HandPhase.MOVED, 0, time + 0.01, 0.75);
                            tell(HandPhase.MOVED, 0, time + 1, 0.75);
                            tell(HandPhase.ENDED, 0, time + 2, 0.25);
                        },
                        what);
                assertFalse(control.isRecording(0), what);
                assertSavedAutomationIsRead();
                if (loop >= 1e-3) {
                    assertEquals(
                            0.75, control.lane(0).orElseThrow().value(time + 1.999), 0.5, what);
                    assertTrue(control.lane(0).orElseThrow().points().size() > 1, what);
                }
            }
        }
    }

    @Test
    void whatCouldNotBeReadAgainIsRefusedAlsoWhereItIsNotPlayed() {
        final List<AutomationPoint> many = new ArrayList<>();
        for (int i = 0; i < control.capacity() - 1; i++) {
            many.add(linear(i, 0));
        }
        control.set(new AutomationLane(10, AutomationBase.SECONDS, 0, true, many));
        final Automation before = control.automation();
        for (final int id : new int[] {20, 999}) {
            final AutomationLane silent =
                    new AutomationLane(id, AutomationBase.SECONDS, 0, false, many.subList(0, 2));
            final String message =
                    assertThrows(IllegalArgumentException.class, () -> control.set(silent))
                            .getMessage();
            assertTrue(message.contains("5000 points"), message);
            assertEquals(before, control.automation());
            assertSavedAutomationIsRead();
        }
        final List<AutomationLane> lanes = new ArrayList<>();
        for (int id = 0; id < 4_097; id++) {
            lanes.add(AutomationLane.empty(1_000 + id, AutomationBase.SECONDS));
        }
        assertThrows(
                IllegalArgumentException.class, () -> control.automation(new Automation(lanes)));
        control.automation(new Automation(lanes.subList(1, lanes.size())));
        assertSavedAutomationIsRead();
        assertThrows(NullPointerException.class, () -> new AutomationPoint(0, 0, null, 0));
    }

    private void assertSavedAutomationIsRead() {
        assertEquals(
                control.automation(),
                AutomationState.decode(control.save(new byte[0]), control.capacity()).automation());
    }

    @Test
    void aLaneMayBeGivenAnotherLoopWhileItIsRecorded() {
        final AutomationLane lane =
                new AutomationLane(10, AutomationBase.QUARTERS, 1, true, List.of(hold(0, 0)));
        control.set(lane);
        control.mode(0, AutomationMode.TOUCH);
        tell(HandPhase.BEGAN, 0, 100, 0.5);
        control.set(control.lane(0).orElseThrow().loop(8));
        tell(HandPhase.MOVED, 0, 101, 0.75);
        tell(HandPhase.ENDED, 0, 102, 0.75);
        final AutomationLane recorded = control.lane(0).orElseThrow();
        assertEquals(0.75, recorded.value(5.5), 1e-6, "a hand at 101 of turns of 8 is at 5");
        assertEquals(0.75, recorded.value(101.5), 1e-6);
    }

    @Test
    void aHandThatLeavesIsNoLongerRecordedWhereThereIsNoRoom() {
        final List<AutomationPoint> many = new ArrayList<>();
        for (int i = 0; i < control.capacity() - 1; i++) {
            many.add(linear(i, 0));
        }
        control.set(new AutomationLane(10, AutomationBase.QUARTERS, 4, true, many));
        control.mode(0, AutomationMode.TOUCH);
        control.mode(1, AutomationMode.TOUCH);
        final Automation before = control.automation();
        for (final int index : new int[] {0, 1}) {
            tell(HandPhase.BEGAN, index, 1.25, 0.5);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> tell(HandPhase.ENDED, index, 9.5, 0.75),
                    "index " + index);
            assertFalse(control.isRecording(index));
        }
        tell(HandPhase.BEGAN, 1, 1.25, 0.5);
        assertThrows(IllegalArgumentException.class, () -> control.mode(1, AutomationMode.READ));
        assertFalse(control.isRecording(1));
        assertEquals(AutomationMode.READ, control.mode(1), "the mode is left all the same");
        assertEquals(0, flags(1));
        assertEquals(before, control.automation());
    }

    @Test
    void aTakeWhoseEndIsLostIsKeptAsFarAsItIsKnown() {
        control.mode(0, AutomationMode.TOUCH);
        tell(HandPhase.MOVED, 0, 1, 0.5);
        tell(HandPhase.MOVED, 0, 2, 0.75);
        tell(HandPhase.BEGAN, 0, 5, 0.1);
        assertEquals(0.75, control.lane(0).orElseThrow().value(2), 1e-9);
        tell(HandPhase.MOVED, 0, 6, 0.9);
        control.mode(0, AutomationMode.READ);
        assertEquals(0.1, control.lane(0).orElseThrow().value(5.5), 1e-7);
        tell(HandPhase.MOVED, 0, 7, 0.9);
        tell(9, 0, 6, 0.9);
        tell(HandPhase.BEGAN, 77, 6, 0.9);
        tell(HandPhase.BEGAN, 0, Double.NaN, 0.9);
        assertFalse(control.isRecording(0), "what is no hand's is passed over");
    }
}
