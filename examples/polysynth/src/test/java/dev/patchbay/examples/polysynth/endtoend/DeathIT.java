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
    private static final int BLOCK = 256;
    private static final int RATE = 48_000;

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

    /** The volume at -12 dB; as delivered it is 0 dB. */
    private static final String QUIET = "600=0.727";

    private static double rms(final float[] samples, final int from, final int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples[i] * (double) samples[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    @Test
    void aKilledEngineIsReplacedAndTheSoundComesBackAsItWasSet() throws Exception {
        final HostRun loud =
                HostRun.start(folder.resolve("loud"), "--midi", MIDI, "--seconds", "24").succeed();
        final HostRun quiet =
                HostRun.start(
                                folder.resolve("quiet"),
                                "--midi",
                                MIDI,
                                "--seconds",
                                "24",
                                "--set",
                                QUIET)
                        .succeed();
        final HostRun run =
                HostRun.start(
                        folder.resolve("killed"),
                        "--midi",
                        MIDI,
                        "--seconds",
                        "24",
                        "--set",
                        QUIET,
                        "--realtime");
        final List<Long> pids;
        final int back;
        try (LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("sound", () -> blocks(live) > 100);
            final int dead = live.pid(Role.RT);
            kill(dead);
            LiveRegion.await(
                    "another engine",
                    () -> live.counter(StandardRegion.BRIDGE_COUNTERS, "rt_restarts") == 1);
            back = (int) (blocks(live) + missed(live)) * BLOCK;
            pids = List.of((long) dead, (long) live.pid(Role.RT), (long) live.pid(Role.CONTROL));
            run.succeed();
            assertEquals(1, live.counter(StandardRegion.BRIDGE_COUNTERS, "rt_ended"));
            assertEquals(
                    run.json().get("blocks").asLong(),
                    blocks(live) + missed(live),
                    "each block was either played or missed");
        }
        assertTrue(run.text().contains("ended unexpectedly (signal 9)"), run.text());
        assertTrue(run.text().contains("has taken the place of the process"), run.text());
        final float[] left = run.samples()[0];
        final int from = back + RATE / 2;
        final int to = 22 * RATE;
        assertTrue(
                from < to - RATE,
                "the new engine came while the piece was played, at frame " + back);
        final double level = rms(left, from, to);
        final double asSet = rms(quiet.samples()[0], from, to);
        final double asDelivered = rms(loud.samples()[0], from, to);
        assertTrue(asDelivered > 2 * asSet, "the parameter can be heard");
        assertTrue(
                level > asSet * 0.7 && level < asSet * 1.4,
                "RMS " + level + ", and " + asSet + " without a death");
        assertEnded(pids);
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
