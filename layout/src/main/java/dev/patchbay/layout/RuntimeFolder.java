// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the sockets lie by which tools find the plug-ins that play. Only their user may enter it. The bridge finds it by the same rule. */
public final class RuntimeFolder {
    private RuntimeFolder() {}

    /**
     * {@return the folder, which need not be there: {@code PATCHBAY_RUNTIME_DIR}, else {@code patchbay} in {@code XDG_RUNTIME_DIR}, else
     * {@code /tmp/patchbay-UID/run}; a path that is not absolute counts as none}
     *
     * @param environment as of {@link System#getenv()}
     * @throws UncheckedIOException if the user's id cannot be read from {@code /proc/self}
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
        try {
            final Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return Path.of("/tmp", "patchbay-" + user, "run");
        } catch (final IOException e) {
            throw new UncheckedIOException("The user's id cannot be read from /proc/self.", e);
        }
    }
}
