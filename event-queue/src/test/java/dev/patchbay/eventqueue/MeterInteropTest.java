// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.MeterDescriptor;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java and the generated header meter the same sounds into the same bytes, and read the same from them. */
class MeterInteropTest {
    private static final RegionDeclaration STANDARD = StandardRegion.prebuilt();
    private static final int STEPS = 400;

    @TempDir private Path folder;

    /** A sample or level of any kind, as often strange as not. */
    private static int bits(final Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextInt();
            case 1 -> Float.floatToRawIntBits(1) + random.nextInt(3) - 1 | random.nextInt() << 31;
            case 2 -> 0x7F800000 + random.nextInt(3) - 1 | random.nextInt() << 31;
            case 3 -> random.nextInt(3) | random.nextInt() << 31;
            default -> Float.floatToRawIntBits((float) random.nextGaussian() / 2);
        };
    }

    private Path compile(final Compiler compiler) throws Exception {
        Files.writeString(folder.resolve("standard.h"), HeaderGenerator.generate(STANDARD));
        final Path source =
                Files.writeString(
                        folder.resolve("meters.c"),
                        CText.read(
                                "meters.c",
                                MeterInteropTest.class.getResourceAsStream("meters.c")));
        return compiler.compile(source);
    }

    private static Stream<Compiler> compilers() {
        return Compiler.basic();
    }

    @ParameterizedTest
    @MethodSource("compilers")
    void bothLanguagesMeterTheSameIntoTheSameBytes(final Compiler compiler) throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Path program = compile(compiler);
        final Path file = folder.resolve("region");
        final AtomicBuffer mine = Region.scratch(new RegionImage(STANDARD));
        final SectionEntry section = STANDARD.section(StandardRegion.OUTPUT_LEVELS).entry();
        try (Region region = Region.create(file, new RegionImage(STANDARD))) {
            // Near the wrap of the half that lies beside the values.
            final int newest = (int) section.offset() + MeterDescriptor.HEAD.offset("newest");
            final long start = (1L << 32) - 40;
            mine.putLong(newest, start);
            region.buffer().putLong(newest, start);
            final String input = play(random, mine, section);
            CProgram.run(List.of(program.toString(), file.toString(), "write"), input);
            final byte[] java = new byte[(int) section.length()];
            final byte[] c = new byte[(int) section.length()];
            mine.getBytes((int) section.offset(), java);
            region.buffer().getBytes((int) section.offset(), c);
            assertArrayEquals(java, c, "seed " + seed);
            read(mine, section, program, file, seed);
        }
    }

    /** Meters in Java, and gives the same as the C program's input. */
    private static String play(
            final Random random, final AtomicBuffer buffer, final SectionEntry section) {
        final StringBuilder input = new StringBuilder();
        MeterWriter writer = null;
        for (int step = 0; step < STEPS; step++) {
            final int what = step == 0 ? 0 : random.nextInt(20);
            if (what == 0) {
                final double rate = 100 + random.nextInt(20_000) / 8.0;
                writer = MeterWriter.over(buffer, section, rate);
                input.append("s ").append(rate);
            } else if (what < 15) {
                final float[][] channels = new float[2][4096];
                final int count = 1 + random.nextInt(random.nextBoolean() ? 8 : 300);
                input.append("b ").append(count);
                for (final float[] channel : channels) {
                    for (int i = 0; i < count; i++) {
                        final int sample = bits(random);
                        channel[i + 7] = Float.intBitsToFloat(sample);
                        input.append(' ').append(Integer.toHexString(sample));
                    }
                }
                writer.addBlock(channels, 7, count);
            } else if (what < 18) {
                final int meter = random.nextInt(2);
                final int level = bits(random);
                writer.setLevel(meter, Float.intBitsToFloat(level));
                input.append("l ").append(meter).append(' ').append(Integer.toHexString(level));
            } else {
                final int frames = random.nextInt(400);
                writer.advance(frames);
                input.append("t ").append(frames);
            }
            input.append('\n');
        }
        return input.toString();
    }

    private static void read(
            final AtomicBuffer buffer,
            final SectionEntry section,
            final Path program,
            final Path file,
            final long seed)
            throws Exception {
        final MeterReader reader = MeterReader.over(Loads.over(buffer), section);
        final long newest = reader.seen();
        final StringBuilder input = new StringBuilder();
        final StringBuilder expected = new StringBuilder();
        for (final long seen :
                new long[] {
                    newest - 1, newest - 5, newest - 127, newest - 129, 0, newest, newest + 1
                }) {
            input.append(seen).append('\n');
            reader.resumeAfter(seen);
            expected.append(reader.poll()).append(' ').append(reader.missed());
            expected.append(' ').append(reader.seen()).append(' ');
            expected.append(c(reader.windowSeconds())).append('\n');
            for (int i = 0; i < reader.count(); i++) {
                expected.append(' ').append(c(reader.peak(i)));
                expected.append(' ').append(c(reader.meanSquare(i)));
                expected.append(' ').append(reader.clips(i));
                expected.append(' ').append(reader.totalClips(i));
                expected.append(' ').append(reader.notFinite(i));
                expected.append(' ').append(reader.totalNotFinite(i)).append('\n');
            }
        }
        assertEquals(
                normal(expected.toString()),
                normal(
                        CProgram.run(
                                List.of(program.toString(), file.toString(), "read"),
                                input.toString())),
                "seed " + seed);
    }

    private static String c(final double value) {
        return String.format(Locale.ROOT, "%.17e", value);
    }

    /** The same number however it was written. */
    private static String normal(final String text) {
        final StringBuilder normal = new StringBuilder();
        for (final String word : text.trim().split("\\s+")) {
            normal.append(Double.parseDouble(word)).append('\n');
        }
        return normal.toString();
    }
}
