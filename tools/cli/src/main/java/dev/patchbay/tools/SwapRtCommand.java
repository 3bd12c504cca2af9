// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.swap.Bridges;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            converter = InstanceConverter.class,
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
                    "The new code. The host copies it: the file may be built anew or deleted as"
                            + " soon as the command has returned.")
    private List<Path> jars;

    @Override
    public Integer call() {
        final List<Path> real = jars.stream().map(NewCode::checkedJar).toList();
        final int swapped = Bridges.ofThisUser().swap(instance, real);
        spec.commandLine()
                .getOut()
                .println(
                        swapped
                                + (swapped == 1 ? " instance plays" : " instances play")
                                + " the new module.");
        return 0;
    }
}
