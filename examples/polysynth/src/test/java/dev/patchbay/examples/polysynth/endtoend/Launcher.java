// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The repository's one command, copied to where all looks built: in its own place it would build what these tests are part of. */
final class Launcher {
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final String TOOLS = "tools/cli/target/runtime.classpath";

    private final Path home;

    /** What the command said, and how it ended. */
    record Said(int status, String text) {}

    Launcher(final Path folder) throws IOException {
        home = Files.createDirectories(folder.resolve("launcher"));
        Files.createDirectories(home.resolve(TOOLS).getParent());
        Files.createDirectories(home.resolve("target"));
        Files.copy(
                REPOSITORY.resolve("patchbay"),
                home.resolve("patchbay"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(REPOSITORY.resolve(TOOLS), home.resolve(TOOLS));
        Files.createFile(home.resolve("target/built"));
    }

    /** Runs {@code ./patchbay swap rt} for all instances of a host. */
    Said swap(final HostRun run, final Path jar, final Map<String, String> environment)
            throws Exception {
        final Path log = Files.createTempFile(home.resolve("target"), "swap", ".log");
        final List<String> command = new ArrayList<>();
        command.add(home.resolve("patchbay").toString());
        command.addAll(List.of("swap", "rt", "--instance", Long.toString(run.process.pid())));
        command.addAll(List.of("--jar", jar.toString()));
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        final int status = builder.start().waitFor();
        return new Said(status, Files.readString(log));
    }
}
