// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The C programs of the ring tests, and child processes. */
final class RingPrograms {
    private RingPrograms() {}

    /** Compiles a C resource of the tests beside the header of their region. */
    static Path compile(
            final Path folder, final String name, final String compiler, final String... options)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("rings.h"), HeaderGenerator.generate(RingStream.RINGS));
        final Path source =
                Files.writeString(
                        folder.resolve(name),
                        CText.read(name, RingPrograms.class.getResourceAsStream(name)));
        return CProgram.compile(source, compiler, options);
    }

    static Process start(final Object... command) throws IOException {
        return new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
                .redirectErrorStream(true)
                .start();
    }

    /** A JVM that runs {@link RingStream#main}. */
    static Process startJava(final Object... arguments) throws IOException {
        return startJava(RingStream.class, arguments);
    }

    /** A JVM that runs the main method of a class of these tests. */
    static Process startJava(final Class<?> main, final Object... arguments) throws IOException {
        final List<Object> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java"));
        command.add("-Xmx64m");
        command.addAll(List.of(System.getProperty("patchbay.jvm.flags").split(" ")));
        command.removeIf(flag -> flag.toString().endsWith("=org.agrona"));
        command.add("-cp");
        // Surefire has the tests and their libraries on one path and the modules on the other.
        command.add(
                System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path"))
                        + File.pathSeparator
                        + System.getProperty("jdk.module.path", ""));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return start(command.toArray());
    }

    /** Waits for the end of processes that must have nothing to say; the first that ends otherwise ends the test. */
    static void assertEndWell(final Process... processes) throws IOException {
        final List<Process> running = new ArrayList<>(List.of(processes));
        while (!running.isEmpty()) {
            CompletableFuture.anyOf(
                            running.stream()
                                    .map(Process::onExit)
                                    .toArray(CompletableFuture<?>[]::new))
                    .join();
            for (final Process ended : running.stream().filter(p -> !p.isAlive()).toList()) {
                final String said = new String(ended.getInputStream().readAllBytes(), UTF_8);
                assertEquals("", said, () -> "number " + List.of(processes).indexOf(ended));
                assertEquals(0, ended.exitValue());
                running.remove(ended);
            }
        }
    }
}
