// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.tools.files.CompleteFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the C header of the standard region. */
@Command(name = "header", description = "Writes the C header of the standard region.")
final class HeaderCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write [standard output].")
    private Path file;

    @Override
    public Integer call() {
        final String text =
                HeaderGenerator.generate(StandardRegion.declare(StandardRegion.Counts.DEFAULT));
        if (file == null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        } else {
            CompleteFile.write(file, text);
        }
        return 0;
    }
}
