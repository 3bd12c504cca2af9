// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Histogram;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.layout.StandardRegion.Phase;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.SlotFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a module is promised, on a real engine process. */
class ModuleInterfaceTest {
    private static final int TOTAL = 9_600;

    @TempDir private Path folder;

    private EngineProcess start(final Class<?> module) throws Exception {
        return new EngineProcess(Files.createTempDirectory(folder, "engine"), module.getName());
    }

    @Test
    void keepsTheInstanceWhereRateAndLargestBlockStayAndResetsItBeforeItPlaysAgain()
            throws Exception {
        try (EngineProcess engine = start(InterfaceModules.Diary.class)) {
            engine.activateOffline();
            engine.render(64);
            engine.ask(Request.DEACTIVATE, 0, 0);
            assertThrows(IllegalStateException.class, () -> engine.render(64), "not active");
            engine.activateOffline();
            engine.render(32);
            // As a host does that has forgotten to deactivate.
            engine.activateOffline();
            engine.ask(Request.ACTIVATE, 100, SlotFlag.OFFLINE);
            engine.ask(Request.QUIT, 0, 0);
            assertEquals(
                    List.of(
                            "1 init 48000.0",
                            "1 activate",
                            "1 deactivate",
                            "1 reset after 64",
                            "1 activate",
                            "1 deactivate",
                            "1 reset after 32",
                            "1 activate",
                            "1 deactivate",
                            "1 close",
                            "1 init 48000.0",
                            "1 activate",
                            "1 deactivate",
                            "1 close"),
                    engine.logLines());
        }
    }

    @Test
    void replacesAnInstanceThatThrew() throws Exception {
        try (EngineProcess engine = start(InterfaceModules.Diary.class)) {
            engine.activateOffline();
            engine.hostEvents.offer(EventType.NOTE_ON, 0, 0, -1, 60, 0.5, 0);
            assertThrows(IllegalStateException.class, () -> engine.render(64));
            assertEquals(0, engine.activateOffline());
            engine.render(64);
            assertEquals(
                    List.of(
                            "1 init 48000.0",
                            "1 activate",
                            "1 close",
                            "1 init 48000.0",
                            "1 activate"),
                    engine.logLines());
        }
    }

