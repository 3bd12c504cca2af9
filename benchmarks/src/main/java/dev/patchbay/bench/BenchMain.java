// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.tools.ToolException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** The program of {@code ./patchbay bench}. */
public final class BenchMain {
    private BenchMain() {}

    /**
     * Runs a command line and ends the JVM with its status.
     *
     * @param arguments see {@code --help}
     */
    public static void main(final String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line; failures become one sentence on its error stream. */
    static CommandLine commandLine() {
        return new CommandLine(new BenchCommand())
                .setParameterExceptionHandler(
                        (failure, arguments) -> {
                            failure.getCommandLine()
                                    .getErr()
                                    .println(
                                            "patchbay bench: "
                                                    + failure.getMessage()
                                                    + " \"patchbay bench --help\" tells more.");
                            return ExitCode.USAGE;
                        })
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            if (failure instanceof InterruptedException) {
                                command.getErr()
                                        .println(
                                                "patchbay bench: interrupted; --resume goes on"
                                                        + " from here.");
                                return ExitCode.SOFTWARE;
                            }
                            if (!(failure instanceof BenchException)
                                    && !(failure instanceof ToolException)) {
                                throw failure;
                            }
                            command.getErr().println("patchbay bench: " + failure.getMessage());
                            return ExitCode.SOFTWARE;
                        });
    }
}
