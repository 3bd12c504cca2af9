// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another version of the synth takes over while it plays: the real host at the pace of a sound card, the real tools. */
class SwapIT {
    /** A block lasts for 85 ms, so the load of a busy machine is no missed deadline. */
    private static final int BLOCK = 4_096;

    private static final double RATE = 48_000;

    /** The volume at -12 dB; as delivered it is 0 dB. */
    private static final String QUIET = "600=0.727";

    private static final double LEVEL = 0.125;

    @TempDir private Path folder;

    /** What the command said, and how it ended. */
    private record Said(int status, String text) {}

    private Said swap(final HostRun run, final Path jar) throws Exception {
        final Path log = folder.resolve("swap.log");
        final List<String> command = new ArrayList<>(Tools.command("swap"));
        command.addAll(List.of("rt", "--instance", Long.toString(run.process.pid())));
        command.addAll(List.of("--jar", jar.toString()));
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment());
        final int status = builder.start().waitFor();
        return new Said(status, Files.readString(log));
    }

    private Map<String, String> environment() {
        return Map.of("PATCHBAY_RUNTIME_DIR", folder.resolve("sockets").toString());
    }

    private static long counter(final LiveRegion live, final String name) {
        return live.counter(StandardRegion.BRIDGE_COUNTERS, name);
    }

    private static void awaitBlocks(final LiveRegion live, final int count) {
        final long from = counter(live, "blocks");
        LiveRegion.await("blocks", () -> counter(live, "blocks") >= from + count);
    }

    @Test
    void takesOverAHeldNoteInOneBlockAndOneThatFailsToStartChangesNoSample() throws Exception {
        final Path broken =
                NextVersion.jar(
                        folder,
                        "broken",
                        "rt/PolySynth.java",
                        "context = rtContext;",
                        "context = rtContext; if (true) throw new IllegalStateException(\"no tables"
                                + " today\");");
        final Path otherParameters =
                NextVersion.jar(
                        folder,
                        "other",
                        "PolySynthParameters.java",
                        "\"volume\", \"Volume\"",
                        "\"volume\", \"Loudness\"");
        // A sound of which each sample is known: the volume alone, while the note is held.
        final Path level =
                NextVersion.jar(
                        folder,
                        "level",
                        "rt/PolySynth.java",
                        "Limiter.limit(gain * ",
                        "(float) (0.125 * gain + 0 * ");
        final String song =
                new Notes(500_000).note(45, 0, 1_000_000).write(folder.resolve("a.mid")).toString();
        final HostRun run = play("swapped", HostRun.BUNDLE, song, "--set", QUIET);
        try (run;
                LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("sound", () -> counter(live, "blocks") > 5);
            final int former = live.pid(Role.RT);
            final Said failed = swap(run, broken);
            assertNotEquals(0, failed.status, failed.text);
            assertTrue(failed.text.contains("no tables today"), failed.text);
            final Said refused = swap(run, otherParameters);
            assertNotEquals(0, refused.status, refused.text);
            assertTrue(
                    refused.text.contains("the name \"Loudness\", and the plug-in's region"),
                    refused.text);
            assertEquals(former, live.pid(Role.RT), "the engine plays on");
            assertEquals(0, counter(live, "rt_swaps"));
            final Said swapped = swap(run, level);
            assertEquals(0, swapped.status, () -> swapped.text + textOf(run));
            assertTrue(swapped.text.contains("1 instance plays the new module"), swapped.text);
            assertNotEquals(former, live.pid(Role.RT));
            assertEquals(1, counter(live, "rt_swaps"));
            assertFalse(ProcessHandle.of(former).isPresent(), "the former engine has ended");
            awaitBlocks(live, 5);
            run.process.destroy();
            run.succeed();
            assertEquals(0, counter(live, "missed_deadlines"), () -> textOf(run));
            assertEquals(0, counter(live, "skipped_blocks"));
        }
        checkSound(run, song);
    }

    @Test
    void anEngineWhoseHeapRunsLowIsReplacedAndNoBlockIsSilent() throws Exception {
        final Path bundle = Tools.bundleWithSmallHeap(folder, Wasteful.class.getName());
        final String song =
                new Notes(500_000)
                        .note(Wasteful.KEY, 0, 1_000_000)
                        .write(folder.resolve("a.mid"))
                        .toString();
        final HostRun run = play("low", bundle, song);
        try (run;
                LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("sound", () -> counter(live, "blocks") > 0);
            LiveRegion.await("a fresh engine", () -> counter(live, "rt_swaps") == 1);
            awaitBlocks(live, 3);
            run.process.destroy();
            run.succeed();
            assertEquals(0, counter(live, "missed_deadlines"), () -> textOf(run));
            assertEquals(0, counter(live, "rt_ended"), () -> textOf(run));
        }
        assertTrue(run.text().contains(" runs low, and nothing frees it"), run.text());
        assertTrue(run.text().contains("a fresh process has taken the place"), run.text());
        for (final float sample : run.samples()[0]) {
            // Where both engines are heard the level is higher.
            assertTrue(sample > Wasteful.LEVEL - 1e-6 && sample < 0.18, "sample " + sample);
        }
    }

    /** A host that plays in real time, until it is asked to end. */
    private HostRun play(
            final String name, final Path bundle, final String song, final String... more)
            throws Exception {
        final List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--midi",
                                song,
                                "--seconds",
                                "300",
                                "--block",
                                Integer.toString(BLOCK),
                                "--realtime",
                                "--fifo",
                                "10",
                                "--keep"));
        arguments.addAll(List.of(more));
        return HostRun.start(
                folder.resolve(name), bundle, environment(), arguments.toArray(String[]::new));
    }

    private static String textOf(final HostRun run) {
        try {
            return run.text();
        } catch (final IOException e) {
            return e.toString();
        }
    }

    /** Up to a block the sound is that of the former version, from the next on that of the new one. */
    private void checkSound(final HostRun run, final String song) throws Exception {
        final float[] left = run.samples()[0];
        final HostRun reference =
                HostRun.start(
                                folder.resolve("reference"),
                                "--midi",
                                song,
                                "--seconds",
                                Double.toString(left.length / RATE),
                                "--set",
                                QUIET,
                                "--block",
                                Integer.toString(BLOCK))
                        .succeed();
        final float[] former = reference.samples()[0];
        assertEquals(former.length, left.length);
        int change = 0;
        while (left[change] == former[change]) {
            change++;
        }
        final int over = change / BLOCK * BLOCK;
        final float level = left[left.length - 1];
        assertEquals(LEVEL * Math.pow(10, -12 / 20.0), level, 0.002, "with the volume as it was");
        for (int i = over; i < left.length; i++) {
            final int frame = i;
            final double angle = Math.PI / 2 * Math.min(BLOCK, i - over + 1) / BLOCK;
            final double expected = former[i] * Math.cos(angle) + level * Math.sin(angle);
            assertEquals(
                    expected, left[i], 1e-5, () -> "frame " + frame + ", changed from " + over);
        }
    }
}
