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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several instances of the synth in one host. */
class InstancesIT {
    private static final String MIDI = Path.of("demo.mid").toAbsolutePath().toString();
    private static final int FADE_FRAMES = 64;

    @TempDir private Path folder;

    /** The processes of a host whose main class is this. */
    private static List<ProcessHandle> processes(final HostRun run, final String main) {
        return run.process
                .toHandle()
                .children()
                .filter(child -> commandLine(child).contains(main))
                .toList();
    }

    private static String commandLine(final ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", process.pid() + "", "cmdline"));
        } catch (final IOException e) {
            return "";
        }
    }

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
            assertEquals(1, processes(run, "EngineMain").size(), "engines");
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
        for (int number = 1; number <= 2; number++) {
            final float[] left =
                    HostRun.readWav(
                            number == 1 ? run.wav : folder.resolve("out-" + number + ".wav"))[0];
            int last = left.length;
            while (last > 0 && left[last - 1] == 0) {
                last--;
            }
            assertTrue(last > 256 * 100, "instance " + number + " had sounded");
            assertTrue(
                    last < left.length - 48_000 - FADE_FRAMES,
                    "instance " + number + " sounds up to frame " + last);
        }
        assertTrue(run.text().contains("ended unexpectedly"), run.text());
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
            final List<ProcessHandle> engines = processes(run, "EngineMain");
            run.succeed();
            assertEquals(2, engines.size(), "engines");
        }
        assertArrayEquals(sound(run, 1), sound(run, 2));
    }
}
