// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The soaks. */
@Command(
        name = "soak",
        description = "Plays for minutes and shows whether anything disturbed the sound.",
        subcommands = {SoakRtCommand.class, SoakFaultsCommand.class})
final class SoakCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "soak needs what is to be soaked, expected rt or faults");
    }
}
