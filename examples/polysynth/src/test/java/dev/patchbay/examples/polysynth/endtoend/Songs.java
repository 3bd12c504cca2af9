// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Real music: the songs of the Debian package openttd-openmsx, which the launcher installs before the tests. */
final class Songs {
    private static final Path FOLDER = Path.of("/usr/share/games/openttd/baseset");

    private Songs() {}

    /** The song of this name, without its ending. */
    static Path named(final String name) throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            throw new IllegalStateException(
                    "the songs of the package openttd-openmsx are missing: run ./patchbay test, or"
                            + " apt-get install openttd-openmsx");
        }
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(f -> f.getFileName().toString().equals(name + ".mid"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("openttd-openmsx has no song " + name));
        }
    }
}
