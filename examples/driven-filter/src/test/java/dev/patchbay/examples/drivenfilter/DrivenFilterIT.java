// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.drivenfilter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Parameter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle with the RT module in C and control in Java, in the real host; its sound is compared with the same filter in Java. */
class DrivenFilterIT {
    private static final Path BUNDLE = Path.of(System.getProperty("patchbay.bundle"));
    private static final Path HOST = Path.of(System.getProperty("patchbay.host"));
    private static final int RATE = 48_000;
    private static final int FRAMES = RATE / 2;

    /** Two C libraries may differ in the last bits of a tangent; a wrong sample differs by more. */
    private static final double CLOSE = 2e-6;

    @TempDir private Path folder;

    @Test
    void theSoundIsThatOfTheFilterSampleBySample() throws Exception {
        final float[][] noise = noise();
        final float[][] heard =
                render(noise, "--set", "100=0.5", "--set", "110=0.7", "--set", "120=0.5");
        final Reference reference = new Reference(plain(0, 0.5), 0.7, plain(2, 0.5), 1);
        assertSame(reference.play(noise, FRAMES), heard);
    }

    @Test
    void aChangeIsHeardFromItsSampleOnAndGlides() throws Exception {
        final float[][] noise = noise();
        // In the middle of a block of 256 frames.
        final int frame = 10_100;
        final float[][] heard =
                render(noise, "--param-at", (double) frame / RATE + ":100=0.9", "--block", "256");
        final Reference reference = new Reference(plain(0, fresh(0)), 0.2, 0, 1);
        reference.play(noise, frame);
        reference.cutoff(plain(0, 0.9));
        assertSame(reference.play(noise, FRAMES), heard);
    }

    @Test
    void theSoundDoesNotDependOnTheSizeOfTheBlocks() throws Exception {
        final float[][] noise = noise();
        final float[][] large = render(noise, "--block", "1024", "--set", "110=0.9");
        final float[][] small = render(noise, "--block", "17", "--set", "110=0.9");
        assertArrayEquals(large[0], small[0]);
        assertArrayEquals(large[1], small[1]);
    }

    @Test
    void withoutMixTheInputComesOutAsItIs() throws Exception {
        final float[][] noise = noise();
        assertArrayEquals(noise[0], render(noise, "--set", "130=0")[0]);
    }

    @Test
    void aStateThatWasSavedBringsTheSoundBack() throws Exception {
        final float[][] noise = noise();
        final Path state = folder.resolve("saved.state");
        final float[][] first =
                render(
                        noise,
                        "--set",
                        "100=0.3",
                        "--set",
                        "140=1",
                        "--state-out",
                        state.toString());
        final float[][] second = render(noise, "--state-in", state.toString());
        assertArrayEquals(first[0], second[0]);
    }

    @Test
    void theBundleHasALibraryForTheSoundAndJarsForControl() throws IOException {
        final Path modules = BUNDLE.resolve("Contents/Resources/modules");
        try (Stream<Path> rt = Files.list(modules.resolve("rt"))) {
            assertEquals(
                    List.of("libdriven-filter.so"),
                    rt.map(file -> file.getFileName().toString()).toList());
        }
        try (Stream<Path> control = Files.list(modules.resolve("control"))) {
            assertTrue(control.anyMatch(file -> file.toString().endsWith(".jar")));
        }
    }

    /** The filter in Java, with the same glides. */
    private static final class Reference {
        private static final int GLIDE = RATE / 100;
        private final double damping;
        private final double drive;
        private final double mix;
        private final double[] first = new double[2];
        private final double[] second = new double[2];
        private final float[][] output = new float[2][FRAMES];
        private double octaves;
        private double step;
        private double target;
        private int left;
        private int at;

        Reference(
                final double hertz,
                final double resonance,
                final double decibels,
                final double mix) {
            this.octaves = Math.log(hertz) / Math.log(2);
            this.damping = 2 - 1.96 * (float) resonance;
            this.drive = Math.pow(10, decibels / 20);
            this.mix = mix;
        }

