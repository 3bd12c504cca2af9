// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.swap.Bridges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replaces the RT module of plug-ins that play. */
@Command(
        name = "rt",
        description = {
            "Puts a new version of the RT module in the place of the one that plays, without a"
                    + " gap.",
            "A second engine process is started with the jars given here and, behind them, the"
                + " bundle's own but those of the same names. It gets ready, plays along unheard,"
                + " and takes over within one block. Where it cannot, the old one plays on and a"
                + " sentence says why."
        })
final class SwapRtCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--instance",
            paramLabel = "ID|PID",
            required = true,
            description =
                    "One instance, by its region's id as \"patchbay inspect\" shows it, or all"
                            + " of the plug-in in a host, by the host's pid.")
    private String instance;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            required = true,
            arity = "1..*",
            description =
                    "The new code. The file must stay as it is while it plays: build the next"
                            + " version into another one.")
    private List<Path> jars;

    @Override
    public Integer call() {
        if (!instance.matches("[1-9][0-9]{0,9}|[0-9a-f]{32}")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--instance is "
                            + instance
                            + ", expected a pid or the 32 hexadecimal digits of a region's id");
        }
        final List<Path> real = new ArrayList<>();
        for (final Path jar : jars) {
            real.add(checked(jar));
        }
        final int swapped = Bridges.ofThisUser().swap(instance, real);
        spec.commandLine()
                .getOut()
                .println(
                        swapped
                                + (swapped == 1 ? " instance plays" : " instances play")
                                + " the new module.");
        return 0;
    }

    /** The absolute path of a jar that can be opened as one. */
    private static Path checked(final Path jar) {
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
