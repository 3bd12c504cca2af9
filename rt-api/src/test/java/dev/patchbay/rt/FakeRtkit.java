// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A bus of its own with rtkit's interface on it, which really schedules threads. */
final class FakeRtkit implements AutoCloseable {
    /** Debian's own, which has the bus's module; another may come first on the path. */
    private static final String PYTHON = "/usr/bin/python3";

    private final Deque<Process> processes = new ArrayDeque<>();

    /** What a client finds the bus by. */
    final String address;

    /**
     * Starts them.
     *
     * @param folder for files of theirs
     * @param manner "granting", "refusing" or "hanging"
     */
    FakeRtkit(final Path folder, final String manner) throws IOException, InterruptedException {
        assumeTrue(
                runs("dbus-daemon", "--version")
                        && runs(PYTHON, "-c", "import dbus, gi.repository.GLib"),
                "rtkit is tried over a bus of the test's own: install dbus, python3-dbus and"
                        + " python3-gi");
        final Path config = folder.resolve("bus.conf");
        Files.writeString(
                config, resource("bus.conf").replace("@FOLDER@", folder.toRealPath().toString()));
        final Path program = folder.resolve("fake_rtkit.py");
        Files.writeString(program, resource("fake_rtkit.py"));
        try {
            this.address =
                    firstLine(
                            new ProcessBuilder(
                                    "dbus-daemon",
                                    "--config-file=" + config,
                                    "--nofork",
                                    "--nopidfile",
                                    "--print-address"));
            final ProcessBuilder rtkit = new ProcessBuilder(PYTHON, program.toString(), manner);
            rtkit.environment().put("DBUS_SYSTEM_BUS_ADDRESS", address);
            assertEquals("ready", firstLine(rtkit));
        } catch (final IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private String firstLine(final ProcessBuilder builder) throws IOException {
        final Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        processes.push(process);
        final BufferedReader output = process.inputReader();
        return output.readLine();
    }

    static boolean runs(final String... command) throws InterruptedException {
        try {
            final Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor() == 0;
        } catch (final IOException e) {
            return false;
        }
    }

    private static String resource(final String name) throws IOException {
        try (InputStream in = FakeRtkit.class.getResourceAsStream("/rtkit/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The command that starts a process which finds this bus. */
    List<String> starter() {
        return List.of("env", "DBUS_SYSTEM_BUS_ADDRESS=" + address);
    }

    @Override
    public void close() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
    }
}
