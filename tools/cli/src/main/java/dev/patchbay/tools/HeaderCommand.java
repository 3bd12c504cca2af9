// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.tools.bundle.ToolVersion;
import dev.patchbay.tools.install.HeaderInstallation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the C header of a declared region. */
@Command(
        name = "header",
        description =
                "Writes the C and C++ header of a declared region, or installs that of the standard"
                        + " region.")
final class HeaderCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private DeclarationOptions options;

    @Mixin private OutputOptions output;

    @Option(
            names = "--install",
            paramLabel = "PREFIX",
            description =
                    "Writes PREFIX/include/patchbay/standard.h, and beside it, in PREFIX/lib, a"
                            + " pkg-config file and a CMake package by which projects find it.")
    private Path prefix;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        if (prefix != null) {
            install(out);
            return 0;
        }
        output.write(HeaderGenerator.generate(options.declaration()), out);
        return 0;
    }

    private void install(final PrintWriter out) {
        final boolean declared =
                spec.commandLine().getParseResult().hasMatchedOption("--declaration");
        if (output.isFile() || declared) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--install is for the standard region's header alone, so it excludes "
                            + (declared ? "--declaration" : "--output"));
        }
        new HeaderInstallation(prefix, ToolVersion.get())
                .write()
                .forEach(written -> out.println("wrote " + written));
        out.flush();
    }
}
