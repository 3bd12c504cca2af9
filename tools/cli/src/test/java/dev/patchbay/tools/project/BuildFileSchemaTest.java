// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BuildFileSchemaTest {
    private static final Path PUBLISHED = Path.of("../../docs/build.schema.json");

    /** {@code -Dpatchbay.regenerate=true} writes it anew. */
    @Test
    void thePublishedSchemaIsThatOfTheReader() throws IOException {
        if (Boolean.getBoolean("patchbay.regenerate")) {
            Files.writeString(PUBLISHED, BuildFileSchema.json());
        }
        assertEquals(Files.readString(PUBLISHED), BuildFileSchema.json());
    }
}
