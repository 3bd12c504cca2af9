// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.demo.Demo;
import dev.patchbay.tools.demo.DemoOptions;
import dev.patchbay.tools.demo.Diagnosis;
import dev.patchbay.tools.demo.Figures;
import dev.patchbay.tools.demo.MemfdRegionFinder;
import dev.patchbay.tools.report.SummaryTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays a MIDI file through a bundle and reports. */
@Command(
        name = "demo",
        description = {
            "Plays a MIDI file through a plug-in in the headless host and reports what was"
                    + " measured.",
            "Writes the sound, report.html and summary.json."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int DEFAULT_ALLOCATE = 300;
    private static final double DEFAULT_PRESETS = 4;

    @Spec private CommandSpec spec;

    @Mixin private PlayerOptions player;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the sound goes [DIR/demo.wav].")
    private Path out;

    @Option(names = "--offline", description = "Render at full speed instead of in real time.")
    private boolean offline;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long to play [the file and its tail].")
    private Double seconds;

    @Option(
            names = "--block",
            paramLabel = "FRAMES",
            defaultValue = "256",
            description = "Frames of a block, 1 to 8192 [${DEFAULT-VALUE}].")
    private int block;

    @Option(
            names = "--allocate",
            paramLabel = "MB_PER_S",
            description =
                    "What the control process allocates beside its work [300; 0 with --offline].")
    private Integer allocate;

    @Option(
            names = "--preset-every",
            paramLabel = "SECONDS",
            description =
                    "How often control selects the next preset; 0 for never [4; 0 with --offline].")
    private Double presetEvery;

    /** The processes that there can be. */
    private enum ModuleRole {
        rt,
        control,
        ui
    }

    @Option(
            names = "--debug",
            paramLabel = "ROLE",
            description =
                    "Let the process of this role, one of ${COMPLETION-CANDIDATES}, listen for a"
                        + " debugger at a port of 127.0.0.1, which is printed. It stops threads, so"
                        + " the figures are not those of production. May be given twice.")
    private List<ModuleRole> debug = List.of();

    @Option(
            names = "--jfr",
            paramLabel = "ROLE",
            description =
                    "Let the process of this role, one of ${COMPLETION-CANDIDATES}, make a flight"
                        + " recording, whose path is printed. It stops threads, so the figures are"
                        + " not those of production. May be given twice.")
    private List<ModuleRole> flightRecorder = List.of();

    @Option(
            names = "--profile",
            description =
                    "Measure what a block's time goes into: a table, and a plot in the report."
                            + " Costs a few looks at the clock for each block.")
    private boolean profile;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = PlayerOptions.HOME + "target/demo",
            description = "Where results and logs go [${DEFAULT-VALUE}].")
    private Path folder;

    @Override
    public Integer call() {
        checkFlags();
        checkNumbers();
        final PrintWriter text = spec.commandLine().getOut();
        final DemoOptions options = options();
        final Figures figures =
                new Demo(options, new MemfdRegionFinder(), spec.commandLine().getErr()).play();
        text.print(SummaryTable.of(figures));
        if (options.diagnosis().disturbs()) {
            text.println();
            text.println(
                    "A debugger or flight recorder was on: these are not the figures of"
                            + " production.");
        }
        text.print(SummaryTable.profile(figures));
        text.printf(
                "%nsound    %s%nreport   %s%nsummary  %s%n",
                options.wav(), folder.resolve("report.html"), folder.resolve("summary.json"));
        text.flush();
        return 0;
    }

    private static List<String> names(final List<ModuleRole> roles) {
        return roles.stream().distinct().map(Enum::name).toList();
    }

    private DemoOptions options() {
        return new DemoOptions(
                player.midi(),
                out == null ? folder.resolve("demo.wav") : out,
                folder,
                player.plugin(),
                player.host(),
                offline,
                Optional.ofNullable(seconds),
                block,
                player.rate(),
                allocate != null ? allocate : offline ? 0 : DEFAULT_ALLOCATE,
                presetEvery != null ? presetEvery : offline ? 0 : DEFAULT_PRESETS,
                new Diagnosis(names(debug), names(flightRecorder), profile));
    }

    /** Without it Agrona's buffers fail deep in a static initialiser. */
    private static void checkFlags() {
        if (!Object.class
                .getModule()
                .isExported("jdk.internal.misc", DemoCommand.class.getModule())) {
            throw new ToolException(
                    "This JVM was started without"
                        + " --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED, which the demo"
                        + " needs to read shared memory: add it to the java command.");
        }
    }

    private void checkNumbers() {
        player.range("--block", block, 1, 8192);
        player.range("--allocate", allocate == null ? 0 : allocate, 0, 100_000);
        player.range("--preset-every", presetEvery == null ? 0 : presetEvery, 0, 100_000);
        player.range("--seconds", seconds == null ? 1 : seconds, 0.001, 366 * 86_400.0);
        player.check();
    }
}
