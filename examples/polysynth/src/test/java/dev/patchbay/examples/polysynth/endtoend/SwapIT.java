// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.examples.polysynth.endtoend.Launcher.Said;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.realtime.Disturbance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another engine takes over while the synth plays: the real host at the pace of a sound card, the real launcher. The sample rates are
 * such that a block lasts for 64 ms, so the load of a busy machine is no missed deadline.
 */
class SwapIT {
    private static final int BLOCK_MILLIS = 64;

    /** What must not happen to an engine however late it was compiled. */
    private static final List<Disturbance> UNDISTURBED =
            List.of(
                    Disturbance.SAFEPOINT,
                    Disturbance.HANDSHAKE,
                    Disturbance.DEOPTIMIZATION,
                    Disturbance.CLASS_LOAD,
                    Disturbance.MAJOR_FAULT,
                    Disturbance.MINOR_FAULT);

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

    private static void awaitSwaps(final List<LiveRegion> lives, final int count) {
        LiveRegion.await(
                "takeover " + count,
                () -> lives.stream().allMatch(live -> counter(live, "rt_swaps") == count));
    }

    /** They were played by this engine, and now by another one, all of them, with no block missed. */
    private static void assertLeft(
            final List<LiveRegion> lives, final int former, final HostRun run) {
        lives.forEach(live -> assertNoneWasMissed(live, run));
        final int playing = lives.get(0).pid(Role.RT);
        assertNotEquals(former, playing);
        for (final LiveRegion live : lives) {
            assertEquals(playing, live.pid(Role.RT), "the engine of all instances");
        }
        LiveRegion.await("the former engine's end", () -> ProcessHandle.of(former).isEmpty());
    }

    @Test
    void aJarThatChangesAWornEngineAndACommandEachLetAllInstancesGoOverInOneBlock()
            throws Exception {
        final int block = 256;
        final Path wishes = Files.createDirectories(folder.resolve("wishes"));
        final Path bundle = Tools.bundle(folder, Wasteful.class.getName(), 0);
        environment.put("PATCHBAY_DEV", "on");
        environment.putAll(Wasteful.environment(wishes));
        final Path soft = Takeovers.level(folder, "soft", 0.125);
        final Path loud = Takeovers.level(folder, "loud", 0.25);
        final HostRun run = play("swapped", bundle, block, "--instances", "2");
        final List<LiveRegion> lives = new ArrayList<>();
        try (run) {
            lives.addAll(LiveRegion.all(run, 2));
            lives.forEach(live -> LiveRegion.await("sound", () -> counter(live, "blocks") > 5));
            final LiveRegion live = lives.get(0);

            int former = live.pid(Role.RT);
            NextVersion.replace(bundle.resolve("Contents/Resources/modules/rt"), soft);
            awaitSwaps(lives, 1);
            assertLeft(lives, former, run);

            former = live.pid(Role.RT);
            Wasteful.wearOut(wishes, former);
            awaitSwaps(lives, 2);
            assertLeft(lives, former, run);

            former = live.pid(Role.RT);
            final Said failed = launcher.swap(run, Takeovers.broken(folder), environment);
            assertNotEquals(0, failed.status(), failed.text());
            assertTrue(failed.text().contains("no tables today"), failed.text());
            final Said refused =
                    launcher.swap(run, Takeovers.ofOtherParameters(folder), environment);
            assertNotEquals(0, refused.status(), refused.text());
            assertTrue(
                    refused.text().contains("the name \"Loudness\", and the plug-in's region"),
                    refused.text());
            assertEquals(former, live.pid(Role.RT), "the engine plays on");
            awaitSwaps(lives, 2);

            final Said swapped = launcher.swap(run, loud, environment);
            assertEquals(0, swapped.status(), () -> swapped.text() + textOf(run));
            assertTrue(swapped.text().contains("2 instances play the new module"), swapped.text());
            awaitSwaps(lives, 3);
            assertLeft(lives, former, run);
            lives.forEach(one -> awaitBlocks(one, 5));
            run.process.destroy();
            run.succeed();
            lives.forEach(one -> assertNoneWasMissed(one, run));
        } finally {
            lives.forEach(LiveRegion::close);
        }
        assertTrue(run.text().contains("2 instances play the changed jars"), run.text());
        assertTrue(run.text().contains(" runs low, and nothing frees it"), run.text());
        assertTrue(run.text().contains("a fresh process has taken the place"), run.text());
        final float[] one = run.samples()[0];
        final float[] other = HostRun.readWav(run.folder.resolve("out-2.wav"))[0];
        final float[] reference = reference(block, Math.max(one.length, other.length));
        for (final float[] sound : List.of(one, other)) {
            final float[] first = Arrays.copyOf(reference, sound.length);
            // The fresh engine plays what the worn one did: at the same level, and only in their
            // one block together louder.
            Takeovers.check(sound, first, block, 0.125, 0.125, 0.25);
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
