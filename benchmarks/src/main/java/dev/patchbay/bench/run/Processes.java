// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the processes of one measurement to their end and reads the receipt; leaves none behind. */
final class Processes {
    /** Beyond what it was asked to run; more than either side waits for the other. */
    private static final long PATIENCE_SECONDS = 60;

    private static final int LAST_WORDS = 600;

    private Processes() {}

    /**
     * Runs commands at the same time.
     *
     * @param reporting the one that prints the receipt
     * @param others those that print nothing
     */
    static Receipt run(
            final Workbench bench, final List<String> reporting, final List<List<String>> others)
            throws InterruptedException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory(bench.memory(), "said-");
            return run(bench, reporting, others, folder);
        } catch (final IOException e) {
            throw new BenchException("The measurement could not be started: " + e + ".", e);
        } finally {
            Folders.delete(folder);
        }
    }

    private static Receipt run(
            final Workbench bench,
            final List<String> reporting,
            final List<List<String>> others,
            final Path folder)
            throws IOException, InterruptedException {
        final One first = new One(reporting, folder, 0);
        final One[] rest = new One[others.size()];
        try {
            for (int i = 0; i < rest.length; i++) {
                rest[i] = new One(others.get(i), folder, i + 1);
            }
            final long end =
                    System.nanoTime()
                            + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)
                            + TimeUnit.MILLISECONDS.toNanos(
                                    (long) bench.effort().javaWarmMillis()
                                            + bench.effort().measureMillis());
            // One that fails would leave the others waiting for it.
            while (first.isAlive()) {
                for (final One one : rest) {
                    one.checkStatus();
                }
                if (System.nanoTime() > end) {
                    throw new BenchException("it does not end; " + first.lastWords());
                }
                first.await(20);
            }
            first.checkStatus();
            for (final One one : rest) {
                if (!one.await(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))) {
                    throw new BenchException("its other process does not end; " + one.lastWords());
                }
                one.checkStatus();
            }
            return Receipt.of(first.said());
        } finally {
            first.end();
            for (final One one : rest) {
                if (one != null) {
                    one.end();
                }
            }
        }
    }

    /** One process; what it says goes to files, which a killed process cannot leave half read. */
    private static final class One {
        private final Process process;
        private final Path out;
        private final Path err;

        One(final List<String> command, final Path folder, final int number) throws IOException {
            out = folder.resolve("out" + number);
            err = folder.resolve("err" + number);
            process =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
        }

        boolean isAlive() {
            return process.isAlive();
        }

        boolean await(final long millis) throws InterruptedException {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        }

        void checkStatus() throws IOException {
            if (!process.isAlive() && process.exitValue() != 0) {
                throw new BenchException(
                        "its process ended with status "
                                + process.exitValue()
                                + ", expected 0; "
                                + lastWords());
            }
        }

        String said() throws IOException {
            return Files.readString(out).strip();
        }

        String lastWords() throws IOException {
            final String words = Files.readString(err).strip();
            return words.isEmpty()
                    ? "it said nothing."
                    : "it said: "
                            + words.substring(0, Math.min(words.length(), LAST_WORDS))
                                    .replaceAll("\\s+", " ")
                            + ".";
        }

        void end() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
