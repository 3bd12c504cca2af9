// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine process with many instances: real ones, driven through their regions. */
class EngineInstancesTest {
    @TempDir private Path folder;

    private EngineProcess first(final Class<?> module) throws Exception {
        return new EngineProcess(Files.createDirectory(folder.resolve("first")), module.getName());
    }

    private EngineProcess further(final String name, final EngineProcess engine) throws Exception {
        return new EngineProcess(Files.createDirectory(folder.resolve(name)), engine.commander);
    }

    private static long mappings(final EngineProcess engine) throws Exception {
        return Files.readAllLines(Path.of("/proc", engine.process.pid() + "", "maps")).stream()
                .filter(line -> line.contains("/region"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .count();
    }

    @Test
    void servesEachInstanceAsIfItWereAlone() throws Exception {
        try (EngineProcess one = first(TestModules.Level.class)) {
            final EngineProcess two = further("second", one);
            assertEquals(0, one.activateOffline());
            assertEquals(0, two.activateOffline());
            one.hostEvents.offer(EventType.NOTE_ON, 0, 0, -1, 60, 1, 0);
            two.hostEvents.offer(EventType.PARAMETER, 0, 0, -1, 0, 1.0, 0);
            assertEquals(105f, one.render(16)[15]);
            assertEquals(10f, two.render(16)[15]);
            assertEquals(2, one.commander.counter("instances"));
            two.region.close();
        }
    }

    @Test
    void letsGoOfAnInstanceAndOfItsMemoryWhileTheOthersPlay() throws Exception {
        try (EngineProcess one = first(TestModules.Level.class)) {
            final EngineProcess two = further("second", one);
            one.activateOffline();
            two.activateOffline();
            assertEquals(2, mappings(one));
            two.ask(Request.QUIT, 0, 0);
            assertEquals("", one.commander.remove(two.region.instanceId()));
            assertEquals(RoleState.LEAVING, two.state());
            assertEquals(1, mappings(one));
            assertEquals(1, one.commander.counter("instances"));
            assertEquals(1, one.commander.counter("instances_removed"));
            assertEquals(5f, one.render(16)[0]);
            assertEquals("", one.commander.remove(two.region.instanceId()), "twice is harmless");
            two.region.close();
        }
    }

    @Test
    void keepsAnInstanceThatWasNotAskedToQuitAndSaysSo() throws Exception {
        try (EngineProcess one = first(TestModules.Level.class)) {
            one.activateOffline();
            final String refusal = one.commander.remove(one.region.instanceId());
            assertTrue(refusal.contains("has not ended within 1000 ms"), refusal);
            assertEquals(5f, one.render(16)[0]);
            assertEquals(1, one.commander.counter("commands_refused"));
        }
    }

    @Test
    void refusesARegionThatIsAnotherOneOrServedAlready() throws Exception {
        try (EngineProcess one = first(TestModules.Level.class)) {
            final Path file = folder.resolve("first").resolve("region");
            final String other = one.commander.add(file, "0".repeat(31) + "1");
            assertTrue(other.contains("expected 00000000000000000000000000000001"), other);
            final String twice = one.commander.add(file, one.region.instanceId());
            assertTrue(twice.contains("is served already"), twice);
            final String unknown = one.commander.ask(99, one.region.instanceId());
            assertTrue(unknown.contains("The command 99 is unknown"), unknown);
            assertEquals(0, one.activateOffline());
            assertEquals(5f, one.render(16)[0]);
        }
    }

    @Test
    void anInstanceWhoseModuleThrowsDoesNotTakeTheOthersDown() throws Exception {
        try (EngineProcess one = first(TestModules.SecondThrows.class)) {
            assertEquals(0, one.activateOffline(), one::message);
            final EngineProcess two = further("second", one);
            assertNotEquals(0, two.activateOffline());
            assertEquals(RoleState.FAILED, two.state());
            assertTrue(two.message().contains("there is one already"), two::message);
            assertEquals(5f, one.render(16)[0]);
            two.region.close();
        }
    }

    @Test
    void aFurtherInstanceIsWarmAfterAShortRehearsalAndAllocatesNothing() throws Exception {
        try (EngineProcess one = first(TestModules.Level.class)) {
            assertEquals(0, one.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES, 0));
            final EngineProcess two = further("second", one);
            assertEquals(0, two.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES, 0));
            assertTrue(two.counter("warm_up_blocks") > 0, "it rehearses all the same");
            // Not the blocks: those of the second are compiled, and so there may be more of them.
            final long first = one.counter("warm_up_nanos");
            final long second = two.counter("warm_up_nanos");
            assertTrue(second < first, second + " ns after " + first);
            two.activateWarm();
            for (int i = 0; i < 2_000; i++) {
                two.hostEvents.offer(EventType.NOTE_ON, i % 64, 0, -1, 60, 1, 0);
                two.render(64);
                one.render(64);
            }
            for (final EngineProcess each : List.of(one, two)) {
                each.ask(Request.QUIT, 0, 0);
                assertEquals(2_000, each.counter("measured_blocks"));
                assertEquals(0, each.counter("allocated_bytes"));
            }
            two.region.close();
        }
    }

    @Test
    void anInstanceWhoseEngineHasDiedPlaysAtOnceWhereTheProcessIsWarm() throws Exception {
        try (EngineProcess one = first(TestModules.Level.class)) {
            assertEquals(0, one.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES, 0));
            final Path second = Files.createDirectory(folder.resolve("second"));
            final EngineProcess two = new EngineProcess(second, one.commander, 2);
            assertEquals(0, two.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES, 0));
            assertEquals(0, two.counter("warm_up_blocks"));
            assertEquals(5f, two.render(16)[0]);
            // For other blocks it is not warm.
            assertEquals(0, two.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES / 2, 0));
            assertTrue(two.counter("warm_up_blocks") > 0);
            two.region.close();
        }
    }

    @Test
    void soundsTheSameBesideInstancesThatComeAndGo() throws Exception {
        try (EngineProcess one = first(TestModules.Level.class)) {
            one.activateOffline();
            final float[] expected = one.render(256);
            for (int i = 0; i < 16; i++) {
                final List<float[]> blocks = new ArrayList<>();
                final EngineProcess other = further("other-" + i, one);
                other.activateOffline();
                blocks.add(one.render(256));
                other.ask(Request.QUIT, 0, 0);
                assertEquals("", one.commander.remove(other.region.instanceId()));
                blocks.add(one.render(256));
                other.region.close();
                blocks.forEach(block -> assertArrayEquals(expected, block));
            }
            assertEquals(17, one.commander.counter("instances_added"));
            assertEquals(1, one.commander.counter("instances"));
        }
    }
}
