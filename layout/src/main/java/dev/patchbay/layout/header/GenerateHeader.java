// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import dev.patchbay.layout.StandardRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the header of the standard region: what the build of the bridge runs. */
public final class GenerateHeader {
    private GenerateHeader() {}

    /**
     * Writes the header.
     *
     * @param args the file to write
     * @throws IOException if it cannot be written; an older file stays as it was then
     */
    public static void main(final String[] args) throws IOException {
        final Path file = Path.of(args[0]).toAbsolutePath();
        Files.createDirectories(file.getParent());
        final String text = HeaderGenerator.generate(StandardRegion.prebuilt());
        // An unchanged header keeps its time stamp, and make does not rebuild what includes it.
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        final Path temporary =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
