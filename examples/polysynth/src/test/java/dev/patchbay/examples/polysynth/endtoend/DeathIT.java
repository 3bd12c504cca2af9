// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when a process is killed while sound is made. */
class DeathIT {
    private static final String MIDI = Path.of("demo.mid").toAbsolutePath().toString();
    private static final int FADE_FRAMES = 64;

    @TempDir private Path folder;

    private static void kill(final int pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static boolean alive(final long pid) {
        // A zombie has ended; its parent has only not looked yet.
        try {
            final String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (final IOException e) {
            return false;
        }
    }

    private static long blocks(final LiveRegion live) {
        return live.counter(StandardRegion.BRIDGE_COUNTERS, "blocks");
    }

    private static long missed(final LiveRegion live) {
        return live.counter(StandardRegion.BRIDGE_COUNTERS, "missed_deadlines");
    }

    private static void assertEnded(final List<Long> pids) throws InterruptedException {
        final long start = System.nanoTime();
        while (pids.stream().anyMatch(DeathIT::alive)) {
            assertTrue(
                    System.nanoTime() - start < TimeUnit.SECONDS.toNanos(2),
                    "alive two seconds later");
            Thread.sleep(10);
        }
    }

    @Test
    void aKilledControlProcessChangesNoSample() throws Exception {
        final HostRun reference =
                HostRun.start(folder.resolve("reference"), "--midi", MIDI).succeed();
        final HostRun run =
                HostRun.start(
                        folder.resolve("killed"),
                        "--midi",
                        MIDI,
                        "--realtime",
                        "--mode",
                        "offline");
        try (LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("control", () -> live.state(Role.CONTROL) == RoleState.READY);
            LiveRegion.await("sound", () -> blocks(live) > 300);
            kill(live.pid(Role.CONTROL));
            run.succeed();
            assertEquals(1, live.counter(StandardRegion.BRIDGE_COUNTERS, "control_ended"));
            assertEquals(0, live.counter(StandardRegion.BRIDGE_COUNTERS, "missed_deadlines"));
        }
        assertArrayEquals(Files.readAllBytes(reference.wav), Files.readAllBytes(run.wav));
    }

    @Test
    void aKilledEngineLeavesTheHostWithSilenceThatItCounts() throws Exception {
        final HostRun run = HostRun.start(folder, "--midi", MIDI, "--realtime");
        try (LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("sound", () -> blocks(live) > 300);
            kill(live.pid(Role.RT));
            LiveRegion.await(
                    "the end to be known",
                    () -> live.counter(StandardRegion.BRIDGE_COUNTERS, "rt_ended") == 1);
            final long played = blocks(live);
            final long passed = played + missed(live) + 2;
            run.succeed();
            final long total = run.json().get("blocks").asLong();
            assertTrue(
                    blocks(live) <= played + 1,
                    "at most one answer was on its way when the engine died");
            assertEquals(
                    total, blocks(live) + missed(live), "each block was either played or missed");
            final float[] left = run.samples()[0];
            assertTrue(passed < total - 1000, "the engine died in the middle");
            for (int i = (int) passed * 256 + FADE_FRAMES; i < left.length; i++) {
                assertEquals(0f, left[i], "frame " + i + " after the first missed deadline");
            }
        }
        assertTrue(run.text().contains("RT process"), run.text());
    }

    @Test
    void nothingIsLeftWhenTheHostIsKilled() throws Exception {
        final HostRun run = HostRun.start(folder, "--midi", MIDI, "--realtime");
        final List<Long> pids;
        try (LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("control", () -> live.state(Role.CONTROL) == RoleState.READY);
            LiveRegion.await("sound", () -> blocks(live) > 50);
            pids = List.of((long) live.pid(Role.RT), (long) live.pid(Role.CONTROL));
            assertTrue(pids.stream().allMatch(DeathIT::alive));
        }
        run.process.destroyForcibly().onExit().join();
        assertEnded(pids);
    }

    @Test
    void nothingIsLeftAfterAnOrderlyEnd() throws Exception {
        final HostRun run = HostRun.start(folder, "--seconds", "2");
        final List<Long> pids;
        try (LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("control", () -> live.pid(Role.CONTROL) != 0);
            LiveRegion.await("the engine", () -> live.pid(Role.RT) != 0);
            pids = List.of((long) live.pid(Role.RT), (long) live.pid(Role.CONTROL));
            run.succeed();
        }
        assertEnded(pids);
    }
}
