// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** The jars that commands are given which change plug-ins while they play. */
final class NewCode {
    private NewCode() {}

    /** The absolute path of a jar that can be opened as one. */
    static Path checkedJar(final Path jar) {
        try {
            final Path real = jar.toRealPath();
            try (ZipFile opened = new ZipFile(real.toFile())) {
                if (opened.size() == 0) {
                    throw new ToolException(jar + " is a jar without an entry.");
                }
            }
            return real;
        } catch (final IOException e) {
            throw new ToolException(jar + " cannot be opened as a jar: " + e.getMessage() + ".", e);
        }
    }
}
