// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * The user's folder for what lives as long as a host: sockets, and copies of jars that are in use. Only their user may enter it. Where it is, the
 * bridge, the control process and the tools agree: {@code $PATCHBAY_RUNTIME_DIR}, else {@code patchbay} in {@code $XDG_RUNTIME_DIR}, else {@code
 * run} in {@code /tmp/patchbay-UID}.
 */
public final class RuntimeFolder {
    private RuntimeFolder() {}

    /**
     * {@return the folder, whether it is there or not}
     *
     * @param environment variables by name, as of {@link System#getenv()}; relative paths in them count as none
     * @throws UncheckedIOException if the user's id is needed and cannot be read from {@code /proc/self}
     */
    public static Path of(final Map<String, String> environment) {
        final String own = environment.getOrDefault("PATCHBAY_RUNTIME_DIR", "");
        if (own.startsWith("/")) {
            return Path.of(own);
        }
        final String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (runtime.startsWith("/")) {
            return Path.of(runtime, "patchbay");
        }
        return Path.of("/tmp", "patchbay-" + userId(), "run");
    }

    /**
     * Makes sure that it is there and nobody else's.
     *
     * @param environment as above
     * @return the folder
     * @throws IOException if it is not, with a sentence that says what to do
     */
    public static Path open(final Map<String, String> environment) throws IOException {
        final Path folder = of(environment);
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final Set<PosixFilePermission> others =
                Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
        final boolean ours =
                Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                                .equals(userId())
                        && Files.getPosixFilePermissions(folder).stream()
                                .noneMatch(others::contains);
        if (!ours) {
            throw new IOException(
                    "the folder "
                            + folder
                            + " is not this user's alone: set PATCHBAY_RUNTIME_DIR to one that is");
        }
        return folder;
    }

    private static Object userId() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (final IOException e) {
            throw new UncheckedIOException("The user's id cannot be read from /proc/self.", e);
        }
    }
}
