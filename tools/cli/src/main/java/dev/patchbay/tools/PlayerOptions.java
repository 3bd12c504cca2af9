// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands take that have the headless host play a bundle. */
final class PlayerOptions {
    private static final int LEAST_RATE = 1000;
    private static final int MOST_RATE = 1_500_000;

    /** That of the command which has these options. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--midi",
            paramLabel = "FILE",
            defaultValue = "examples/polysynth/demo.mid",
            description = "Standard MIDI File to play [${DEFAULT-VALUE}].")
    private Path midi;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "48000",
            description =
                    "Sample rate, " + LEAST_RATE + " to " + MOST_RATE + " [${DEFAULT-VALUE}].")
    private int rate;

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

    Path midi() {
        return midi;
    }

    int rate() {
        return rate;
    }

    Path plugin() {
        return plugin;
    }

    /** The host, as a path that is not looked for on the PATH. */
    Path host() {
        return host.toAbsolutePath();
    }

    /**
     * Checks that these can be played with.
     *
     * @throws ParameterException if a number is out of its range
     * @throws ToolException if a file is missing or is none of its kind
     */
    void check() {
        range("--rate", rate, LEAST_RATE, MOST_RATE);
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
    }

    /**
     * Checks a number of an option.
     *
     * @throws ParameterException if it is out of its range
     */
    void range(final String option, final double value, final double low, final double high) {
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
