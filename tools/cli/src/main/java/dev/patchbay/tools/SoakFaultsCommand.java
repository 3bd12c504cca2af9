// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.report.FaultReport;
import dev.patchbay.tools.soak.Fault;
import dev.patchbay.tools.soak.FaultFigures;
import dev.patchbay.tools.soak.FaultOptions;
import dev.patchbay.tools.soak.FaultSoak;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Does harm to an instrument while it plays. */
@Command(
        name = "faults",
        description = {
            "Plays an instrument at the pace of a sound card in one host after the other, and"
                + " kills, stops or ends its processes, its host and its files at random times.",
            "After each fault it is checked that blocks went on, that the sound came back, that"
                    + " parameters and automation are as before and held notes have ended; at each"
                    + " host's end that the state is byte for byte what it was, and that no process"
                    + " is left.",
            "Writes report.html and summary.json. The status is 1 if a promise was broken; a host"
                    + " that cannot play at all is an error of the run."
        })
final class SoakFaultsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private PlayerOptions player;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many faults [${DEFAULT-VALUE}].")
    private int count;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "What the faults and their times follow from [another each time].")
    private Long seed;

    @Option(
            names = "--only",
            paramLabel = "FAULT",
            split = ",",
            description = "Only these, in this order again and again: ${COMPLETION-CANDIDATES}.")
    private List<Fault> only = List.of();

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "A component state to load first, such as one with automation.")
    private Path state;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = PlayerOptions.HOME + "target/soak-faults",
            description = "Where results and logs go [${DEFAULT-VALUE}].")
    private Path folder;

    @Override
    public Integer call() {
        player.range("--count", count, 1, 100_000);
        player.check();
        final FaultOptions options =
                new FaultOptions(
                        count,
                        seed == null ? System.nanoTime() : seed,
                        only,
                        player.rate(),
                        Optional.ofNullable(state),
                        player.plugin(),
                        player.host(),
                        folder);
        final FaultFigures figures = new FaultSoak(options, spec.commandLine().getErr()).run();
        final PrintWriter text = spec.commandLine().getOut();
        text.print(FaultReport.text(figures));
        text.printf(
                "%nreport   %s%nsummary  %s%n",
                folder.resolve("report.html"), folder.resolve("summary.json"));
        text.flush();
        return figures.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
