// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real synth, played at the pace of a sound card with a spare engine, while one engine after the other is killed. */
class SpareIT {
    private static final int BLOCK = 256;
    private static final int RATE = 48_000;
    private static final int SECONDS = 40;

    /** So much of the piece is left after the last death, that the sound can be looked for. */
    private static final int REST_SECONDS = 6;

    private static final int HALF_SECOND_TICKS = 480;
    private static final long END_KNOWN_LIMIT_MILLIS = 100;
    private static final long GAP_LIMIT_MILLIS = 250;

    @TempDir private Path folder;

    /** What the bridge noted of one death: milliseconds since the last block that the dead engine answered. */
    private record Death(long known, long gap, int back) {}

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
        final HostRun run =
                HostRun.start(
                        folder.resolve("run"),
                        Tools.bundleWithSpare(folder),
                        Map.of(),
                        "--midi",
                        song().toString(),
                        "--seconds",
                        Integer.toString(SECONDS),
                        "--realtime");
        final List<Death> deaths = new ArrayList<>();
        try (LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("sound", () -> blocks(live) > 100);
            final long start = live.counter(StandardRegion.RT_COUNTERS, "time_to_ready_nanos");
            do {
                deaths.add(kill(live));
            } while (!(knownInTime(deaths) && backInTime(deaths))
                    && deaths.get(deaths.size() - 1).back < (SECONDS - REST_SECONDS) * RATE / 2);
            System.out.println(
                    "a first start took "
                            + TimeUnit.NANOSECONDS.toMillis(start)
                            + " ms; then, in ms since the last block before: "
                            + deaths);
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
