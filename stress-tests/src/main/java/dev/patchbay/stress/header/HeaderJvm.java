// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.stress.run.OwnClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs a {@link HeaderWorker} to its end, however often it must be started for that. */
final class HeaderJvm {
    /** A worker that is alive says so every few seconds, also on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String CLOSED = "";

    private final String compiler;
    private final Path folder;
    private final String what;

    /**
     * What came of a run of a scenario or mutant.
     *
     * @param number which it was
     * @param what the cast or the mutant
     * @param passed whether all promises held
     * @param detail the report or what failed
     */
    record Result(int number, String what, boolean passed, String detail) {}

    HeaderJvm(final String compiler, final Path folder, final String what) {
        this.compiler = compiler;
        this.folder = folder.toAbsolutePath();
        this.what = what;
    }

    /**
     * Runs what has the numbers from first to last.
     *
     * @param progress takes each result as it comes
     */
    List<Result> run(final int first, final int last, final Consumer<Result> progress)
            throws IOException, InterruptedException {
        final List<Result> results = new ArrayList<>();
        int next = first;
        while (next <= last) {
            final int before = results.size();
            final boolean ended = once(next, last, results, progress);
            if (ended) {
                break;
            }
            if (results.size() == before) {
                throw new IOException(
                        "The process that executes the header in the model ended before it began;"
                                + " see "
                                + folder.resolve("worker.log")
                                + ".");
            }
            next = results.get(results.size() - 1).number() + 1;
        }
        return results;
    }

    /** Runs one process: whether it came to the end of its work. */
    private boolean once(
            final int first,
            final int last,
            final List<Result> results,
            final Consumer<Result> progress)
            throws IOException, InterruptedException {
        final Process process = start(first, last);
        final BlockingQueue<String> lines = new ArrayBlockingQueue<>(1024);
        final Thread reader = new Thread(() -> read(process, lines), "header-worker");
        reader.setDaemon(true);
        reader.start();
        String[] begun = null;
        try {
            while (true) {
                final String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (line == null) {
                    throw new IOException(
                            "The process that executes the header in the model has not been heard"
                                    + " of for "
                                    + PATIENCE.toMinutes()
                                    + " minutes: it was stopped, or the machine is too busy. Run it"
                                    + " again.");
                }
                if (line.equals(CLOSED)) {
                    if (begun == null) {
                        return process.waitFor() == 0;
                    }
                    add(results, progress, begun, false, "crashed the process");
                    return false;
                }
                final String[] parts = line.split("\t", 3);
                if (parts[1].equals(HeaderWorker.ALIVE)) {
                    continue;
                }
                if (parts[1].equals(HeaderWorker.BEGIN)) {
                    begun = parts;
                } else {
                    final boolean passed = parts[1].equals(HeaderWorker.PASSED);
                    add(results, progress, begun, passed, parts[2]);
                    begun = null;
                }
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private static void add(
            final List<Result> results,
            final Consumer<Result> progress,
            final String[] begun,
            final boolean passed,
            final String detail) {
        final Result result = new Result(Integer.parseInt(begun[0]), begun[2], passed, detail);
        results.add(result);
        progress.accept(result);
    }

    private Process start(final int first, final int last) throws IOException {
        final List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-XX:ErrorFile=" + folder.resolve("crash-%p.log"),
                                "-XX:-CreateCoredumpOnCrash"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(
                List.of(
                        "-cp",
                        OwnClassPath.text(),
                        HeaderWorker.class.getName(),
                        compiler,
                        folder.toString(),
                        what,
                        Integer.toString(first),
                        Integer.toString(last)));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("worker.log").toFile()))
                .start();
    }

    /** Lines of the JVM's own, such as those of a crash, are left out. */
    private static void read(final Process process, final BlockingQueue<String> lines) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.matches("\\d+\t(begin|passed|failed|alive)\t.*")) {
                    lines.put(line);
                }
            }
        } catch (final IOException e) {
            // The end of the process is the end of its lines.
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lines.add(CLOSED);
    }
}
