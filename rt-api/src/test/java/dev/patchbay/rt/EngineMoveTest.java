// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.automation.LaneEntry;
import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StandardStructs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that goes on in another region, whose engine has let go of it: real processes, driven through their regions. */
class EngineMoveTest {
    @TempDir private Path folder;

    private EngineProcess start(final String name, final Class<?> module) throws Exception {
        final EngineProcess engine =
                new EngineProcess(Files.createDirectory(folder.resolve(name)), module.getName());
        assertEquals(0, engine.activateOffline(), engine::message);
        return engine;
    }

    private Path file(final String name) {
        return folder.resolve(name).resolve("region");
    }

    /** Has the engine of a scratch region take the place of another engine. */
    private void move(final EngineProcess scratch, final EngineProcess to, final String name)
            throws Exception {
        to.ask(Request.QUIT, 0, 0);
        assertEquals("", to.commander.remove(to.region.instanceId()));
        assertEquals(
                "",
                scratch.commander.move(
                        scratch.region.instanceId(), file(name), to.region.instanceId()));
        scratch.send(Request.MOVE, 0, 0);
    }

    private static void play(final EngineProcess engine, final int block) {
        assertTrue(engine.hostEvents.offer(EventType.NOTE_ON, block, 0, -1, 60 + block, 1, 0));
        assertTrue(
                engine.hostEvents.offer(EventType.PARAMETER, 7, 0, -1, 1, 0.1 * (block % 10), 0));
    }

    @Test
    void soundsAsIfNothingHadHappenedAndTheOtherRegionIsFree() throws Exception {
        try (EngineProcess old = start("old", TestModules.Remembering.class);
                EngineProcess scratch = start("scratch", TestModules.Remembering.class);
                EngineProcess reference = start("reference", TestModules.Remembering.class)) {
            for (int block = 0; block < 8; block++) {
                for (final EngineProcess engine : List.of(old, scratch, reference)) {
                    play(engine, block);
                    engine.render(64);
                }
            }
            move(scratch, old, "old");
            for (int block = 8; block < 16; block++) {
                play(old, block);
                play(reference, block);
                assertArrayEquals(reference.render(100), old.render(100), "block " + block);
            }
            assertEquals(reference.parameters.getAcquire(1), old.parameters.getAcquire(1));
            final String maps =
                    Files.readString(Path.of("/proc", scratch.process.pid() + "", "maps"));
            assertTrue(maps.contains(file("old").toString()), maps);
            assertTrue(!maps.contains(file("scratch").toString()), maps);
            assertTrue(
                    !Files.readString(Path.of("/proc", old.process.pid() + "", "maps"))
                            .contains("/region"));
        }
    }

    @Test
    void saysWhoServesAndGoesOnWithWhatItsReadersCount() throws Exception {
        try (EngineProcess old = start("old", MovingModules.Voices.class);
                EngineProcess scratch = start("scratch", MovingModules.Voices.class)) {
            final MeterReader meters = old.meters(StandardRegion.VOICE_LEVELS);
            for (int i = 0; i < 40; i++) {
                old.render(480);
            }
            scratch.hostEvents.offer(EventType.NOTE_ON, 0, 0, -1, 77, 1, 0);
            scratch.render(480);
            final long blocks = old.counter("blocks");
            old.logLines();
            move(scratch, old, "old");
            old.render(480);
            assertEquals(blocks + 1, old.counter("blocks"));
            assertEquals(77, voices(old).getAcquire(1));
            assertEquals(RoleState.READY, old.state());
            final int cell = old.section(StandardRegion.ROLES).elementOffset(Role.RT.code());
            assertEquals(
                    scratch.process.pid(),
                    old.region.loads().int32(cell + StandardStructs.ROLE.offset("pid")));
            assertEquals(
                    2, old.region.loads().int32(cell + StandardStructs.ROLE.offset("generation")));
            assertTrue(meters.poll() > 0);
            assertEquals(0.5f, meters.peak(1), "the level that was set before still holds");
            old.hostEvents.offer(EventType.NOTE_ON, 0, 0, -1, 78, 1, 0);
            old.render(480);
            assertEquals(78, voices(old).getAcquire(1), "the module writes into the other region");
            assertTrue(
                    old.logLines().toString().contains("key 78"), "and so does what it has to say");
            old.ask(Request.QUIT, 0, 0);
            assertEquals("", scratch.commander.remove(old.region.instanceId()));
            assertEquals(0, scratch.commander.counter("instances"));
        }
    }

    private static VoiceStates voices(final EngineProcess engine) {
        return VoiceStates.over(engine.buffer, engine.section(StandardRegion.VOICE_STATES));
    }

    @Test
    void takesWhatControlChangedMeanwhileAndNotWhatItWasTold() throws Exception {
        try (EngineProcess old = start("old", TestModules.Level.class);
                EngineProcess scratch = start("scratch", TestModules.Level.class)) {
            old.fromControl.set(1, 0.3f);
            old.fromControl.publish();
            old.render(16);
            final DirtyBits dirty =
                    DirtyBits.over(old.buffer, old.section(StandardRegion.DIRTY_FROM_RT));
            assertEquals(0b10, dirty.drain(0));
            old.fromHost.set(0, 0.9f);
            old.fromHost.publish();
            scratch.hostEvents.offer(EventType.PARAMETER, 0, 0, -1, 0, 0.2, 0);
            scratch.hostEvents.offer(EventType.PARAMETER, 0, 0, -1, 1, 0.4, 0);
            assertEquals(2f, scratch.render(16)[15], 1e-6);
            move(scratch, old, "old");
            assertEquals(2f, old.render(16)[0], 1e-6, "the host's value is known");
            assertEquals(0.4f, old.parameters.getAcquire(1), "control's old one is, too");
            old.fromControl.set(0, 0.7f);
            old.fromControl.publish();
            assertEquals(7f, old.render(16)[0], 1e-6);
            assertEquals(0b01, dirty.drain(0));
            old.fromHost.set(0, 0.1f);
            old.fromHost.publish();
            assertEquals(1f, old.render(16)[0], 1e-6);
        }
    }

