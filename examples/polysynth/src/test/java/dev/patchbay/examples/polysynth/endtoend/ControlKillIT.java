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
 * Control is killed at any moment while its state is edited, in the real host. A thousand times in a long run: -Dpatchbay.kills=1000. A table
 * of all kills is printed and left in {@code target/control-kills.md}, also where one fails.
 */
class ControlKillIT {
    private static final int KILLS = Integer.getInteger("patchbay.kills", 20);

    /** Each instance has a control process of its own. */
    private static final int INSTANCES = 4;

    /** One more within two minutes, and the bridge would give it up. */
    private static final int KILLS_EACH = 5;

    /** What each kill met and what was found after it. */
    private static final Path REPORT = Path.of("target/control-kills.md").toAbsolutePath();

    private final KillReport report = new KillReport();

    @TempDir private Path folder;
    private Path edits;

    @Test
    void aKillLosesAtMostTheChangeThatWasBeingMade() throws Exception {
        edits = Files.createDirectory(folder.resolve("edits"));
        final long seed = System.nanoTime();
        System.out.println("ControlKillIT: seed " + seed);
        final Path bundle = Tools.bundleWithControl(folder, Editor.class.getName());
        try {
            for (int host = 1; report.count() < KILLS; host++) {
                killInOneHost(bundle, host, seed + host);
            }
        } finally {
            report.write(REPORT, seed);
        }
    }

    private void killInOneHost(final Path bundle, final int host, final long seed)
            throws Exception {
        final Path place = folder.resolve("host" + host);
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
            final List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                final LiveRegion live = regions.get(i);
                final Random random = new Random(seed + i);
                final int instance = i + 1;
                final Callable<Void> kills =
                        () -> {
                            killOneAfterTheOther(live, random, run, host, instance);
                            return null;
                        };
                results.add(threads.submit(kills));
            }
            for (final Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
            regions.forEach(LiveRegion::close);
        }
    }

    private void killOneAfterTheOther(
            final LiveRegion live,
            final Random random,
            final HostRun run,
            final int host,
            final int instance)
            throws Exception {
        LiveRegion.await("control", () -> live.pid(Role.CONTROL) != 0);
        for (int number = 1; number <= KILLS_EACH; number++) {
            final KillReport.Kill kill = report.begin(host, instance, number);
            try {
                kill(live, random, kill);
                kill.result("ok");
            } catch (final IllegalStateException | AssertionError e) {
                kill.result(e.getMessage());
                throw new AssertionError(kill + ": " + e.getMessage() + ": " + textOf(run), e);
            }
        }
    }

    private void kill(final LiveRegion live, final Random random, final KillReport.Kill kill)
            throws Exception {
        final int pid = live.pid(Role.CONTROL);
        LiveRegion.await("its state", () -> number(pid, Editor.RESTORED) > 0);
        final long up = System.nanoTime();
        LiveRegion.await(
                "edits", () -> number(pid, Editor.COMPLETE) > number(pid, Editor.RESTORED));
        Thread.sleep(0, random.nextInt(1_000_000));
        Thread.sleep(random.nextInt(30));
        final ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        kill.process(pid, millisSince(up));
        process.destroyForcibly();
        final long killed = System.nanoTime();
        LiveRegion.await("its end", () -> !process.isAlive());
        final long complete = number(pid, Editor.COMPLETE);
        kill.left(complete, inFlight(complete, number(pid, Editor.PHASE)));
        LiveRegion.await(
                "another process",
                () -> live.pid(Role.CONTROL) != pid && live.pid(Role.CONTROL) != 0);
        final int next = live.pid(Role.CONTROL);
        LiveRegion.await("its state", () -> number(next, Editor.RESTORED) > 0);
        final long restored = number(next, Editor.RESTORED) - 1;
        kill.found(restored, millisSince(killed));
        assertTrue(
                restored >= complete && restored <= complete + 1,
                () -> "change " + complete + " was complete, and " + restored + " was restored");
    }

    private static long millisSince(final long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static String inFlight(final long complete, final long phase) {
        return "change "
                + (complete + 1)
                + (phase == Editor.SAVED ? ", given to be published" : ", being made");
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
