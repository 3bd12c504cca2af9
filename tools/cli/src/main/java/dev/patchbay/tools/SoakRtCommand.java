// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.demo.MemfdRegionFinder;
import dev.patchbay.tools.report.SoakReport;
import dev.patchbay.tools.soak.Soak;
import dev.patchbay.tools.soak.SoakFigures;
import dev.patchbay.tools.soak.SoakOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Soaks the real-time side of a bundle. */
@Command(
        name = "rt",
        description = {
            "Plays a MIDI file again and again through a plug-in at the pace of a sound card, while"
                    + " its control process allocates.",
            "Counts after warm-up what the real-time verifier counts, block by block, and the"
                    + " missed deadlines, and shows the machine's own noise of the same minutes"
                    + " beside.",
            "Writes report.html and summary.json. The status is 1 if anything disturbed the engine."
        })
final class SoakRtCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private PlayerOptions player;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long [${DEFAULT-VALUE}].")
    private double minutes;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "64",
            description = "Frames of a block [${DEFAULT-VALUE}].")
    private int frames;

    @Option(
            names = "--fifo",
            paramLabel = "PRIORITY",
            defaultValue = "70",
            description =
                    "Priority of SCHED_FIFO that the host asks for, and the thread that measures"
                            + " noise; 0 for none. Where it is refused, both play without"
                            + " [${DEFAULT-VALUE}].")
    private int fifo;

    @Option(
            names = "--allocate",
            paramLabel = "MB_PER_S",
            defaultValue = "1000",
            description = "What the control process allocates beside its work [${DEFAULT-VALUE}].")
    private int allocate;

    @Option(
            names = "--preset-every",
            paramLabel = "SECONDS",
            defaultValue = "4",
            description =
                    "How often control selects the next preset; 0 for never [${DEFAULT-VALUE}].")
    private double presetEvery;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "target/soak",
            description = "Where results and logs go [${DEFAULT-VALUE}].")
    private Path folder;

    @Override
    public Integer call() {
        player.range("--minutes", minutes, 0.05, 24 * 60);
        player.range("--frames", frames, 1, 8192);
        player.range("--fifo", fifo, 0, 99);
        player.range("--allocate", allocate, 0, 100_000);
        player.range("--preset-every", presetEvery, 0, 100_000);
        player.check();
        final SoakFigures figures =
                new Soak(
                                new SoakOptions(
                                        minutes,
                                        player.rate(),
                                        frames,
                                        fifo,
                                        allocate,
                                        presetEvery,
                                        player.midi(),
                                        player.plugin(),
                                        player.host(),
                                        folder),
                                new MemfdRegionFinder(),
                                spec.commandLine().getErr())
                        .run();
        final PrintWriter text = spec.commandLine().getOut();
        text.print(SoakReport.text(figures));
        text.printf(
                "%nreport   %s%nsummary  %s%n",
                folder.resolve("report.html"), folder.resolve("summary.json"));
        text.flush();
        return figures.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