        void cutoff(final double hertz) {
            target = Math.log(hertz) / Math.log(2);
            step = (target - octaves) / GLIDE;
            left = GLIDE;
        }

        float[][] play(final float[][] input, final int until) {
            for (; at < until; at++) {
                if (left > 0) {
                    octaves = --left == 0 ? target : octaves + step;
                }
                final double g = Math.tan(Math.PI * Math.pow(2, octaves) / RATE);
                for (int c = 0; c < 2; c++) {
                    output[c][at] = (float) next(c, g, input[c][at]);
                }
            }
            return output;
        }

        private double next(final int c, final double g, final double dry) {
            final double a1 = 1 / (1 + g * (g + damping));
            final double driven = Math.tanh(drive * dry) / drive;
            final double v3 = driven - second[c];
            final double band = a1 * first[c] + g * a1 * v3;
            final double low = second[c] + g * a1 * first[c] + g * g * a1 * v3;
            first[c] = 2 * band - first[c];
            second[c] = 2 * low - second[c];
            return dry + mix * (low - dry);
        }
    }

    private static double plain(final int index, final double normalized) {
        final Parameter parameter = new DrivenFilterParameters().parameters().get(index);
        return (float) parameter.toPlain((float) normalized);
    }

    private static double fresh(final int index) {
        return new DrivenFilterParameters().parameters().get(index).defaultNormalized();
    }

    private static void assertSame(final float[][] expected, final float[][] heard) {
        for (int c = 0; c < 2; c++) {
            assertEquals(FRAMES, heard[c].length);
            for (int i = 0; i < FRAMES; i++) {
                assertEquals(expected[c][i], heard[c][i], CLOSE, "channel " + c + ", frame " + i);
            }
        }
    }

    private static float[][] noise() {
        final Random random = new Random(7);
        final float[][] noise = new float[2][FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            noise[0][i] = random.nextFloat() - 0.5f;
            noise[1][i] = (float) Math.sin(2 * Math.PI * 440 * i / RATE);
        }
        return noise;
    }

    private float[][] render(final float[][] input, final String... options) throws Exception {
        final Path in = folder.resolve("in.wav");
        final Path out = folder.resolve("out.wav");
        final Path log = folder.resolve("host.log");
        writeWav(in, input);
        final List<String> command = new ArrayList<>(List.of(HOST.toString(), "render"));
        command.addAll(List.of("--plugin", BUNDLE.toString(), "--in", in.toString()));
        command.addAll(List.of("--out", out.toString(), "--seconds", "0.5", "--quiet"));
        command.addAll(List.of(options));
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PATCHBAY_LOG_DIR", folder.resolve("logs").toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        final Process process = builder.start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the host hangs");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(log));
        return readWav(out);
    }

    /** A WAV file of 32-bit floats. */
    private static void writeWav(final Path file, final float[][] samples) throws IOException {
        final int bytes = samples[0].length * samples.length * Float.BYTES;
        final ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes()).putInt(36 + bytes).put("WAVEfmt ".getBytes()).putInt(16);
        wav.putShort((short) 3).putShort((short) samples.length).putInt(RATE);
        wav.putInt(RATE * samples.length * Float.BYTES);
        wav.putShort((short) (samples.length * Float.BYTES)).putShort((short) 32);
        wav.put("data".getBytes()).putInt(bytes);
        for (int i = 0; i < samples[0].length; i++) {
            for (final float[] channel : samples) {
                wav.putFloat(channel[i]);
            }
        }
        Files.write(file, wav.array());
    }

    private static float[][] readWav(final Path file) throws IOException {
        final ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 12; at + 8 <= bytes.capacity(); ) {
            final int length = bytes.getInt(at + 4);
            if (bytes.getInt(at) == 0x61746164) {
                final float[][] samples = new float[2][length / 8];
                for (int i = 0; i < length / 4; i++) {
                    samples[i % 2][i / 2] = bytes.getFloat(at + 8 + i * 4);
                }
                return samples;
            }
            at += 8 + length + (length & 1);
        }
        throw new IOException(file + " has no samples");
    }
}
