// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.fork.ForkMain;
import dev.patchbay.bench.plan.Effort;
import dev.patchbay.bench.plan.Launch;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.rt.PlayedVoices;
import dev.patchbay.layout.Parameter;
import dev.patchbay.tools.bundle.JvmCommand;
import dev.patchbay.tools.project.Collector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The example synth's voices in Java, with the options of an engine's JVM, or in C++; both have to sound as Java's do here. */
final class VoicesLaunch implements Launch, NeedsPrograms {
    /** Times the usual warm-up in Java: all of a voice has to be compiled for good. */
    private static final int WARM = 2;

    private final Program program;
    private final int voices;

    /**
     * Voices.
     *
     * @param program in C++; null for Java
     * @param voices how many
     */
    VoicesLaunch(final Program program, final int voices) {
        this.program = program;
        this.voices = voices;
    }

    @Override
    public List<Program> programs() {
        return program == null ? List.of() : List.of(program);
    }

    @Override
    public long millis(final Effort effort) {
        return effort.measureMillis()
                + (program == null
                        ? (long) WARM * effort.javaWarmMillis() + 250
                        : effort.nativeWarmMillis() + 60L);
    }

    @Override
    public Receipt measure(final Workbench bench) throws InterruptedException {
        final List<String> command = program == null ? java(bench) : cpp(bench);
        command.add(Double.toString(new PlayedVoices(voices).play()));
        return Processes.run(bench, command, List.of());
    }

    private List<String> cpp(final Workbench bench) {
        return NativeLaunch.command(
                bench, program, Integer.toString(voices), bench.effort().nativeWarmMillis());
    }

    private List<String> java(final Workbench bench) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Collector.DISABLED.flags());
        command.addAll(List.of("-Xms128m", "-Xmx128m", "-XX:-UsePerfData"));
        command.addAll(JvmCommand.compilerOptions());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForkMain.class.getName(),
                        ForkMain.VOICES,
                        Integer.toString(voices),
                        Integer.toString(WARM * bench.effort().javaWarmMillis()),
                        Integer.toString(bench.effort().measureMillis()),
                        Integer.toString(bench.firstProcessor()),
                        Integer.toString(bench.secondProcessor())));
        return command;
    }

    /** {@return a C header with what the voices in C++ need to know of the parameters} */
    static String header() {
        final StringBuilder text = new StringBuilder("/* SPDX-License-Identifier: Apache-2.0 */\n");
        text.append("#define VOICE_SAMPLE_RATE ").append(PlayedVoices.SAMPLE_RATE).append('\n');
        text.append("#define VOICE_TICKS ").append(PlayedVoices.TICKS).append('\n');
        final float[] values = PlayedVoices.settings();
        final List<Parameter> parameters = new PolySynthParameters().parameters();
        for (int i = 0; i < values.length; i++) {
            text.append("#define VOICE_")
                    .append(parameters.get(i).symbol().toUpperCase(Locale.ROOT))
                    .append(" (")
                    .append(Double.toHexString(values[i]))
                    .append(")\n");
        }
        return text.toString();
    }
}
