// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replaces modules while they play. */
@Command(
        name = "swap",
        description = "Puts new code in the place of a module while it plays.",
        subcommands = SwapRtCommand.class)
final class SwapCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "swap needs the module that is to be replaced, expected rt");
    }
}
