// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What commands that change plug-ins while they play are told: which ones, and by which jars. */
final class TargetOptions {
    private TargetOptions() {}

    /** Refuses what is neither a pid nor the id of a region. */
    static void checkInstance(final CommandSpec spec, final String instance) {
        if (!instance.matches("[1-9][0-9]{0,9}|[0-9a-f]{32}")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--instance is "
                            + instance
                            + ", expected a pid or the 32 hexadecimal digits of a region's id");
        }
    }

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
