// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Loads modules anew while the plug-in plays. */
@Command(
        name = "reload",
        description = "Loads the code of a module anew while the plug-in plays.",
        subcommands = ReloadControlCommand.class)
final class ReloadCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "reload needs the module that is to be loaded anew, expected control");
    }
}
