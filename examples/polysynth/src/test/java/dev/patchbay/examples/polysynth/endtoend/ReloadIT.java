// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.swap.ControlProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control module is replaced while the synth plays: the real host, the real tools, and a sound that does not notice. */
class ReloadIT {
    private static final String INIT = "public void init(final ControlContext context) {}";

    @TempDir private Path folder;
    private Path sockets;
    private Path song;

    @BeforeEach
    void prepare() throws Exception {
        sockets = folder.resolve("sockets");
        song =
                new Notes(500_000)
                        .note(45, 0, 400_000)
                        .note(57, 10_000, 300_000)
                        .write(folder.resolve("a.mid"));
    }

    private HostRun start(final String name, final String... options) throws IOException {
        final List<String> all = new ArrayList<>(List.of("--midi", song.toString()));
        all.addAll(List.of(options));
        return HostRun.start(
                folder.resolve(name),
                HostRun.BUNDLE,
                Map.of("PATCHBAY_RUNTIME_DIR", sockets.toString()),
                all.toArray(String[]::new));
    }

    private Path version(final String name, final String init) throws IOException {
        return NextVersion.jar(
                folder,
                name,
                "control/PolySynthControl.java",
                INIT,
                INIT.substring(0, INIT.length() - 1) + init + " }");
    }

    @Test
    void notOneSampleOfAnOfflineRenderDiffers() throws Exception {
        final Path next = version("next", "System.err.println(\"the next one\");");
        final HostRun run = start("reloaded", "--seconds", "200");
        final ControlProcesses processes = new ControlProcesses(sockets);
        int reloads = 0;
        try (run) {
            while (run.process.isAlive()) {
                try {
                    reloads += processes.reload(Long.toString(run.process.pid()), List.of(next));
                } catch (final ToolException e) {
                    // Not yet, or no longer.
                    assertTrue(
                            e.getMessage().startsWith("No control process")
                                    || e.getMessage().contains("leaves at the moment")
                                    || e.getMessage().contains("cannot be asked"),
                            e::getMessage);
                }
            }
            run.succeed();
        }
        assertTrue(reloads >= 3, reloads + " reloads in the time of the render");
        System.out.println("ReloadIT: " + reloads + " reloads in an offline render");
        final float[][] undisturbed = start("undisturbed", "--seconds", "200").succeed().samples();
        final float[][] reloaded = run.samples();
        assertArrayEquals(undisturbed[0], reloaded[0]);
        assertArrayEquals(undisturbed[1], reloaded[1]);
    }

    /** What the command said, and how it ended. */
    private record Said(int status, String text) {}

    private Said command(final String instance, final Path jar) throws Exception {
        final Path log = folder.resolve("reload.log");
        final List<String> command = new ArrayList<>(Tools.command("reload"));
        command.addAll(List.of("control", "--instance", instance, "--jar", jar.toString()));
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PATCHBAY_RUNTIME_DIR", sockets.toString());
        final int status = builder.start().waitFor();
        return new Said(status, Files.readString(log));
    }

    private static long counter(final LiveRegion live, final String name) {
        return live.counter(StandardRegion.BRIDGE_COUNTERS, name);
    }

    @Test
    void notOneDeadlineIsMissedAndOneThatFailsToStartChangesNothing() throws Exception {
        final Path next = version("next", "System.err.println(\"the next one\");");
        final Path broken =
                version("broken", "throw new IllegalStateException(\"no tables today\");");
        final HostRun run =
                start(
                        "paced",
                        "--seconds",
                        "300",
                        // A block lasts for 170 ms, so the load of a busy machine is no missed
                        // deadline.
                        "--block",
                        "8192",
                        "--realtime",
                        "--fifo",
                        "10",
                        "--keep");
        final String host = Long.toString(run.process.pid());
        try (run;
                LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await(
                    "control", () -> live.state(Role.CONTROL) == StandardRegion.RoleState.READY);
            LiveRegion.await("sound", () -> counter(live, "blocks") > 5);
            final long missed = counter(live, "missed_deadlines");
            final long skipped = counter(live, "skipped_blocks");
            final int control = live.pid(Role.CONTROL);
            final Said failed = command(host, broken);
            assertNotEquals(0, failed.status, failed.text);
            assertTrue(failed.text.contains("no tables today"), failed.text);
            assertEquals(0, live.counter(StandardRegion.CONTROL_COUNTERS, "reloads"));
            final Said done = command(host, next);
            assertEquals(0, done.status, done.text);
            assertTrue(done.text.contains("1 instance has the new control module"), done.text);
            for (int i = 0; i < 20; i++) {
                assertEquals(1, new ControlProcesses(sockets).reload(host, List.of(next)));
            }
            final long from = counter(live, "blocks");
            LiveRegion.await("blocks", () -> counter(live, "blocks") >= from + 5);
            assertEquals(21, live.counter(StandardRegion.CONTROL_COUNTERS, "reloads"));
            assertEquals(1, live.counter(StandardRegion.CONTROL_COUNTERS, "reloads_refused"));
            assertEquals(control, live.pid(Role.CONTROL), "the process is the same");
            run.process.destroy();
            run.succeed();
            assertEquals(missed, counter(live, "missed_deadlines"));
            assertEquals(skipped, counter(live, "skipped_blocks"));
        }
        try (var left = Files.list(sockets)) {
            assertEquals(List.of(), left.toList(), "nothing is left behind");
        }
    }
}
