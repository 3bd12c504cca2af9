// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static dev.patchbay.rt.AutomatedSong.lane;
import static dev.patchbay.rt.AutomatedSong.point;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.automation.LaneEntry;
import dev.patchbay.eventqueue.automation.PointEntry;
import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.HandFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Automation on a real engine process; no control process is there. */
class AutomationEngineTest {
    private static final LaneEntry SWEEP =
            lane(0, AutomationBase.SECONDS, point(0, 0), point(1, 1));

    @TempDir private static Path folder;
    private static final Map<Class<?>, EngineProcess> ENGINES = new HashMap<>();

    /** A fresh instance; those of one module share an engine, whose start takes longer than most of what is tested. */
    private static AutomatedSong start(final Class<?> module) throws Exception {
        if (!ENGINES.containsKey(module)) {
            final Path own = Files.createTempDirectory(folder, "engine");
            ENGINES.put(module, new EngineProcess(own, module.getName()));
        }
        final EngineProcess engine =
                new EngineProcess(
                        Files.createTempDirectory(folder, "instance"),
                        ENGINES.get(module).commander);
        engine.activateOffline();
        return new AutomatedSong(engine);
    }

    @AfterAll
    static void endTheEngines() {
        ENGINES.values().forEach(EngineProcess::close);
        ENGINES.clear();
    }

    private static LaneEntry random(final Random r, final int parameter, final int count) {
        final List<PointEntry> points = new ArrayList<>();
        final AutomationBase base = AutomationBase.values()[r.nextInt(2)];
        long frame = 0;
        for (int i = 0; i < count; i++) {
            // On frames: between two of them, rounding decides.
            frame += r.nextInt(5) == 0 ? 0 : r.nextInt(200);
            final double time = base == AutomationBase.SECONDS ? frame / 48_000.0 : frame / 24e3;
            points.add(
                    new PointEntry(
                            time,
                            r.nextFloat(),
                            AutomationShape.values()[r.nextInt(3)],
                            r.nextFloat() * 16 - 8));
        }
        final double loop = r.nextBoolean() ? 0 : (1 + r.nextInt(3000)) / 24e3;
        return new LaneEntry(parameter, base, loop, points);
    }

