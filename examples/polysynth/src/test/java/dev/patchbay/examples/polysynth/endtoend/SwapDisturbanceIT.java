// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.examples.polysynth.endtoend.Launcher.Said;
import dev.patchbay.layout.BlockTraceDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.demo.JvmLog;
import dev.patchbay.tools.realtime.BlockTrace;
import dev.patchbay.tools.realtime.Disturbance;
import dev.patchbay.tools.realtime.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another engine takes over while the synth plays blocks of 64 frames: the real host at the pace of a sound card, the real launcher. The
 * sample rate is such that a block lasts for 64 ms, so the load of a busy machine is no missed deadline.
 */
class SwapDisturbanceIT {
    private static final int BLOCK_MILLIS = 64;

    /** What must not happen to an engine however late it was compiled. */
    private static final List<Disturbance> UNDISTURBED =
            List.of(
                    Disturbance.SAFEPOINT,
                    Disturbance.HANDSHAKE,
                    Disturbance.DEOPTIMIZATION,
                    Disturbance.CLASS_LOAD,
                    Disturbance.MAJOR_FAULT);

    /** A rehearsal that took so long was cut short: what compiles after it may allocate. */
    private static final long REHEARSAL_CUT_SHORT_NANOS = TimeUnit.SECONDS.toNanos(10);

    @TempDir private Path folder;

    private Launcher launcher;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void prepare() throws IOException {
        launcher = new Launcher(folder);
        environment.put("PATCHBAY_RUNTIME_DIR", folder.resolve("sockets").toString());
    }

    private static long counter(final LiveRegion live, final String name) {
        return live.counter(StandardRegion.BRIDGE_COUNTERS, name);
    }

    private static void awaitBlocks(final LiveRegion live, final int count) {
        final long from = counter(live, "blocks");
        LiveRegion.await("blocks", () -> counter(live, "blocks") >= from + count);
    }

    @Test
    void theFormerEngineIsNotDisturbedAndTheNewOneDoesNotPlayFromTheCache() throws Exception {
        final int block = 64;
        final Path traces = Files.createDirectories(folder.resolve("traces"));
        environment.put(BlockTraceDescriptor.VARIABLE, "10000:" + traces);
        final Path level = Takeovers.level(folder, "level", 0.125);
        final HostRun run = play("small", HostRun.BUNDLE, block);
        final Path trace;
        final Path log;
        final long warmUpNanos;
        try (run;
                LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("sound", () -> counter(live, "blocks") > 5);
            trace = only(traces, "blocks-.*");
            log = only(run.folder.resolve("logs"), "rt-.*\\.jvm\\.log");
            warmUpNanos = live.counter(StandardRegion.RT_COUNTERS, "warm_up_nanos");
            final int former = live.pid(Role.RT);
            final Said swapped = launcher.swap(run, level, environment);
            assertEquals(0, swapped.status(), () -> swapped.text() + textOf(run));
            assertTrue(swapped.text().contains("1 instance plays the new module"), swapped.text());
            assertEquals(1, counter(live, "rt_swaps"));
            assertNotEquals(former, live.pid(Role.RT));
            assertFalse(ProcessHandle.of(former).isPresent(), "the former engine has ended");
            awaitBlocks(live, 5);
            run.process.destroy();
            run.succeed();
            assertNoneWasMissed(live, run);
        }
        final float[] sound = run.samples()[0];
        Takeovers.check(sound, reference(block, sound.length), block, 0.125);
        final Verdict verdict = Verdict.of(BlockTrace.read(trace), JvmLog.read(log));
        assertTrue(verdict.blocks() > 5, verdict::toString);
        for (final Disturbance kind : UNDISTURBED) {
            assertEquals(0, verdict.of(kind).count(), verdict::toString);
        }
        if (warmUpNanos < REHEARSAL_CUT_SHORT_NANOS) {
            assertEquals(0, verdict.of(Disturbance.ALLOCATION).count(), verdict::toString);
        } else {
            System.out.println(
                    "SwapDisturbanceIT: the machine was too busy for a whole rehearsal: "
                            + verdict);
        }
    }

    private static void assertNoneWasMissed(final LiveRegion live, final HostRun run) {
        assertEquals(0, counter(live, "missed_deadlines"), () -> textOf(run));
        assertEquals(0, counter(live, "skipped_blocks"), () -> textOf(run));
        assertEquals(0, counter(live, "rt_ended"), () -> textOf(run));
    }

    private static Path only(final Path folder, final String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            final List<Path> found =
                    files.filter(file -> file.getFileName().toString().matches(name)).toList();
            assertEquals(1, found.size(), found::toString);
            return found.get(0);
        }
    }

    /** One held note. */
    private Path song() throws Exception {
        return new Notes(500_000).note(45, 0, 1_000_000).write(folder.resolve("a.mid"));
    }

    /** In Hz. */
    private static int rate(final int block) {
        return block * 1000 / BLOCK_MILLIS;
    }

    /** A host that plays in real time, until it is asked to end. */
    private HostRun play(
            final String name, final Path bundle, final int block, final String... more)
            throws Exception {
        final List<String> options = new ArrayList<>(options(block, "300"));
        options.addAll(List.of("--realtime", "--fifo", "10", "--keep"));
        options.addAll(List.of(more));
        return HostRun.start(
                folder.resolve(name), bundle, environment, options.toArray(String[]::new));
    }

    /** What the synth plays where nobody takes its place. */
    private float[] reference(final int block, final int frames) throws Exception {
        final String seconds = Double.toString((double) frames / rate(block));
        return HostRun.start(
                        folder.resolve("reference"), options(block, seconds).toArray(String[]::new))
                .succeed()
                .samples()[0];
    }

    private List<String> options(final int block, final String seconds) throws Exception {
        return List.of(
                "--midi", song().toString(),
                "--seconds", seconds,
                "--rate", Integer.toString(rate(block)),
                "--block", Integer.toString(block),
                "--set", Takeovers.QUIET);
    }

    private static String textOf(final HostRun run) {
        try {
            return run.text();
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
