// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.bundle.ToolVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ScopeType;

/** The command {@code patchbay}. */
@Command(
        name = "patchbay",
        description = "Builds, runs and looks into Patchbay plug-ins.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = ToolVersion.class,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:success",
            "1:the command failed; a sentence says why, or one for each error",
            "2:a wrong command line"
        },
        subcommands = {
            ArdourCommand.class,
            BundleCommand.class,
            DemoCommand.class,
            HeaderCommand.class,
            InspectCommand.class,
            LayoutCommand.class,
            NewCommand.class,
            PanelCommand.class,
            ReloadCommand.class,
            SchemaCommand.class,
            SoakCommand.class,
            SwapCommand.class,
            ValidateCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs a command line and ends the JVM with its status. */
    public static void main(final String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line; failures become one sentence on its error stream. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(
                        (failure, arguments) -> {
                            final CommandLine command = failure.getCommandLine();
                            command.getErr()
                                    .println(
                                            "patchbay: "
                                                    + failure.getMessage()
                                                    + "; \""
                                                    + command.getCommandSpec().qualifiedName()
                                                    + " --help\" lists what is allowed.");
                            return ExitCode.USAGE;
                        })
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            if (!(failure instanceof ToolException)) {
                                throw failure;
                            }
                            failure.getMessage()
                                    .lines()
                                    .forEach(line -> command.getErr().println("patchbay: " + line));
                            return ExitCode.SOFTWARE;
                        });
    }
}
