// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.layout.NoteExpression;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StandardRegion.SlotFlag;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.TransportChange;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine as a bridge sees it: a real process, driven through its region. */
class EngineTest {
    @TempDir private Path folder;

    private EngineProcess start(final Class<?> module) throws Exception {
        return new EngineProcess(folder, module.getName());
    }

    private static void note(final EngineProcess engine, final int type, final int offset) {
        assertTrue(engine.hostEvents.offer(type, offset, 0, -1, 60, 1, 0));
    }

    @Test
    void rendersTheDefaultsUnderEpsilon() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            assertEquals(0, engine.activateOffline(), engine::message);
            assertEquals("Epsilon", engine.collector());
            assertEquals(RoleState.READY, engine.state());
            final float[] expected = new float[64];
            Arrays.fill(expected, 5f);
            assertArrayEquals(expected, engine.render(64));
            assertEquals(1234, engine.tailFrames());
        }
    }

    @Test
    void splitsTheBlockAtEachEventAndLeavesEventsOfTheNextBlockAlone() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            engine.activateOffline();
            note(engine, EventType.NOTE_ON, 10);
            assertTrue(engine.hostEvents.offer(EventType.PARAMETER, 20, 0, -1, 0, 1.0, 0));
            note(engine, EventType.NOTE_OFF, 30);
            final float[] block = engine.render(40);
            for (int i = 0; i < 40; i++) {
                final float expected = (i < 20 ? 5 : 10) + (i >= 10 && i < 30 ? 100 : 0);
                assertEquals(expected, block[i], "frame " + i);
            }
            assertEquals(1f, engine.parameters.getAcquire(0), "the effective value is published");
        }
    }

    @Test
    void playsAnEventBeyondTheBlockAtItsLastFrame() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            engine.activateOffline();
            note(engine, EventType.NOTE_ON, 5000);
            final float[] block = engine.render(16);
            assertEquals(5f, block[14]);
            assertEquals(105f, block[15]);
        }
    }

    @Test
    void mergesHostsBulkThenControlsThenEvents() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            engine.activateOffline();
            engine.fromHost.set(0, 0.1f);
            engine.fromHost.set(1, 0.3f);
            engine.fromHost.publish();
            engine.fromControl.set(0, 0.2f);
            engine.fromControl.publish();
            assertTrue(engine.hostEvents.offer(EventType.PARAMETER, 8, 0, -1, 0, 0.4, 0));
            final float[] block = engine.render(16);
            assertEquals(2f, block[7], 1e-6, "control comes after the host");
            assertEquals(4f, block[8], 1e-6, "events come last");
            assertEquals(0.3f, engine.parameters.getAcquire(1));
        }
    }

    @Test
    void tellsTheBridgeOfControlsChangesOnly() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            engine.activateOffline();
            final DirtyBits dirty =
                    DirtyBits.over(engine.buffer, engine.section(StandardRegion.DIRTY_FROM_RT));
            engine.fromHost.set(0, 0.9f);
            engine.fromHost.publish();
            engine.render(16);
            assertEquals(0, dirty.drain(0));
            engine.fromControl.set(1, 0.7f);
            engine.fromControl.publish();
            engine.render(16);
            assertEquals(0b10, dirty.drain(0));
        }
    }

    @Test
    void refusesParameterValuesThatAreNone() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            engine.activateOffline();
            for (final double value : new double[] {Double.NaN, -1, 2, Double.POSITIVE_INFINITY}) {
                engine.hostEvents.offer(EventType.PARAMETER, 0, 0, -1, 0, value, 0);
            }
            engine.hostEvents.offer(EventType.PARAMETER, 0, 0, -1, 99, 0.5, 0);
            engine.hostEvents.offer(EventType.PARAMETER, 0, 0, -1, -1, 0.5, 0);
            assertEquals(5f, engine.render(4)[0]);
        }
    }

    private static byte[] message(final int n, final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (n + 31 * i);
        }
        return bytes;
    }

    @Test
    void handsAMessageOverAtItsFrameBitForBit() throws Exception {
        try (EngineProcess engine = start(TestModules.Messages.class)) {
            engine.activateOffline();
            final byte[] first = message(0xF0, 3);
            final byte[] second = message(7, 256);
            assertEquals(SysexWriter.SENT, engine.messages.offer(0, new UnsafeBuffer(first), 0, 3));
            note(engine, EventType.NOTE_ON, 100);
            assertEquals(
                    SysexWriter.SENT, engine.messages.offer(128, new UnsafeBuffer(second), 0, 256));
            final float[] block = engine.render(256);
            for (int i = 0; i < 256; i++) {
                final float expected = i >= 128 ? second[i] & 0xFF : i < 3 ? first[i] & 0xFF : -1;
                assertEquals(expected, block[i], "frame " + i);
            }
            final int longest = engine.messages.maxLength();
            for (int n = 0; n < 40; n++) {
                final byte[] dump = message(n, longest - n);
                assertEquals(
                        SysexWriter.SENT,
                        engine.messages.offer(0, new UnsafeBuffer(dump), 0, dump.length));
                final float[] start = engine.render(256);
                for (int i = 0; i < 256; i++) {
                    assertEquals(dump[i] & 0xFF, start[i], "frame " + i + " of message " + n);
                }
            }
            assertEquals(0, engine.counter("invalid_events"));
        }
    }

    @Test
    void handsNoEventOverThatIsNone() throws Exception {
        try (EngineProcess engine = start(TestModules.Messages.class)) {
            engine.activateOffline();
            engine.hostEvents.offer(99, 0, 0, -1, 0, 0, 0);
            engine.hostEvents.offer(EventType.NOTE_ON, 0, 16, -1, 60, 1, 0);
            engine.hostEvents.offer(EventType.NOTE_ON, 0, 0, -1, 60, Double.NaN, 0);
            engine.hostEvents.offer(EventType.SYSEX, 0, 0, -1, 40, 0, 0);
            engine.controlEvents.offer(EventType.SYSEX, 0, 0, -1, 40, 0, 0);
            assertEquals(0f, engine.render(4, 0, 1)[0], "the module was told nothing");
            assertEquals(5, engine.counter("invalid_events"));
            engine.hostEvents.offer(
                    EventType.NOTE_EXPRESSION, 0, 0, 7, NoteExpression.TUNING, 0.75, 0);
            assertEquals(6_000f, engine.render(4, 0, 1)[0]);
            engine.hostEvents.offer(EventType.TRANSPORT, 0, 0, -1, TransportChange.TEMPO, 133, 0);
            assertEquals(133f, engine.render(4, 0, 1)[0]);
        }
    }

    @Test
    void takesMessagesWithoutAllocating() throws Exception {
        try (EngineProcess engine = start(TestModules.Messages.class)) {
            engine.activateWarm();
            final UnsafeBuffer dump = new UnsafeBuffer(message(1, 1_000));
            for (int i = 0; i < 5_000; i++) {
                assertEquals(SysexWriter.SENT, engine.messages.offer(0, dump, 0, 1 + i % 1_000));
                engine.hostEvents.offer(EventType.NOTE_EXPRESSION, 9, 0, 7, i % 7, i / 5_000.0, 0);
                engine.hostEvents.offer(EventType.TRANSPORT, 11, 0, -1, i % 4, 90, i);
                engine.render(64);
            }
            engine.ask(Request.QUIT, 0, 0);
            assertEquals(5_000, engine.counter("measured_blocks"));
            assertEquals(0, engine.counter("allocated_bytes"));
            assertEquals(0, engine.counter("invalid_events"));
        }
    }

    @Test
    void passesInputsAndTransportOn() throws Exception {
        try (EngineProcess engine = start(TestModules.Echo.class)) {
            engine.activateOffline();
            final long[] words = new long[StandardStructs.TRANSPORT.size() / Long.BYTES];
            words[StandardStructs.TRANSPORT.offset("tempo") / Long.BYTES] =
                    Double.doubleToRawLongBits(90);
            Snapshot.over(engine.buffer, engine.section(StandardRegion.TRANSPORT)).write(words);
            engine.input(0, new float[] {1, 2, 3});
            engine.input(1, new float[] {4, 5, 6});
            assertArrayEquals(new float[] {94, 95, 96}, engine.render(3, 0, 1));
        }
    }

    @Test
    void releasesAllNotesWhereEventsWereLost() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            engine.activateOffline();
            note(engine, EventType.NOTE_ON, 0);
            assertEquals(105f, engine.render(4)[0]);
            assertEquals(5f, engine.render(4, SlotFlag.ALL_NOTES_OFF, 0)[0]);
        }
    }

    @Test
    void metersWhatItHandsOutInWindowsOfTenMilliseconds() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            final MeterReader levels = engine.meters(StandardRegion.OUTPUT_LEVELS);
            engine.activateOffline();
            engine.render(479);
            assertEquals(0, levels.poll());
            engine.render(1);
            assertEquals(1, levels.poll());
            assertEquals(5f, levels.peak(0));
            assertEquals(5f, levels.peak(1));
            assertEquals(5, levels.rms(0), 1e-6);
            assertEquals(480, levels.clips(0));
            engine.fromHost.set(0, 0);
            engine.fromHost.publish();
            engine.render(500);
            engine.render(500);
            assertEquals(2, levels.poll());
            assertEquals(0f, levels.peak(0), "a peak is of its window alone");
            assertEquals(0, levels.clips(0));
        }
    }

    @Test
    void publishesTheLevelsOfVoicesAndForgetsThemWithTheModule() throws Exception {
        try (EngineProcess engine = start(TestModules.VoiceLevels.class)) {
            final MeterReader levels = engine.meters(StandardRegion.VOICE_LEVELS);
            engine.activateOffline();
            engine.render(480);
            engine.render(480);
            assertEquals(2, levels.poll());
            assertEquals(0.25f, levels.peak(1));
            assertEquals(0f, levels.peak(0));
            note(engine, EventType.NOTE_ON, 0);
            engine.render(480);
            engine.render(480);
            levels.poll();
            assertEquals(0.75f, levels.peak(1));
            engine.activateOffline();
            note(engine, EventType.NOTE_OFF, 0);
            engine.render(480);
            engine.render(480);
            assertEquals(2, levels.poll());
            assertEquals(0.25f, levels.peak(1));
        }
    }

    @Test
    void refusesAModuleThatThrowsInInitWithItsOwnWords() throws Exception {
        try (EngineProcess engine = start(TestModules.ThrowsInInit.class)) {
            assertNotEquals(0, engine.activateOffline());
            assertTrue(engine.message().contains("the wavetable is missing"), engine::message);
            assertEquals(RoleState.FAILED, engine.state());
        }
    }

    @Test
    void refusesAModuleThatDoesNotExistOrIsNone() throws Exception {
        try (EngineProcess engine = new EngineProcess(folder, "no.such.Module")) {
            assertNotEquals(0, engine.activateOffline());
            assertTrue(
                    engine.message().contains("no.such.Module is not in the bundle"),
                    engine::message);
        }
        java.nio.file.Files.delete(folder.resolve("region"));
        java.nio.file.Files.delete(folder.resolve("engine"));
        try (EngineProcess engine = new EngineProcess(folder, "java.lang.String")) {
            assertNotEquals(0, engine.activateOffline());
            assertTrue(engine.message().contains("does not implement"), engine::message);
        }
    }

    @Test
    void goesOnServingAfterAModuleThrewInABlock() throws Exception {
        try (EngineProcess engine = start(TestModules.ThrowsInProcess.class)) {
            engine.activateOffline();
            assertEquals(5f, engine.render(4)[0]);
            final var refused = assertThrows(IllegalStateException.class, () -> engine.render(4));
            assertTrue(refused.getMessage().contains("frame 64 of 64"), refused::getMessage);
            assertEquals(0, engine.activateOffline(), "a fresh module starts");
            assertEquals(5f, engine.render(4)[0]);
        }
    }

    @Test
    void playsNoEventThatWasMeantForAnEarlierModule() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            engine.activateOffline();
            note(engine, EventType.NOTE_ON, 0);
            assertEquals(0, engine.activateOffline());
            assertEquals(5f, engine.render(4)[0], "the note belonged to the module before");
            note(engine, EventType.NOTE_ON, 0);
            assertEquals(105f, engine.render(4)[0]);
        }
    }

    @Test
    void seesWhatIsAllocatedInABlock() throws Exception {
        try (EngineProcess engine = start(TestModules.Allocating.class)) {
            engine.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES, 0);
            for (int i = 0; i < 1000; i++) {
                engine.render(64);
            }
            engine.ask(Request.QUIT, 0, 0);
            assertEquals(1000, engine.counter("measured_blocks"));
            assertEquals(1000 * 32, engine.counter("allocated_bytes"), 2048);
        }
    }

    @Test
    void allocatesNothingOnceWarm() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            assertEquals(
                    0, engine.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES, 0), engine::message);
            assertTrue(engine.counter("warm_up_blocks") > 1000);
            engine.activateWarm();
            for (int i = 0; i < 5000; i++) {
                if (i % 7 == 0) {
                    note(engine, i % 2 == 0 ? EventType.NOTE_ON : EventType.NOTE_OFF, i % 64);
                    engine.hostEvents.offer(EventType.PARAMETER, 63, 0, -1, 1, i / 5000.0, 0);
                }
                engine.render(64);
            }
            engine.ask(Request.QUIT, 0, 0);
            assertEquals(5000, engine.counter("measured_blocks"));
            assertEquals(0, engine.counter("allocated_bytes"));
            assertEquals(0, engine.counter("collections"));
        }
    }

    @Test
    void warmsUpWithoutLeavingATraceInSoundOrParameters() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            engine.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES, 0);
            assertEquals(0, engine.counter("blocks"));
            assertEquals(5f, engine.render(1)[0]);
            assertEquals(0.5f, engine.parameters.getAcquire(0));
            assertEquals(0f, engine.parameters.getAcquire(1));
        }
    }

    @Test
    void endsWhenAskedTo() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            engine.activateOffline();
            engine.ask(Request.QUIT, 0, 0);
            assertEquals("", engine.commander.quit());
            assertTrue(engine.process.waitFor(10, TimeUnit.SECONDS));
            assertEquals(0, engine.process.exitValue(), engine::text);
        }
    }

    @Test
    void endsWithItsHostHoweverThatEnds() throws Exception {
        final Process host = new ProcessBuilder("sleep", "60").start();
        try (EngineProcess engine =
                new EngineProcess(folder, TestModules.Level.class.getName(), host.pid())) {
            engine.activateOffline();
            host.destroyForcibly();
            assertTrue(
                    engine.process.waitFor(2, TimeUnit.SECONDS),
                    "alive two seconds after its host");
        } finally {
            host.destroyForcibly();
        }
    }

    @Test
    void refusesARateOrBlockThatCannotBe() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class)) {
            assertNotEquals(0, engine.ask(Request.ACTIVATE, 100_000, SlotFlag.OFFLINE));
            assertTrue(engine.message().contains("1 to 512 frames"), engine::message);
            assertNotEquals(0, engine.ask(77, 1, 0), "an unknown request is refused");
        }
    }
}
