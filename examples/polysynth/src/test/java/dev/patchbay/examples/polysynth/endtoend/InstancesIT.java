// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Several instances of the synth in one host. */
class InstancesIT {
    private static final String MIDI = Path.of("demo.mid").toAbsolutePath().toString();

    /** Both instances sound by then. */
    private static final int HEARD_FRAMES = 256 * 100;

    /** A fifth of a second at 48 kHz: far less than the next engine takes to come. */
    private static final int SILENT_FRAMES = 9_600;

    /** Their audio threads are a few blocks apart. */
    private static final int TOGETHER_FRAMES = 24_000;

    @TempDir private Path folder;

    private static byte[] sound(final HostRun run, final int number) throws IOException {
        return Files.readAllBytes(
                number == 1 ? run.wav : run.folder.resolve("out-" + number + ".wav"));
    }

    private static long blocks(final LiveRegion live) {
        return live.counter(StandardRegion.BRIDGE_COUNTERS, "blocks");
    }

    @Test
    void shareOneEngineAndSoundAsEachDoesAlone() throws Exception {
        final HostRun alone =
                HostRun.start(folder.resolve("alone"), "--midi", MIDI, "--seconds", "6").succeed();
        final HostRun run =
                HostRun.start(
                        folder.resolve("together"),
                        "--midi",
                        MIDI,
                        "--seconds",
                        "6",
                        "--instances",
                        "3",
                        "--realtime",
                        "--mode",
                        "offline");
        try (LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("sound", () -> blocks(live) > 100);
            assertEquals(1, run.engines().size(), "engines");
            run.succeed();
        }
        for (int number = 1; number <= 3; number++) {
            assertArrayEquals(sound(alone, 1), sound(run, number), "instance " + number);
        }
    }

    @Test
    void fallSilentTogetherWhenTheirEngineIsKilled() throws Exception {
        final HostRun run =
                HostRun.start(
                        folder, "--midi", MIDI, "--seconds", "8", "--instances", "2", "--realtime");
        try (LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("sound", () -> blocks(live) > 300);
            ProcessHandle.of(live.pid(Role.RT)).orElseThrow().destroyForcibly();
            LiveRegion.await(
                    "the end to be known",
                    () -> live.counter(StandardRegion.BRIDGE_COUNTERS, "rt_ended") == 1);
            run.succeed();
        }
        final List<Integer> first = silences(HostRun.readWav(run.wav)[0]);
        final List<Integer> second = silences(HostRun.readWav(folder.resolve("out-2.wav"))[0]);
        // On a busy machine one of them may have missed blocks before.
        assertTrue(
                first.stream()
                        .anyMatch(
                                a ->
                                        second.stream()
                                                .anyMatch(b -> Math.abs(a - b) < TOGETHER_FRAMES)),
                "silent from the frames " + first + " and from the frames " + second);
        assertTrue(run.text().contains("ended unexpectedly"), run.text());
    }

    /** The frames behind which nothing sounds for a while, as no piece is silent. */
    private static List<Integer> silences(final float[] samples) {
        final List<Integer> starts = new ArrayList<>();
        int silent = 0;
        for (int i = HEARD_FRAMES; i < samples.length; i++) {
            silent = samples[i] == 0 ? silent + 1 : 0;
            if (silent == SILENT_FRAMES) {
                starts.add(i - silent + 1);
            }
        }
        return starts;
    }

    @Test
    void haveAnEngineEachWhereTheBuildFileSaysSo() throws Exception {
        final Path bundle = Tools.bundleWithoutSharing(folder);
        final HostRun run =
                HostRun.start(
                        folder.resolve("run"),
                        bundle,
                        Map.of(),
                        "--midi",
                        MIDI,
                        "--instances",
                        "2",
                        "--seconds",
                        "3");
        try (LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("sound", () -> blocks(live) > 1);
            final List<ProcessHandle> engines = run.engines();
            run.succeed();
            assertEquals(2, engines.size(), "engines");
        }
        assertArrayEquals(sound(run, 1), sound(run, 2));
    }
}
