// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bridge;

import dev.patchbay.layout.AudioBus;
import dev.patchbay.layout.AudioBus.Direction;
import dev.patchbay.layout.DeclaredExpression;
import dev.patchbay.layout.DeclaredExpression.Gesture;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.EngineRegion.Share;
import dev.patchbay.layout.NoteExpression;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Speakers;
import dev.patchbay.layout.StandardRegion.Counts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the images of the bundles that the C++ tests play, with fake modules as their programs, and what Java makes of
 * the parameters' values, to compare the bridge's arithmetic with.
 */
public final class TestImage {
    /** Enough for a busy machine, and not too long for the tests in which it passes. */
    private static final int READY_MILLIS = 6000;

    private static final String PROBE = "Contents/Resources/modules/rt/libprobe.so";

    private static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.of(10, "level", "Level").initial(0.5).build(),
                    Parameter.of(20, "cutoff", "Filter cutoff")
                            .shortName("Cut")
                            .unit("Hz")
                            .range(20, 20_000, 1000)
                            .logarithmic()
                            .build(),
                    Parameter.of(30, "shape", "Wave shape")
                            .values("Sine", "Square", "Säge")
                            .initial(1)
                            .build(),
                    Parameter.of(40, "drive", "Drive")
                            .unit("dB")
                            .range(0, 10, 2.5)
                            .power(2)
                            .build(),
                    Parameter.of(50, "bypass", "Bypass")
                            .steps(1)
                            .flag(Parameter.Flag.BYPASS)
                            .build(),
                    Parameter.of(60, "meter", "Meter").flag(Parameter.Flag.READ_ONLY).build(),
                    Parameter.of((1 << 30) - 1, "semitones", "Semitones")
                            .range(-12, 12, 0)
                            .steps(24)
                            .build(),
                    Parameter.of(80, "secret", "Secret").flag(Parameter.Flag.HIDDEN).build());

    private TestImage() {}

    /**
     * Writes the files.
     *
     * @param args the folder for the images, the program of the fake RT module, that of the fake control module, that in which native
     *     control modules run
     */
    public static void main(final String[] args) throws IOException {
        final Path folder = Path.of(args[0]);
        Files.createDirectories(folder);
        final List<String> rt = command(args[1]);
        final List<String> control = command(args[2]);
        final Counts synth = Counts.DEFAULT.withChannels(0, 2);
        write(folder, "synth", image(synth, "Test Synth", true, rt, control), Share.BUNDLE);
        // Few of everything, so that it is soon too few.
        final Counts effect = new Counts(16, 8, 2, 2, 256, 64, 64, 4096);
        write(folder, "effect", image(effect, "Test Effect", false, rt, control), Share.BUNDLE);
        write(folder, "solo", image(synth, "Test Solo", true, rt, control), Share.INSTANCE);
        write(folder, "spare", image(synth, "Test Spare", true, rt, control), Share.BUNDLE, true);
        final PluginImage alone = image(synth, "Test Spare Solo", true, rt, control);
        write(folder, "spare_solo", alone, Share.INSTANCE, true);
        final List<String> absent = command("{bundle}/no/such/program");
        write(folder, "absent", image(synth, "Test Absent", true, absent, List.of()), Share.BUNDLE);
        write(folder, "rich", rich(rt, control), Share.BUNDLE);
        write(folder, "surround", surround(rt, control), Share.BUNDLE);
        write(folder, "native", library(PROBE, control));
        write(folder, "native_outside", library("../libprobe.so", List.of()));
        final List<String> keeper =
                List.of(
                        args[3],
                        "--region",
                        "{region}",
                        "--id",
                        "{id}",
                        "--host",
                        "{pid}",
                        "--generation",
                        "{generation}",
                        "--bundle",
                        "{bundle}",
                        "--library",
                        "Contents/Resources/modules/control/libkeeper.so");
        write(
                folder,
                "native_control",
                image(synth, "Test Keeper", true, rt, keeper),
                Share.BUNDLE);
        write(folder, "native_both", library(PROBE, keeper));
        writeValues(folder.resolve("values.txt"));
        TestMidi.write(folder.resolve("midi.txt"), PARAMETERS.size());
    }

    /** {@return the region of the effect whose RT module is a library; its control module is no program} */
    public static RegionImage probe() {
        return library(PROBE, command("none")).image();
    }

    /** An effect whose RT module is a library. */
    private static PluginImage library(final String path, final List<String> control) {
        final Counts effect = new Counts(16, 8, 2, 2, 256, 64, 64, 4096);
        return image(effect, "Test Native", false, List.of(), control).library(path);
    }

    private static void write(final Path folder, final String name, final PluginImage image)
            throws IOException {
        write(folder, name, image, Share.BUNDLE);
    }

    private static List<String> command(final String program) {
        return List.of(
                program,
                "{region}",
                "{id}",
                "{pid}",
                "{generation}",
                "{bundle}",
                "{logs}",
                "{other}",
                "a{pid}b",
                "-cp",
                "{bundle}/Contents/Resources/modules/rt/*");
    }

    /** Several buses with a choice of arrangements, an event output, programs, groups and note expressions. */
    private static PluginImage rich(final List<String> rt, final List<String> control) {
        final List<Long> any = List.of(Speakers.STEREO.mask(), Speakers.MONO.mask());
        final List<AudioBus> buses =
                List.of(
                        new AudioBus("Input", Direction.INPUT, false, any),
                        new AudioBus("Side chain", Direction.INPUT, true, any.subList(1, 2)),
                        new AudioBus("Output", Direction.OUTPUT, false, any),
                        new AudioBus("Second", Direction.OUTPUT, false, any.subList(0, 1)));
        final List<Parameter> parameters = new ArrayList<>(PARAMETERS);
        parameters.add(Parameter.of(90, "resonance", "Resonance").group("Filter").build());
        parameters.add(
                Parameter.of(91, "program", "Program")
                        .values("Init", "Bass", "Säge")
                        .flag(Parameter.Flag.PROGRAM_CHANGE)
                        .build());
        parameters.add(Parameter.of(92, "slope", "Slope").group("Filter").build());
        parameters.add(Parameter.of(93, "time", "Time").group("Delay").build());
        final Counts counts = Counts.DEFAULT.withBuses(buses);
        return image(counts, "Test Rich", false, rt, control)
                .parameters(parameters)
                .buses(buses)
                .eventOutput(true)
                .noteExpressions(
                        List.of(
                                new DeclaredExpression(
                                        NoteExpression.TUNING, 0, "Tuning", "Tun", Gesture.X),
                                new DeclaredExpression(
                                        NoteExpression.CUSTOM, 3, "Growl", "Grl", Gesture.PRESSURE),
                                new DeclaredExpression(
                                        NoteExpression.VOLUME, 0, "Volume", "Vol", Gesture.NONE)));
    }

    /** One bus each way, from mono to 7.1. */
    private static PluginImage surround(final List<String> rt, final List<String> control) {
        final List<Long> masks =
                List.of(
                        Speakers.STEREO.mask(),
                        Speakers.MONO.mask(),
                        Speakers.QUAD.mask(),
                        Speakers.SURROUND_5_1.mask(),
                        Speakers.SURROUND_7_1.mask());
        final List<AudioBus> buses =
                List.of(
                        new AudioBus("Input", Direction.INPUT, false, masks),
                        new AudioBus("Output", Direction.OUTPUT, false, masks));
        return image(Counts.DEFAULT.withBuses(buses), "Test Surround", false, rt, control)
                .buses(buses);
    }

    private static PluginImage image(
            final Counts counts,
            final String name,
            final boolean instrument,
            final List<String> rt,
            final List<String> control) {
        final byte[] uid = Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 16);
        final PluginImage image =
                new PluginImage(counts)
                        .identity(
                                new PluginImage.Identity(
                                        name,
                                        "Patchbay Tests",
                                        "1.2.3",
                                        "https://example.org",
                                        "tests@example.org",
                                        instrument ? "Instrument|Synth" : "Fx",
                                        uid,
                                        instrument))
                        .controllers(List.of(1, 64, 128, 129))
                        .parameters(PARAMETERS);
        if (!rt.isEmpty()) {
            image.module(Role.RT, READY_MILLIS, rt);
        }
        return control.isEmpty() ? image : image.module(Role.CONTROL, READY_MILLIS, control);
    }

    private static void write(
            final Path folder, final String name, final PluginImage image, final Share share)
            throws IOException {
        write(folder, name, image, share, false);
    }

    private static void write(
            final Path folder,
            final String name,
            final PluginImage image,
            final Share share,
            final boolean spare)
            throws IOException {
        write(folder.resolve(name + ".image"), image.image());
        write(folder.resolve(name + ".engine"), EngineRegion.image(share, spare));
    }

    private static void write(final Path path, final RegionImage image) throws IOException {
        final ByteBuffer bytes = image.bytes();
        try (FileChannel file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    /** Lines of: id, normalized, toPlain of it, toNormalized of that; the numbers as exact hexadecimal text. */
    private static void writeValues(final Path path) throws IOException {
        final List<Double> tried =
                new ArrayList<>(List.of(Double.NaN, -1.0, -0.0, 2.0, 1.0 / 3, 0.5, 0.9999999));
        for (int i = 0; i <= 100; i++) {
            tried.add(i / 100.0);
        }
        final List<String> lines = new ArrayList<>();
        for (final Parameter parameter : PARAMETERS) {
            for (final double normalized : tried) {
                final double plain = parameter.toPlain(normalized);
                lines.add(
                        parameter.id()
                                + " "
                                + Double.toHexString(normalized)
                                + " "
                                + Double.toHexString(plain)
                                + " "
                                + Double.toHexString(parameter.toNormalized(plain)));
            }
        }
        Files.write(path, lines);
    }
}
