// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A JDK that runtimes are linked from. */
final class JavaHome {
    /** The engine needs the foreign-function interface and Epsilon as they are from here on. */
    private static final int LEAST = 25;

    private final Path home;
    private final String release;

    JavaHome(final Path home) {
        this.home = home;
        final Path file = home.resolve("release");
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            release = Files.readString(file);
        } catch (final IOException e) {
            throw new ToolException(
                    home
                            + " has no readable file \"release\", expected the folder of a JDK "
                            + LEAST
                            + ": give it with --jdk.",
                    e);
        }
        final String version = properties.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
        final String feature = version.split("[.+-]")[0];
        if (!feature.matches("[0-9]+") || Integer.parseInt(feature) < LEAST) {
            throw new ToolException(
                    home
                            + " is a JDK "
                            + version
                            + ", expected "
                            + LEAST
                            + " or later: give one with --jdk.");
        }
        for (final String tool : List.of("jlink", "jdeps")) {
            if (!Files.isExecutable(home.resolve("bin").resolve(tool))) {
                throw new ToolException(
                        home
                                + " has no bin/"
                                + tool
                                + ", expected a whole JDK and not a runtime alone: give one with"
                                + " --jdk.");
            }
        }
    }

    /** The text that identifies this build of the JDK. */
    String release() {
        return release;
    }

    /** What a tool of the JDK printed, and its exit status. */
    record Output(int status, String text) {}

    /** Runs a tool of the JDK to its end. */
    Output run(final String tool, final List<String> arguments) throws IOException {
        final List<String> command =
                new ArrayList<>(List.of(home.resolve("bin").resolve(tool).toString()));
        command.addAll(arguments);
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            final String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text.strip());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(tool + " was interrupted", e);
        } finally {
            process.destroy();
        }
    }

    @Override
    public String toString() {
        return home.toString();
    }
}
