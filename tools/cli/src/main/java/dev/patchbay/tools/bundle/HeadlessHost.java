// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.files.Folders;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** The program {@code patchbay-host}, which loads a plug-in's library as a host does, in a process of its own. */
public final class HeadlessHost {
    /** Loading and asking takes milliseconds; a loaded machine takes its time. */
    private static final int LIMIT_SECONDS = 60;

    private final Program program;

    /** Where the program comes from. */
    @FunctionalInterface
    public interface Program {
        /** Opens the program's bytes. */
        InputStream open() throws IOException;
    }

    /** A host, which is unpacked for as long as it runs. */
    public HeadlessHost(final Program program) {
        this.program = program;
    }

    /**
     * What the library of a bundle says of itself, without being activated.
     *
     * @return JSON
     * @throws ToolException if the library cannot be loaded, or the host not be run
     */
    String info(final Path bundle) throws IOException {
        final Path work = Files.createTempDirectory("patchbay-host-");
        try {
            final Path host = work.resolve("patchbay-host");
            try (InputStream in = program.open()) {
                Files.copy(in, host);
            }
            Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwx------"));
            return run(work, host.toString(), "info", "--plugin", bundle.toString());
        } finally {
            Folders.delete(work);
        }
    }

    private static String run(final Path work, final String... command) throws IOException {
        final File output = work.resolve("output").toFile();
        final File errors = work.resolve("errors").toFile();
        final Process process =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output)
                        .redirectError(errors)
                        .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new ToolException(
                        "patchbay-host had not described the plug-in after "
                                + LIMIT_SECONDS
                                + " s, expected an answer at once: its library hangs when it is"
                                + " loaded.");
            }
            if (process.exitValue() != 0) {
                final String said = Files.readString(errors.toPath(), UTF_8).strip();
                throw new ToolException(
                        "patchbay-host, which loads the plug-in's library, ended with status "
                                + process.exitValue()
                                + (said.contains("shared libraries")
                                        ? " (it needs the packages libsmf0 and libsndfile1)"
                                        : "")
                                + ": "
                                + said.replaceAll("\\s*\\R\\s*", " "));
            }
            return Files.readString(output.toPath(), UTF_8);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the host was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
