// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.inspect.Target;
import dev.patchbay.tools.inspect.Watch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into regions, whatever declared them. */
@Command(
        name = "inspect",
        description = {
            "Shows what regions hold. Without an argument it lists the regions of all processes of"
                    + " this user; the age is that of the owner's process.",
            "It reads only, and needs no declaration: the region's directory and schema suffice.",
            "JSON is an array of regions, or one region where a file is named; with --watch, one"
                    + " line a frame."
        })
final class InspectCommand implements Callable<Integer> {
    private static final double LEAST_SECONDS = 0.05;

    private enum Format {
        text,
        json
    }

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "PID|FILE",
            description = "A process that holds regions, or the file of a region.")
    private String target;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES} [${DEFAULT-VALUE}].")
    private Format format;

    @Option(
            names = {"-w", "--watch"},
            description =
                    "Shows it live until q or the interrupt key is pressed, or what is watched is"
                            + " gone; j, k, space and b scroll.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "From frame to frame, 0.05 or more [${DEFAULT-VALUE}].")
    private double interval;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "0",
            description = "Ends a watch after so many frames [never].")
    private int frames;

    @Override
    public Integer call() {
        if (!(interval >= LEAST_SECONDS && interval <= 86_400) || frames < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--interval is "
                            + interval
                            + " and --frames "
                            + frames
                            + ", expected "
                            + LEAST_SECONDS
                            + " to 86400 seconds and 0 or more frames");
        }
        final Target found = target == null ? Target.everything() : Target.of(target);
        final boolean json = format == Format.json;
        if (watch) {
            new Watch(found, spec.commandLine().getOut(), json, interval, frames).run(System.in);
        } else {
            Watch.once(found, spec.commandLine().getOut(), json);
        }
        return 0;
    }
}
