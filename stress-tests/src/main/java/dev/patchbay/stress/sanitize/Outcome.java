// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How a program ended.
 *
 * @param status what it ended with; {@link #TIMEOUT} where it did not and was ended
 * @param output what it wrote, to both its outputs
 */
record Outcome(int status, String output) {
    static final int TIMEOUT = -1;

    /** Runs a program to its end, or ends it after so many seconds. */
    static Outcome of(
            final List<String> command, final Map<String, String> environment, final long seconds)
            throws IOException, InterruptedException {
        final Path output = Files.createTempFile("patchbay-sanitizers", ".out");
        try {
            final ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            final Process process = builder.start();
            final boolean ended;
            try {
                ended = process.waitFor(seconds, TimeUnit.SECONDS);
            } finally {
                // Also where the caller was interrupted.
                process.destroyForcibly();
            }
            process.waitFor();
            final String text = new String(Files.readAllBytes(output), UTF_8);
            return new Outcome(ended ? process.exitValue() : TIMEOUT, text);
        } finally {
            Files.delete(output);
        }
    }

    static void deleteAtExit(final Path folder) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    try (Stream<Path> files = Files.walk(folder)) {
                                        for (final Path file :
                                                files.sorted(Comparator.reverseOrder()).toList()) {
                                            Files.delete(file);
                                        }
                                    } catch (final IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                }));
    }

    /** The line that says what is wrong: a sanitizer's or the scenario's own; else the last one. */
    String cause() {
        final List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .filter(
                        line ->
                                line.contains("Sanitizer:")
                                        || line.contains("runtime error:")
                                        || line.contains("broken:"))
                .findFirst()
                .orElse(lines.isEmpty() ? "nothing was said" : lines.get(lines.size() - 1));
    }
}
