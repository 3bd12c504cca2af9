// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.demo.Demo;
import dev.patchbay.tools.demo.DemoOptions;
import dev.patchbay.tools.demo.Diagnosis;
import dev.patchbay.tools.demo.Figures;
import dev.patchbay.tools.demo.MemfdRegionFinder;
import dev.patchbay.tools.report.SummaryTable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Option(
            names = "--midi",
            paramLabel = "FILE",
            description = "Standard MIDI File to play [the example's].")
    private Path midi;

    @Option(names = "--default-midi", hidden = true, defaultValue = "examples/polysynth/demo.mid")
    private Path defaultMidi;

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
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "48000",
            description = "Sample rate, 1000 to 1500000 [${DEFAULT-VALUE}].")
    private int rate;

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

    /** The processes that there are; a user interface is not one yet. */
    private enum ModuleRole {
        rt,
        control
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
            names = "--plugin",
            paramLabel = "BUNDLE",
            defaultValue = "examples/polysynth/target/PolySynth.vst3",
            description = "The bundle to play [${DEFAULT-VALUE}].")
    private Path plugin;

    @Option(
            names = "--host",
            paramLabel = "PATH",
            defaultValue = "c-bridge/target/native/patchbay-host",
            description = "The headless host [${DEFAULT-VALUE}].")
    private Path host;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "target/demo",
            description = "Where results and logs go [${DEFAULT-VALUE}].")
    private Path folder;

    @Override
    public Integer call() {
        checkNumbers();
        checkFlags();
        if (midi == null) {
            midi = defaultMidi;
        }
        check(
                Files.isRegularFile(midi),
                midi,
                "no file",
                "a Standard MIDI File: give one with --midi");
        check(
                Files.isRegularFile(plugin.resolve("Contents/Resources/region.image")),
                plugin,
                "no Patchbay bundle",
                "one made by \"patchbay bundle\": give it with --plugin");
        check(
                Files.isExecutable(host) && !Files.isDirectory(host),
                host,
                "no program",
                "patchbay-host, from the build of c-bridge: give it with --host");
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
                midi,
                out == null ? folder.resolve("demo.wav") : out,
                folder,
                plugin,
                // A bare name would be looked for on the PATH.
                host.toAbsolutePath(),
                offline,
                Optional.ofNullable(seconds),
                block,
                rate,
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
        range("--block", block, 1, 8192);
        range("--rate", rate, 1000, 1_500_000);
        range("--allocate", allocate == null ? 0 : allocate, 0, 100_000);
        range("--preset-every", presetEvery == null ? 0 : presetEvery, 0, 100_000);
        range("--seconds", seconds == null ? 1 : seconds, 0.001, 366 * 86_400.0);
    }

    private void range(
            final String option, final double value, final double low, final double high) {
        if (!(value >= low && value <= high)) {
            throw new ParameterException(
                    spec.commandLine(),
                    String.format(
                            "%s is %s, expected %s to %s",
                            option, plain(value), plain(low), plain(high)));
        }
    }

    private static String plain(final double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static void check(
            final boolean good, final Path path, final String found, final String expected) {
        if (!good) {
            throw new ToolException(path + " is " + found + ", expected " + expected + ".");
        }
    }
}