    @Test
    void warmsUpOnceForARateAndLargestBlock() throws Exception {
        try (EngineProcess engine = start(InterfaceModules.Diary.class)) {
            engine.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES, 0);
            assertTrue(engine.counter("warm_up_blocks") > 1000);
            engine.ask(Request.DEACTIVATE, 0, 0);
            assertEquals(0, engine.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES, 0));
            assertEquals(0, engine.counter("warm_up_blocks"), "it is warm");
            assertEquals(
                    List.of(
                            "1 init 48000.0",
                            "1 activate",
                            "1 deactivate",
                            "1 reset after 0",
                            "1 activate"),
                    engine.logLines(),
                    "what was rehearsed is not heard");
        }
    }

    @Test
    void tellsItsLatencyWhenItIsActivatedAndAfterEachBlock() throws Exception {
        try (EngineProcess engine = start(InterfaceModules.Diary.class)) {
            engine.activateOffline();
            assertEquals(7, engine.latencyFrames());
            engine.render(64);
            assertEquals(71, engine.latencyFrames());
        }
    }

    private float[][] play(final Class<?> module, final Random sizes) throws Exception {
        final Random random = new Random(11);
        final int[] frames = new int[60];
        Arrays.setAll(frames, i -> random.nextInt(TOTAL));
        // The first ones come with the very first frame.
        Arrays.fill(frames, 0, 4, 0);
        Arrays.sort(frames);
        final double[] last = new double[2];
        final float[][] result = new float[2][TOTAL];
        Files.deleteIfExists(folder.resolve("region"));
        try (EngineProcess engine = start(module)) {
            engine.activateOffline();
            int done = 0;
            int next = 0;
            while (done < TOTAL) {
                final int size = Math.min(TOTAL - done, 1 + sizes.nextInt(512));
                for (; next < frames.length && frames[next] < done + size; next++) {
                    final int at = frames[next] - done;
                    if (next % 3 == 0) {
                        final int type = next % 2 == 0 ? EventType.NOTE_ON : EventType.NOTE_OFF;
                        engine.hostEvents.offer(type, at, 0, -1, 60, 1, 0);
                    } else {
                        final int parameter = next % 2;
                        final double value = new Random(next).nextInt(5) / 4.0;
                        engine.hostEvents.offer(
                                EventType.PARAMETER, at, 0, -1, parameter, value, 0);
                        if (next % 5 == 0) {
                            // Of two changes at a frame the last one counts: here, that nothing
                            // changes.
                            engine.hostEvents.offer(
                                    EventType.PARAMETER, at, 0, -1, parameter, last[parameter], 0);
                        } else {
                            last[parameter] = value;
                        }
                    }
                }
                System.arraycopy(engine.render(size), 0, result[0], done, size);
                System.arraycopy(engine.channel(1, size), 0, result[1], done, size);
                done += size;
            }
        }
        return result;
    }

    @Test
    void soundsTheSameWhateverTheBlockSizesAndWhetherTheyComeWhole() throws Exception {
        final float[][] expected = play(InterfaceModules.Split.class, new Random(1));
        final float[][] others = play(InterfaceModules.Split.class, new Random(2));
        final float[][] whole = play(InterfaceModules.Whole.class, new Random(3));
        for (int channel = 0; channel < 2; channel++) {
            assertArrayEquals(expected[channel], others[channel], "channel " + channel);
            assertArrayEquals(expected[channel], whole[channel], "whole, channel " + channel);
        }
        assertNotEquals(expected[0][100], expected[0][TOTAL - 1], "nothing was heard");
    }

    @Test
    void countsTheTimeOfAModuleThatGetsWholeBlocksAsItsOwn() throws Exception {
        try (EngineProcess engine =
                new EngineProcess(
                        Files.createTempDirectory(folder, "engine"),
                        InterfaceModules.Working.class.getName(),
                        ProcessHandle.current().pid(),
                        List.of("env", "PATCHBAY_PROFILE=on"))) {
            engine.activateOffline();
            for (int i = 0; i < 5; i++) {
                engine.render(64);
            }
            engine.ask(Request.DEACTIVATE, 0, 0);
            final Counters times =
                    Counters.over(engine.buffer, engine.section(Phase.PROCESS.section()));
            long working = 0;
            for (int bucket = Histogram.bucketOf(500_000); bucket < times.count(); bucket++) {
                working += times.getAcquire(bucket);
            }
            assertEquals(5, working, "blocks in which the module took its millisecond");
        }
    }

    @Test
    void handsAWholeBlockWithAllItsEventsInOrder() throws Exception {
        try (EngineProcess engine = start(InterfaceModules.Listing.class)) {
            engine.activateOffline();
            engine.controlEvents.offer(EventType.CONTROLLER, 99, 0, -1, 1, 0.5, 0);
            engine.hostEvents.offer(EventType.NOTE_ON, 10, 0, -1, 60, 1, 0);
            engine.messages.offer(20, new UnsafeBuffer(new byte[] {1, 2}), 0, 2);
            engine.hostEvents.offer(EventType.PARAMETER, 30, 0, -1, 0, 1, 0);
            engine.hostEvents.offer(EventType.PARAMETER, 30, 0, -1, 77, 1, 0);
            engine.messages.offer(40, new UnsafeBuffer(new byte[] {3}), 0, 1);
            engine.hostEvents.offer(EventType.NOTE_OFF, 5_000, 0, -1, 60, 0, 0);
            engine.render(64, SlotFlag.ALL_NOTES_OFF, 0);
            assertEquals(
                    List.of(
                            "1 64 frames from 0",
                            "1 type " + EventType.NOTE_OFF + " at 63",
                            "1 type " + EventType.SYSEX + " at 40",
                            "1 byte 3",
                            "1 type " + EventType.PARAMETER + " at 30",
                            "1 type " + EventType.SYSEX + " at 20",
                            "1 byte 1",
                            "1 byte 2",
                            "1 type " + EventType.NOTE_ON + " at 10",
                            "1 type " + EventType.CONTROLLER + " at 0",
                            "1 type " + EventType.ALL_NOTES_OFF + " at 0"),
                    engine.logLines());
            assertEquals(1f, engine.parameters.getAcquire(0), "it holds from the next block on");
            engine.render(0);
            assertEquals(List.of(), engine.logLines(), "no frames and no events: nothing to do");
            engine.hostEvents.offer(EventType.NOTE_ON, 0, 0, -1, 60, 1, 0);
            engine.render(0);
            assertEquals(
                    List.of("1 0 frames from 0", "1 type " + EventType.NOTE_ON + " at 0"),
                    engine.logLines());
            // As many messages as their ring holds, which must all have been given back.
            final int longest = engine.messages.maxLength();
            for (int n = 0; n < 40; n++) {
                final UnsafeBuffer dump = new UnsafeBuffer(new byte[longest]);
                assertEquals(SysexWriter.SENT, engine.messages.offer(0, dump, 0, longest));
                engine.render(64);
            }
            assertEquals(0, engine.counter("invalid_events"));
        }
    }

    @Test
    void iteratesOverEventsAndLogsWithoutAllocating() throws Exception {
        for (final Class<?> module :
                List.of(InterfaceModules.Whole.class, InterfaceModules.Complaining.class)) {
            Files.deleteIfExists(folder.resolve("region"));
            try (EngineProcess engine = start(module)) {
                engine.activateWarm();
                for (int i = 0; i < 5_000; i++) {
                    if (i % 7 == 0) {
                        final double value = i % 3 / 2.0;
                        final int at = i % 64;
                        engine.hostEvents.offer(EventType.PARAMETER, at, 0, -1, i % 2, value, 0);
                        engine.hostEvents.offer(EventType.NOTE_ON, 63, 0, -1, 60, 1, 0);
                    }
                    engine.render(64);
                }
                engine.ask(Request.QUIT, 0, 0);
                assertEquals(5_000, engine.counter("measured_blocks"));
                assertEquals(0, engine.counter("allocated_bytes"), module.getName());
            }
        }
    }

    @Test
    void runsHelpersBesideTheSoundAndEndsThemAtClose() throws Exception {
        try (EngineProcess engine = start(InterfaceModules.Helped.class)) {
            assertEquals(0, engine.activateOffline(), engine::message);
            engine.await(
                    "a failing helper's report", () -> engine.text().contains("no such sample"));
            engine.await("the helper to count", () -> engine.render(16)[0] > 3);
            assertTrue(
                    engine.logLines().get(0).contains("\"late\" cannot be started now"),
                    "a thread was started while sound was made");
            engine.ask(Request.QUIT, 0, 0);
            engine.await(
                    "the hanging helper to be left behind",
                    () -> engine.text().contains("\"hanging\" did not return within 1000 ms"));
            assertEquals("", engine.commander.quit());
            engine.process.waitFor();
            final String text = engine.text();
            assertTrue(text.contains("helper thread \"failing\" threw"), text);
            assertTrue(text.contains("the counting helper ends"), text);
            assertEquals(0, engine.process.exitValue(), text);
        }
    }

    @Test
    void leavesItsLastWordsInTheRegion() throws Exception {
        try (EngineProcess engine = start(InterfaceModules.Dying.class)) {
            engine.activateOffline();
            engine.render(16);
            engine.hostEvents.offer(EventType.NOTE_ON, 0, 0, -1, 60, 1, 0);
            assertThrows(IllegalStateException.class, () -> engine.render(32));
            assertEquals(9, engine.process.waitFor());
            assertEquals(
                    List.of(
                            "2 block of 16 frames",
                            "2 block of 32 frames",
                            "3 these are my last words"),
                    engine.logLines());
        }
    }

    @Test
    void namesTheParametersThereAreWhereOneIsMissing() throws Exception {
        try (EngineProcess engine = start(Mistaken.class)) {
            assertNotEquals(0, engine.activateOffline());
            assertTrue(
                    engine.message()
                            .contains(
                                    "no parameter with the symbol \"volume\"; there are: level,"
                                            + " other"),
                    engine::message);
        }
    }

    /** Asks for a parameter that is not declared. */
    public static final class Mistaken implements RtModule {
        @Override
        public void init(final RtContext context) {
            assertEquals("rt_log", context.section("rt_log").name());
            assertThrows(IllegalArgumentException.class, () -> context.section("none"));
            assertThrows(IllegalArgumentException.class, () -> context.parameterIndex(99));
            context.parameterIndex("volume");
        }

        @Override
        public void process(final Block block) {}
    }
}
