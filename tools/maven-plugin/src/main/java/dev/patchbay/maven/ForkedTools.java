// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/** The tools in a JVM of their own; what they print goes to Maven's log. */
final class ForkedTools {
    static final String MAIN = "dev.patchbay.tools.Main";

    /** How the tools begin each sentence that says why they failed. */
    private static final String SENTENCE = "patchbay: ";

    private final Path jdk;
    private final List<Path> classPath;
    private final Log log;

    ForkedTools(final Path jdk, final List<Path> classPath, final Log log) {
        this.jdk = jdk;
        this.classPath = List.copyOf(classPath);
        this.log = log;
    }

    /**
     * Runs a command to its end.
     *
     * @throws MojoExecutionException with the tools' own sentences, if it failed
     */
    void run(final List<String> arguments) throws MojoExecutionException {
        final List<String> command = command(arguments);
        log.debug(String.join(" ", command));
        final List<String> sentences = new ArrayList<>();
        Process process = null;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), Charset.defaultCharset()))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(SENTENCE)) {
                        sentences.add(line.substring(SENTENCE.length()));
                    } else {
                        log.info(line);
                    }
                }
            }
            final int status = process.waitFor();
            if (status != 0) {
                throw new MojoExecutionException(
                        "The Patchbay tools ended with status "
                                + status
                                + (sentences.size() > 1 ? ":\n" : ": ")
                                + (sentences.isEmpty()
                                        ? "they say nothing."
                                        : String.join("\n", sentences)));
            }
        } catch (final IOException e) {
            throw new MojoExecutionException(
                    "The Patchbay tools cannot be run with " + jdk + ": " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("The Patchbay tools were interrupted.", e);
        } finally {
            if (process != null) {
                process.destroy();
            }
        }
    }

    List<String> command(final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin").resolve("java").toString());
        // Agrona's buffers read jdk.internal.misc.
        command.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.add("-cp");
        command.add(
                classPath.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        command.add(MAIN);
        command.addAll(arguments);
        return command;
    }
}
