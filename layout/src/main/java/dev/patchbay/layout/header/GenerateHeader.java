// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.StandardRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes the headers of the standard region, of the engine's and of native modules: what the build of the bridge runs. */
public final class GenerateHeader {
    private GenerateHeader() {}

    /**
     * Writes {@code standard.h}, {@code engine.h} and {@code module.h}.
     *
     * @param args the folder for them
     * @throws IOException if one cannot be written; an older file stays as it was then
     */
    public static void main(final String[] args) throws IOException {
        final Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
        for (final RegionDeclaration declaration :
                List.of(StandardRegion.prebuilt(), EngineRegion.declaration())) {
            write(folder.resolve(declaration.name() + ".h"), HeaderGenerator.generate(declaration));
        }
        write(folder.resolve(Path.of(ModuleHeader.FILE).getFileName()), ModuleHeader.generate());
    }

    private static void write(final Path file, final String text) throws IOException {
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