    private static void check(
            final AutomatedSong song,
            final List<LaneEntry> lanes,
            final long from,
            final float[][] heard,
            final String what) {
        for (final LaneEntry lane : lanes) {
            for (int i = 0; i < heard[0].length; i++) {
                assertEquals(
                        song.expected(lane, from + i),
                        heard[lane.parameter()][i],
                        2e-6f,
                        "frame " + (from + i) + ", block from " + from + ", " + what);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {AutomationModules.Split.class, AutomationModules.Whole.class})
    void everyFrameHasItsValueWhereverBlocksBeginAndTheSongJumps(final Class<?> module)
            throws Exception {
        final long seed = System.nanoTime();
        System.out.println("AutomationEngineTest: seed " + seed);
        final Random r = new Random(seed);
        try (AutomatedSong song = start(module)) {
            for (int round = 0; round < 20; round++) {
                final List<LaneEntry> lanes = List.of(random(r, 1, 60), random(r, 0, 2));
                song.automation.publish(lanes);
                for (int block = 0; block < 30; block++) {
                    if (r.nextInt(5) == 0) {
                        song.position = r.nextInt(8_000) - 1_000;
                    }
                    final long from = song.position;
                    check(song, lanes, from, song.play(1 + r.nextInt(300)), "seed " + seed);
                }
            }
            assertEquals(0, song.tellsHost(), "the host does not record it");
        }
    }

    @Test
    void aSweepIsExactInSecondsAndTheSameInAnyBlocks() throws Exception {
        try (AutomatedSong song = start(AutomationModules.Split.class)) {
            song.automation.publish(List.of(SWEEP));
            for (final int size : new int[] {512, 100, 1, 37}) {
                song.position = 960;
                for (int done = 0; done < 512; done += size) {
                    final int from = (int) song.position;
                    final float[] heard = song.play(size)[0];
                    for (int i = 0; i < size; i++) {
                        final int grid = (from + i) / 32 * 32;
                        assertEquals((float) (grid / 48_000.0), heard[i], "blocks of " + size);
                    }
                }
            }
        }
    }

    @Test
    void tenThousandPointsOfAParameterArePlayedEachAtItsFrame() throws Exception {
        try (AutomatedSong song = start(AutomationModules.Split.class)) {
            final List<PointEntry> points = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                points.add(
                        new PointEntry(
                                i * 3 / 48_000.0, i % 7 / 6f, AutomationShape.values()[i % 3], 2));
            }
            final LaneEntry lane = new LaneEntry(0, AutomationBase.SECONDS, 0, points);
            song.automation.publish(List.of(lane));
            for (final int from : new int[] {0, 512, 29_500, 3, 15_000}) {
                song.position = from;
                check(song, List.of(lane), from, song.play(512), "ten thousand points");
            }
        }
    }

    @Test
    void aSongThatStopsLeavesTheParameterWhereItIsAndTellsTheHost() throws Exception {
        try (AutomatedSong song = start(AutomationModules.Split.class)) {
            song.automation.publish(List.of(SWEEP));
            song.position = 24_000;
            song.play(256);
            assertEquals(0, song.tellsHost());
            song.playing = false;
            final float last = song.play(256)[0][255];
            assertEquals((float) (24_224 / 48_000.0), last);
            assertEquals(1, song.tellsHost(), "once");
            song.engine.hostEvents.offer(EventType.PARAMETER, 9, 0, -1, 0, 0.125, 0);
            assertEquals(0.125f, song.play(256)[0][9], "now it is the host's");
            assertEquals(0, song.tellsHost());
            song.playing = true;
            assertEquals((float) (24_256 / 48_000.0), song.play(1)[0][0], "and back");
            song.automation.publish(List.of());
            song.play(1);
            assertEquals(1, song.tellsHost(), "a lane that is gone has come to an end, too");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {AutomationModules.Split.class, AutomationModules.Whole.class})
    void aLaneHasTheLastWordOverTheHostAndOverBulkChanges(final Class<?> module) throws Exception {
        try (AutomatedSong song = start(module)) {
            song.automation.publish(List.of(SWEEP));
            song.engine.hostEvents.offer(EventType.PARAMETER, 100, 0, -1, 0, 0.9, 0);
            song.engine.hostEvents.offer(EventType.PARAMETER, 100, 0, -1, 1, 0.9, 0);
            song.engine.fromHost.set(0, 0.8f);
            song.engine.fromHost.publish();
            song.engine.fromControl.set(0, 0.7f);
            song.engine.fromControl.publish();
            final float[][] heard = song.play(256);
            check(song, List.of(SWEEP), 0, heard, "the lane's");
            assertEquals(0.9f, heard[1][100], "a parameter without a lane is the host's");
        }
    }

    @Test
    void aHandThatControlTellsOfHasTheParameterUntilItLetsGoOrControlEnds() throws Exception {
        try (AutomatedSong song = start(AutomationModules.Split.class)) {
            song.automation.publish(List.of(SWEEP));
            song.hands.set(0, HandFlag.HELD | HandFlag.RECORDED | HandFlag.SECONDS);
            song.hands.publish();
            song.engine.fromControl.set(0, 0.75f);
            song.engine.fromControl.publish();
            song.position = 4_800;
            assertEquals(0.75f, song.play(480)[0][479]);
            assertEquals(
                    List.of("1 0 0.7500 0.100000", "2 0 0.7500 0.100000"), song.tellsControl());
            song.play(480);
            assertEquals(List.of(), song.tellsControl());
            song.hands.set(0, HandFlag.RECORDED | HandFlag.SECONDS);
            song.hands.publish();
            final long from = song.position;
            check(song, List.of(SWEEP), from, song.play(480), "the lane's again");
            assertEquals(List.of("3 0 0.7500 0.120000"), song.tellsControl());
            song.hands.set(0, HandFlag.HELD);
            song.hands.publish();
            final float held = song.play(480)[0][0];
            assertEquals(held, song.play(480)[0][479]);
            final int gone =
                    song.engine.section(StandardRegion.GONE).elementOffset(Role.CONTROL.code());
            song.engine.buffer.putIntVolatile(gone, (int) ProcessHandle.current().pid());
            check(song, List.of(SWEEP), song.position, song.play(480), "control is gone");
            assertEquals(List.of(), song.tellsControl(), "nothing is recorded");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {AutomationModules.Split.class, AutomationModules.Whole.class})
    void aControllerHasTheParameterUntilItHasBeenStillForHalfASecond(final Class<?> module)
            throws Exception {
        try (AutomatedSong song = start(module)) {
            new MidiMapWriter(song.engine.buffer, song.engine.section(StandardRegion.MIDI_MAP))
                    .publish(
                            List.of(
                                    new MidiMapEntry(
                                            MidiSource.CONTROLLER,
                                            MidiSource.ANY,
                                            74,
                                            MidiMode.JUMP,
                                            0,
                                            0,
                                            1,
                                            1,
                                            1)));
            song.automation.publish(List.of(SWEEP));
            song.hands.set(0, HandFlag.RECORDED);
            song.hands.publish();
            song.engine.hostEvents.offer(EventType.CONTROLLER, 100, 0, -1, 74, 1, 0);
            final float[] first = song.play(500)[0];
            assertEquals((float) (96 / 48_000.0), first[99]);
            assertEquals(1f, first[100]);
            for (int block = 1; block < 48; block++) {
                assertEquals(1f, song.play(500)[0][499]);
            }
            final float[] back = song.play(500)[0];
            assertEquals(1f, back[99]);
            assertEquals((float) (24_096 / 48_000.0), back[100], 1e-7f, "24 000 frames after 100");
            assertEquals(
                    List.of("1 0 0.0020 0.004167", "2 0 1.0000 0.004167", "3 0 1.0000 1.004167"),
                    song.tellsControl(),
                    "in quarter notes");
            assertEquals(
                    List.of("0=1.0"),
                    song.enginesOwn(),
                    "beside it that the engine has moved it; what the lane plays is not told");
            assertTrue(song.tellsHost() == 1, "the host is told of what a controller moves");
            song.engine.hostEvents.offer(EventType.CONTROLLER, 0, 0, -1, 74, 0.5, 0);
            song.play(100);
            song.position = 0;
            check(song, List.of(SWEEP), 0, song.play(100), "a jump ends what hands do");
            assertEquals(3, song.tellsControl().size());
        }
    }

    @Test
    void wholeAndSplitBlocksSoundAlikeWhateverMeets() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("AutomationEngineTest: seed " + seed);
        try (AutomatedSong split = start(AutomationModules.Split.class);
                AutomatedSong whole = start(AutomationModules.Whole.class)) {
            final Random r = new Random(seed);
            for (final AutomatedSong song : List.of(split, whole)) {
                new MidiMapWriter(song.engine.buffer, song.engine.section(StandardRegion.MIDI_MAP))
                        .publish(
                                List.of(
                                        new MidiMapEntry(
                                                MidiSource.CONTROLLER,
                                                MidiSource.ANY,
                                                74,
                                                MidiMode.PICK_UP,
                                                1,
                                                0,
                                                1,
                                                1,
                                                1)));
            }
            for (int block = 0; block < 300; block++) {
                final long seedOfBlock = r.nextLong();
                final float[][][] heard = new float[2][][];
                for (int which = 0; which < 2; which++) {
                    final AutomatedSong song = which == 0 ? split : whole;
                    heard[which] = disturbed(song, new Random(seedOfBlock));
                }
                final String what = "block " + block + ", seed " + seed;
                assertArrayEquals(heard[0][0], heard[1][0], what);
                assertArrayEquals(heard[0][1], heard[1][1], what);
                assertEquals(split.tellsControl(), whole.tellsControl(), what);
            }
        }
    }

    private static float[][] disturbed(final AutomatedSong song, final Random r) {
        if (r.nextInt(20) == 0) {
            song.automation.publish(List.of(random(r, 1, 40), random(r, 0, 5)));
        }
        if (r.nextInt(20) == 0) {
            song.hands.set(r.nextInt(2), r.nextInt(8));
            song.hands.publish();
        }
        if (r.nextInt(20) == 0) {
            song.playing = !song.playing;
        }
        if (r.nextInt(20) == 0) {
            song.position = r.nextInt(9_000);
        }
        int frame = 0;
        for (int i = r.nextInt(4); i > 0; i--) {
            frame = Math.min(255, frame + r.nextInt(100));
            final boolean knob = r.nextBoolean();
            song.engine.hostEvents.offer(
                    knob ? EventType.CONTROLLER : EventType.PARAMETER,
                    frame,
                    0,
                    -1,
                    knob ? 74 : r.nextInt(2),
                    r.nextInt(128) / 127.0,
                    0);
        }
        return song.play(256);
    }
}
