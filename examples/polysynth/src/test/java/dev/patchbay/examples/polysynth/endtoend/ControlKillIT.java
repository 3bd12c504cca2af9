// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Control is killed at any moment while its state is edited, in the real host. A thousand times in a long run: -Dpatchbay.kills=1000.
 */
class ControlKillIT {
    private static final int KILLS = Integer.getInteger("patchbay.kills", 20);

    /** Each instance has a control process of its own. */
    private static final int INSTANCES = 4;

    /** One more within two minutes, and the bridge would give it up. */
    private static final int KILLS_EACH = 5;

    @TempDir private Path folder;
    private Path edits;

    @Test
    void aKillLosesAtMostTheChangeThatWasBeingMade() throws Exception {
        edits = Files.createDirectory(folder.resolve("edits"));
        final long seed = System.nanoTime();
        System.out.println("ControlKillIT: seed " + seed);
        final Path bundle = Tools.bundleWithControl(folder, Editor.class.getName());
        int killed = 0;
        for (int host = 0; killed < KILLS; host++) {
            killed += killInOneHost(bundle, folder.resolve("host" + host), seed + host);
        }
        System.out.println("ControlKillIT: " + killed + " kills");
    }

    private int killInOneHost(final Path bundle, final Path place, final long seed)
            throws Exception {
        final HostRun run =
                HostRun.start(
                        place,
                        bundle,
                        Map.of(
                                Editor.FOLDER,
                                edits.toString(),
                                "PATCHBAY_RUNTIME_DIR",
                                place.resolve("run").toString()),
                        "--seconds",
                        "600",
                        "--instances",
                        Integer.toString(INSTANCES),
                        "--block",
                        "4096",
                        "--realtime");
        final ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
        final List<LiveRegion> regions = new ArrayList<>();
        try (run) {
            regions.addAll(LiveRegion.all(run, INSTANCES));
            final List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                final LiveRegion live = regions.get(i);
                final Random random = new Random(seed + i);
                final Callable<Integer> kills = () -> kill(live, random, run);
                results.add(threads.submit(kills));
            }
            int killed = 0;
            for (final Future<Integer> result : results) {
                killed += result.get();
            }
            return killed;
        } finally {
            threads.shutdownNow();
            regions.forEach(LiveRegion::close);
        }
    }

    private int kill(final LiveRegion live, final Random random, final HostRun run)
            throws Exception {
        LiveRegion.await("control", () -> live.pid(Role.CONTROL) != 0);
        for (int kill = 0; kill < KILLS_EACH; kill++) {
            final int pid = live.pid(Role.CONTROL);
            LiveRegion.await(
                    "edits", () -> number(pid, Editor.COMPLETE) > number(pid, Editor.RESTORED));
            Thread.sleep(0, random.nextInt(1_000_000));
            Thread.sleep(random.nextInt(30));
            final ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            process.destroyForcibly();
            LiveRegion.await("its end", () -> !process.isAlive());
            final long complete = number(pid, Editor.COMPLETE);
            LiveRegion.await(
                    "another process",
                    () -> live.pid(Role.CONTROL) != pid && live.pid(Role.CONTROL) != 0);
            final int next = live.pid(Role.CONTROL);
            LiveRegion.await("its state", () -> number(next, Editor.RESTORED) > 0);
            final long restored = number(next, Editor.RESTORED) - 1;
            assertTrue(
                    restored >= complete && restored <= complete + 1,
                    () ->
                            "change "
                                    + complete
                                    + " was complete, and "
                                    + restored
                                    + " was restored: "
                                    + textOf(run));
        }
        return KILLS_EACH;
    }

    private long number(final int pid, final int at) {
        try {
            final byte[] bytes = Files.readAllBytes(edits.resolve(Integer.toString(pid)));
            return bytes.length < Editor.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong(at);
        } catch (final IOException e) {
            return 0;
        }
    }

    private static String textOf(final HostRun run) {
        try {
            return run.text();
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
