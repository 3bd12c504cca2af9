// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.files.CompleteFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command's text goes. */
final class OutputOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write [standard output].")
    private Path file;

    /** Whether a file was named. */
    boolean isFile() {
        return file != null;
    }

    /** Writes the text to the file, whole or not at all; where none was named, to standard output. */
    void write(final String text, final PrintWriter standardOutput) {
        if (file == null) {
            standardOutput.print(text);
            standardOutput.flush();
        } else {
            CompleteFile.write(file, text);
        }
    }
}
