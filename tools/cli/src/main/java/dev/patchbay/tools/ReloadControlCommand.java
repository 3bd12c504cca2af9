// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.swap.ControlProcesses;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Loads the control module of plug-ins that play anew. */
@Command(
        name = "control",
        description = {
            "Puts a new version of the control module in the place of the one that serves. The"
                    + " sound does not notice.",
            "The module's state is saved, the new code is loaded from the jars given here and,"
                + " behind them, the bundle's own but those of the same names, and gets the state."
                + " Where it cannot serve, the old one goes on and a sentence says why."
        })
final class ReloadControlCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--instance",
            paramLabel = "ID|PID",
            converter = InstanceConverter.class,
            required = true,
            description =
                    "One instance, by its region's id as \"patchbay inspect\" shows it, or all"
                            + " of the plug-ins in a host, by the host's pid.")
    private String instance;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "The new code; it is copied, so the file may be overwritten afterwards. Without"
                            + " this option: the bundle's jars as they are now.")
    private List<Path> jars = List.of();

    @Override
    public Integer call() {
        final List<Path> real = jars.stream().map(NewCode::checkedJar).toList();
        final int reloaded = ControlProcesses.ofThisUser().reload(instance, real);
        spec.commandLine()
                .getOut()
                .println(
                        reloaded
                                + (reloaded == 1 ? " instance has" : " instances have")
                                + " the new control module.");
        return 0;
    }
}
