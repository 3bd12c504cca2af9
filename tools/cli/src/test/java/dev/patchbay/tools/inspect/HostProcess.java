// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of a test; it is ended with it. */
final class HostProcess implements AutoCloseable {
    private final Process process;

    /** Starts a command that says "ready" when it is, and ends when its input does. */
    HostProcess(final List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("ready", lines.readLine());
    }

    /** An {@link InspectHost} with its region in this file. */
    static HostProcess java(final Path file) throws IOException {
        return new HostProcess(javaCommand(InspectHost.class.getName(), file.toString()));
    }

    /** The command line of a JVM like this one. */
    static List<String> javaCommand(final String main, final String... arguments) {
        return javaCommandOf(System.getProperty("java.class.path"), main, arguments);
    }

    static List<String> javaCommandOf(
            final String classPath, final String main, final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.add("-Dstdout.encoding=UTF-8");
        command.add("-cp");
        command.add(classPath);
        command.add(main);
        command.addAll(List.of(arguments));
        return command;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