    @Test
    void servesABlockThatWasAskedForBeforeItHasArrived() throws Exception {
        try (EngineProcess old = start("old", TestModules.Level.class);
                EngineProcess scratch = start("scratch", TestModules.Level.class)) {
            old.render(16);
            old.ask(Request.QUIT, 0, 0);
            assertEquals("", old.commander.remove(old.region.instanceId()));
            assertEquals(
                    "",
                    scratch.commander.move(
                            scratch.region.instanceId(), file("old"), old.region.instanceId()));
            old.send(Request.PROCESS, 16, 0);
            scratch.send(Request.MOVE, 0, 0);
            old.await("the block", () -> old.answered());
            assertEquals(5f, old.channel(0, 16)[15]);
        }
    }

    @Test
    void playsWhatControlHasCompiledInTheRegionItGoesTo() throws Exception {
        try (EngineProcess old = start("old", AutomationModules.Split.class);
                EngineProcess scratch = start("scratch", AutomationModules.Split.class)) {
            final AutomatedSong song = new AutomatedSong(old);
            final LaneEntry sweep =
                    AutomatedSong.lane(
                            0,
                            AutomationBase.SECONDS,
                            AutomatedSong.point(0, 0),
                            AutomatedSong.point(1, 1));
            song.automation.publish(List.of(sweep));
            new MidiMapWriter(old.buffer, old.section(StandardRegion.MIDI_MAP))
                    .publish(
                            List.of(
                                    new MidiMapEntry(
                                            MidiSource.CONTROLLER,
                                            MidiSource.ANY,
                                            74,
                                            MidiMode.JUMP,
                                            1,
                                            0,
                                            1,
                                            1,
                                            1)));
            // The engine that was there has taken both, so they are on offer no more.
            song.play(64);
            assertEquals(0.5f, scratch.render(64)[63]);
            move(scratch, old, "old");
            old.hostEvents.offer(EventType.CONTROLLER, 0, 0, -1, 74, 1, 0);
            final float[][] heard = song.play(64);
            assertEquals(song.expected(sweep, 64 + 63), heard[0][63]);
            assertEquals(1f, heard[1][63]);
        }
    }

    @Test
    void playsTheMidiMapOfTheRegionItGoesToAndControlGoesOnHearing() throws Exception {
        try (EngineProcess old = start("old", InterfaceModules.Split.class);
                EngineProcess scratch = start("scratch", InterfaceModules.Split.class)) {
            new MidiMapWriter(old.buffer, old.section(StandardRegion.MIDI_MAP))
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
            final EventQueue heard =
                    EventQueue.over(old.buffer, old.section(StandardRegion.NOTIFICATIONS));
            // The engine that was there has taken the map, so it is on offer no more.
            old.hostEvents.offer(EventType.CONTROLLER, 0, 0, -1, 74, 0.25, 0);
            old.render(64);
            assertEquals(0.25f, old.parameters.getAcquire(0));
            assertEquals(2, heard.poll(event -> {}, 10), "the controller, and what it moved");
            scratch.render(64);
            move(scratch, old, "old");
            old.hostEvents.offer(EventType.CONTROLLER, 0, 0, -1, 74, 1, 0);
            old.render(64);
            assertEquals(1f, old.parameters.getAcquire(0));
            assertEquals(2, heard.poll(event -> {}, 10), "the controller, and what it moved");
        }
    }

    /** What control can learn from; beside them it is told what they moved. */
    private static int controllersIn(final EventQueue notifications) {
        final int[] count = {0};
        notifications.poll(event -> count[0] += event.type() == EventType.CONTROLLER ? 1 : 0, 10);
        return count[0];
    }

    @Test
    void allocatesNothingInTheBlocksAfterAMove() throws Exception {
        try (EngineProcess old = start("old", TestModules.Level.class);
                EngineProcess scratch =
                        new EngineProcess(
                                Files.createDirectory(folder.resolve("scratch")),
                                TestModules.Level.class.getName())) {
            scratch.activateWarm();
            scratch.render(64);
            move(scratch, old, "old");
            final long measured = old.counter("measured_blocks");
            for (int i = 0; i < 2_000; i++) {
                old.hostEvents.offer(EventType.NOTE_ON, i % 64, 0, -1, 60, 1, 0);
                old.render(64);
            }
            assertTrue(old.counter("measured_blocks") >= measured + 2_000);
            assertEquals(0, old.counter("allocated_bytes"));
            assertTrue(old.counter("warm_up_blocks") > 0, "what warming up took is known there");
        }
    }

    @Test
    void refusesARegionOfAnotherImageAndAnInstanceThatIsNotThere() throws Exception {
        try (EngineProcess scratch = start("scratch", TestModules.Level.class)) {
            final Path other = folder.resolve("other");
            final PluginImage image =
                    new PluginImage(new StandardRegion.Counts(8, 4, 2, 2, 256, 64, 64, 1024));
            image.parameters(List.of());
            try (Region region = Region.create(other, image.image())) {
                final String id = scratch.region.instanceId();
                final String refusal = scratch.commander.move(id, other, region.instanceId());
                assertTrue(refusal.contains("laid out in another way"), refusal);
                final String unknown =
                        scratch.commander.move("0".repeat(32), other, region.instanceId());
                assertTrue(unknown.contains("No instance is in the region 000"), unknown);
            }
            assertNotEquals(0f, scratch.render(16)[0], "it plays on where it is");
        }
    }
}
