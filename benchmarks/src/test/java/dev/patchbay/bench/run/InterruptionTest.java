// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.bench.BenchMain;
import dev.patchbay.bench.fork.ForkMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a JVM of its own. */
class InterruptionTest {
    private static final int PATIENCE_SECONDS = 180;

    @TempDir private Path folder;

    @Test
    void aRunThatIsEndedBySignalLeavesNoProcessAndNoSharedMemory()
            throws IOException, InterruptedException {
        final Process bench =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                BenchMain.class.getName(),
                                "call-down",
                                "--dir",
                                folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said").toFile())
                        .start();
        try {
            final List<ProcessHandle> forks = awaitForks(bench);
            assertEquals(1, sharedMemory(bench).size());
            bench.destroy();
            assertTrue(bench.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
            forks.forEach(fork -> fork.onExit().join());
            assertEquals(List.of(), sharedMemory(bench));
        } finally {
            bench.destroyForcibly();
        }
    }

    /** The measured processes, as soon as there is one. */
    private List<ProcessHandle> awaitForks(final Process bench)
            throws IOException, InterruptedException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end && bench.isAlive()) {
            final List<ProcessHandle> forks =
                    bench.children()
                            .filter(
                                    one ->
                                            one.info()
                                                    .commandLine()
                                                    .orElse("")
                                                    .contains(ForkMain.class.getName()))
                            .toList();
            if (!forks.isEmpty()) {
                return forks;
            }
            bench.waitFor(10, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(
                "nothing was measured: " + Files.readString(folder.resolve("said")));
    }

    private static List<Path> sharedMemory(final Process bench) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/dev/shm"))) {
            return all.filter(
                            path ->
                                    path.getFileName()
                                            .toString()
                                            .startsWith("patchbay-bench-" + bench.pid() + "-"))
                    .toList();
        }
    }
}
