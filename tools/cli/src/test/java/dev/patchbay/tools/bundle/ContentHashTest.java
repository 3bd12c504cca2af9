// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashTest {
    /** The same file is read by the test of the bridge. */
    private static final Path VALUES = Path.of("../../c-bridge/tests/content_hashes.txt");

    @TempDir private Path folder;

    @Test
    void bytesHaveTheHashThatTheBridgeGivesThem() throws IOException {
        final List<String> lines =
                Files.readAllLines(VALUES).stream().filter(line -> !line.startsWith("#")).toList();
        assertTrue(lines.size() > 8, lines::toString);
        for (final String line : lines) {
            final byte[] bytes = new byte[Integer.parseInt(line.split(" ")[0])];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (31 * i + 7 * (i >> 8));
            }
            final Path file = Files.write(folder.resolve("hashed"), bytes);
            final String hash = String.format("%016x", ContentHash.of(file));
            assertEquals(line, bytes.length + " " + hash);
            assertEquals(ContentHash.of(bytes), ContentHash.of(file));
        }
    }
}
