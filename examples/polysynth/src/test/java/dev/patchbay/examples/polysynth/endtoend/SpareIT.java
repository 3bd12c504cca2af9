// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real synth, played at the pace of a sound card with a spare engine, while one engine after the other is killed, then one is stopped
 * for a while, and then one wears out.
 */
class SpareIT {
    private static final int BLOCK = 256;
    private static final int RATE = 48_000;
    private static final int SECONDS = 300;

    /** So many are killed, where none before was replaced in time. */
    private static final int MOST_DEATHS = 4;

    private static final int HALF_SECOND_TICKS = 480;
    private static final long END_KNOWN_LIMIT_MILLIS = 100;
    private static final long GAP_LIMIT_MILLIS = 250;

    @TempDir private Path folder;

    /** What the bridge noted of one death: milliseconds since the last block that the dead engine answered. */
    private record Death(long known, long gap, int back) {}

    private static void signal(final String name, final int pid) throws Exception {
        final Process kill =
                new ProcessBuilder("kill", "-" + name, Integer.toString(pid)).inheritIO().start();
        assertEquals(0, kill.waitFor());
    }

    private static long counter(final LiveRegion live, final String name) {
        return live.counter(StandardRegion.BRIDGE_COUNTERS, name);
    }

    private static long blocks(final LiveRegion live) {
        return counter(live, "blocks") + counter(live, "missed_deadlines");
    }

    private static long millis(final LiveRegion live, final String name) {
        return TimeUnit.NANOSECONDS.toMillis(counter(live, name));
    }

    private static Death kill(final LiveRegion live) {
        LiveRegion.await("a spare", () -> counter(live, "rt_spares_ready") == 1);
        final long before = counter(live, "rt_sound_gap_nanos");
        final int dead = live.pid(Role.RT);
        assertTrue(ProcessHandle.of(dead).orElseThrow().destroyForcibly());
        LiveRegion.await("sound", () -> counter(live, "rt_sound_gap_nanos") != before);
        assertTrue(live.pid(Role.RT) != dead);
        assertEquals(
                0,
                live.counter(StandardRegion.RT_COUNTERS, "warm_up_blocks"),
                "the engine that came was warm already");
        return new Death(
                millis(live, "rt_end_known_nanos"),
                millis(live, "rt_sound_gap_nanos"),
                (int) blocks(live) * BLOCK);
    }

    /** A note that begins each half second: those of a dead engine are not heard again. */
    private Path song() throws Exception {
        final Notes notes = new Notes(500_000);
        for (int i = 0; i < 2 * SECONDS; i++) {
            notes.note(57 + i % 12, i * HALF_SECOND_TICKS, HALF_SECOND_TICKS / 2);
        }
        return notes.write(folder.resolve("song.mid"));
    }

    @Test
    void aWarmSpareBringsTheSoundBackBeforeAPlayerLooksUp() throws Exception {
        final Path wishes = Files.createDirectories(folder.resolve("wishes"));
        final HostRun run =
                HostRun.start(
                        folder.resolve("run"),
                        Tools.bundleWithSpare(folder, Wasteful.class.getName()),
                        Wasteful.environment(wishes),
                        "--midi",
                        song().toString(),
                        "--seconds",
                        Integer.toString(SECONDS),
                        "--realtime",
                        "--keep");
        final List<Death> deaths = new ArrayList<>();
        try (run;
                LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("sound", () -> blocks(live) > 100);
            final long start = live.counter(StandardRegion.RT_COUNTERS, "time_to_ready_nanos");
            do {
                deaths.add(kill(live));
            } while (!(knownInTime(deaths) && backInTime(deaths)) && deaths.size() < MOST_DEATHS);
            System.out.println(
                    "a first start took "
                            + TimeUnit.NANOSECONDS.toMillis(start)
                            + " ms; then, in ms since the last block before: "
                            + deaths);
            stopForAWhile(live);
            final long played = blocks(live);
            wearOut(run, live, wishes);
            LiveRegion.await(
                    "the rest that is looked at", () -> blocks(live) > played + 2 * RATE / BLOCK);
            run.process.destroy();
            run.succeed();
            assertEquals(deaths.size(), counter(live, "rt_ended"));
            assertEquals(deaths.size(), counter(live, "rt_restarts"));
            assertEquals(
                    run.json().get("blocks").asLong(),
                    blocks(live),
                    "each block was either played or missed");
        }
        final float[] left = run.samples()[0];
        for (final Death death : deaths) {
            assertTrue(rms(left, death.back, death.back + 2 * RATE) > 0.001, () -> "" + death);
        }
        assertTrue(knownInTime(deaths), () -> "none was known in time: " + deaths);
        assertTrue(backInTime(deaths), () -> "the sound was missing for too long: " + deaths);
    }

    /** A process that is stopped has not died: its blocks are late, and it goes on. */
    private static void stopForAWhile(final LiveRegion live) throws Exception {
        final int playing = live.pid(Role.RT);
        final long ended = counter(live, "rt_ended");
        final long missed = counter(live, "missed_deadlines");
        signal("STOP", playing);
        LiveRegion.await("late blocks", () -> counter(live, "missed_deadlines") > missed + 20);
        signal("CONT", playing);
        final long answered = counter(live, "blocks");
        LiveRegion.await("blocks in time", () -> counter(live, "blocks") > answered + 20);
        assertEquals(playing, live.pid(Role.RT));
        assertEquals(ended, counter(live, "rt_ended"));
    }

    /** The spare takes the place of the engine whose heap is nearly full, and no process dies of it. */
    private static void wearOut(final HostRun run, final LiveRegion live, final Path wishes)
            throws Exception {
        LiveRegion.await("a spare", () -> counter(live, "rt_spares_ready") == 1);
        final int worn = live.pid(Role.RT);
        final List<Long> others =
                run.engines().stream().map(ProcessHandle::pid).filter(pid -> pid != worn).toList();
        assertEquals(1, others.size(), "the spare");
        Wasteful.wearOut(wishes, worn);
        LiveRegion.await("the spare's takeover", () -> counter(live, "rt_swaps") == 1);
        assertEquals(others.get(0), live.pid(Role.RT));
        LiveRegion.await("the worn one's end", () -> ProcessHandle.of(worn).isEmpty());
    }

    /** The best of them: a loaded machine may hold up any one. */
    private static boolean knownInTime(final List<Death> deaths) {
        return deaths.stream().anyMatch(death -> death.known < END_KNOWN_LIMIT_MILLIS);
    }

    private static boolean backInTime(final List<Death> deaths) {
        return deaths.stream().anyMatch(death -> death.gap < GAP_LIMIT_MILLIS);
    }

    private static double rms(final float[] samples, final int from, final int to) {
        double sum = 0;
        final int end = Math.min(to, samples.length);
        for (int i = from; i < end; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / (end - from));
    }
}
