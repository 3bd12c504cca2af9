// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir private Path folder;

    private Path bundle(final String library) throws IOException {
        final Path bundle = folder.resolve("target/Mini.vst3");
        final Path binaries = Files.createDirectories(bundle.resolve(BundleFiles.BINARIES));
        final Path file = Files.writeString(binaries.resolve("Mini.so"), library);
        assertTrue(file.toFile().setExecutable(true));
        return bundle;
    }

    private static List<String> names(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aBundleIsCopiedWithItsPermissionsIntoAFolderThatNeedNotExist() throws IOException {
        final Path copy = Installation.copy(bundle("one"), folder.resolve("home/.vst3"));
        assertEquals(folder.resolve("home/.vst3/Mini.vst3"), copy);
        final Path library = copy.resolve(BundleFiles.library("Mini.vst3"));
        assertEquals("one", Files.readString(library));
        assertTrue(Files.isExecutable(library));
    }

    @Test
    void anOlderOneIsReplacedWholeAndWhoHasItsFilesOpenKeepsThem() throws IOException {
        final Path installed = folder.resolve("vst3");
        final Path copy = Installation.copy(bundle("one"), installed);
        Files.writeString(copy.resolve("Contents/old"), "of the old one");
        final Path library = copy.resolve(BundleFiles.library("Mini.vst3"));
        try (InputStream open = Files.newInputStream(library)) {
            assertEquals(copy, Installation.copy(bundle("two"), installed));
            assertEquals("one", new String(open.readAllBytes()));
        }
        assertEquals("two", Files.readString(library));
        assertFalse(Files.exists(copy.resolve("Contents/old")));
        assertEquals(List.of("Mini.vst3"), names(installed));
    }

    @Test
    void whatIsNoBundleIsNotReplaced() throws IOException {
        final Path other = Files.createDirectories(folder.resolve("vst3/Mini.vst3/photos"));
        final Path source = bundle("one");
        assertEquals(
                other.getParent()
                        + " exists and is no bundle, expected one or nothing: move it away.",
                assertThrows(
                                ToolException.class,
                                () -> Installation.copy(source, folder.resolve("vst3")))
                        .getMessage());
        assertTrue(Files.exists(other));
        assertEquals(List.of("Mini.vst3"), names(folder.resolve("vst3")));
    }

    @Test
    void anInstallationThatFailsLeavesTheOlderOneAndNothingElse() throws IOException {
        final Path installed = folder.resolve("vst3");
        Installation.copy(bundle("one"), installed);
        final Path gone = folder.resolve("target/Gone.vst3");
        Files.createDirectories(gone);
        assertThrows(ToolException.class, () -> Installation.copy(gone, installed));
        assertEquals(List.of("Mini.vst3"), names(installed));
    }
}
