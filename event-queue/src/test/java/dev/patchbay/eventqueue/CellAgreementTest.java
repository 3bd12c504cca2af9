// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.DoubleCells;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.LongCells;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells in Java and in C: the same operation on the same bits gives the same bits, and none is lost where both change a cell. */
class CellAgreementTest {
    private static final RegionDeclaration CELLS =
            RegionDeclaration.named("cells")
                    .array("ints", "", Role.RT, FieldType.INT32, 8)
                    .array("longs", "", Role.RT, FieldType.INT64, 8)
                    .array("floats", "", Role.RT, FieldType.FLOAT32, 8)
                    .array("doubles", "", Role.RT, FieldType.FLOAT64, 8)
                    .build();

    private static final List<String> OPERATIONS =
            List.of("plain", "opaque", "ordered", "volatile", "exchange", "compare", "add", "max");

    /** Zeros, ones, subnormals, infinities, quiet and signalling NaNs, the largest and the smallest; of 32 bits, then of 64. */
    private static final long[] SPECIAL = {
        0,
        1,
        0x3F800000,
        0x00400000,
        0x7F7FFFFF,
        0x7F800000,
        0x7F800001,
        0x7FC00000,
        0x7FC12345,
        0x7FFFFFFF,
        0x0010000000000000L,
        0x3FF0000000000000L,
        0x000FFFFFFFFFFFFFL,
        0x7FEFFFFFFFFFFFFFL,
        0x7FF0000000000000L,
        0x7FF0000000000001L,
        0x7FF8000000000000L,
        0x7FF8000012345678L,
        0x7FFFFFFFFFFFFFFFL
    };

    @TempDir private Path folder;
    private Region region;
    private IntCells ints;
    private LongCells longs;
    private FloatCells floats;
    private DoubleCells doubles;

    @BeforeEach
    void create() {
        region = Region.create(folder.resolve("region"), new RegionImage(CELLS));
        ints = IntCells.over(region.buffer(), region.section(CELLS.section("ints")));
        longs = LongCells.over(region.buffer(), region.section(CELLS.section("longs")));
        floats = FloatCells.over(region.buffer(), region.section(CELLS.section("floats")));
        doubles = DoubleCells.over(region.buffer(), region.section(CELLS.section("doubles")));
    }

    @AfterEach
    void close() {
        region.close();
    }

    private Path compile(final String compiler, final String standard) throws Exception {
        Files.writeString(folder.resolve("cells.h"), HeaderGenerator.generate(CELLS));
        final Path source =
                Files.writeString(
                        folder.resolve("cells.c"),
                        CText.read("cells.c", getClass().getResourceAsStream("cells.c")));
        final String language = compiler.equals("gcc") ? "-xc" : "-xc++";
        return CProgram.compile(source, compiler, language, standard, "-O2");
    }

    private List<String> command(final Path program, final String... arguments) {
        return Stream.concat(
                        Stream.of(program.toString(), folder.resolve("region").toString()),
                        Arrays.stream(arguments))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc -std=c11", "g++ -std=c++17"})
    void eachOperationGivesTheSameBitsInBothLanguages(final String compiler) throws Exception {
        final Path program = compile(compiler.split(" ")[0], compiler.split(" ")[1]);
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final StringBuilder script = new StringBuilder();
        final StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            final String operation = OPERATIONS.get(i % OPERATIONS.size());
            final String type = List.of("int32", "int64", "float", "double").get(i / 8 % 4);
            final boolean small = type.equals("int32") || type.equals("float");
            final long cell = bits(random, small);
            final long first = random.nextInt(3) == 0 ? cell : bits(random, small);
            final long second = bits(random, small);
            script.append(String.format("%s %s %x %x %x\n", type, operation, cell, first, second));
            expected.append(
                    switch (type) {
                        case "int32" -> ints(operation, (int) cell, (int) first, (int) second);
                        case "int64" -> longs(operation, cell, first, second);
                        case "float" -> floats(operation, (int) cell, (int) first, (int) second);
                        default -> doubles(operation, cell, first, second);
                    });
        }
        final String[] asked = script.toString().split("\n");
        final String[] wanted = expected.toString().split("\n");
        final String[] found =
                CProgram.run(command(program, "script"), script.toString()).split("\n");
        assertEquals(wanted.length, found.length, "seed " + seed);
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], found[i], asked[i] + ", seed " + seed);
        }
    }

    private static long bits(final Random random, final boolean small) {
        final long any =
                switch (random.nextInt(3)) {
                    case 0 -> random.nextLong();
                    case 1 -> SPECIAL[random.nextInt(SPECIAL.length)];
                    // Numbers near each other, so that sums do not vanish.
                    default ->
                            small
                                    ? Float.floatToIntBits(random.nextInt(1000) / 8f)
                                    : Double.doubleToLongBits(random.nextInt(1000) / 8.0);
                };
        final long signed = random.nextBoolean() ? any : any ^ (small ? 1L << 31 : 1L << 63);
        return small ? signed & 0xFFFFFFFFL : signed;
    }

    private String ints(final String operation, final int cell, final int a, final int b) {
        ints.setPlain(1, cell);
        final int result =
                switch (operation) {
                    case "exchange" -> ints.getAndSet(1, a);
                    case "compare" -> ints.compareAndSet(1, a, b) ? 1 : 0;
                    case "add" -> ints.getAndAdd(1, a);
                    case "max" -> ints.getAndMax(1, a);
                    case "plain" -> then(ints.getPlain(1), () -> ints.setPlain(1, a));
                    case "opaque" -> then(ints.getOpaque(1), () -> ints.setOpaque(1, a));
                    case "ordered" -> then(ints.getAcquire(1), () -> ints.setRelease(1, a));
                    default -> then(ints.getVolatile(1), () -> ints.setVolatile(1, a));
                };
        return String.format("%x %x\n", result, ints.getPlain(1));
    }

    private String longs(final String operation, final long cell, final long a, final long b) {
        longs.setPlain(1, cell);
        final long result =
                switch (operation) {
                    case "exchange" -> longs.getAndSet(1, a);
                    case "compare" -> longs.compareAndSet(1, a, b) ? 1 : 0;
                    case "add" -> longs.getAndAdd(1, a);
                    case "max" -> longs.getAndMax(1, a);
                    case "plain" -> then(longs.getPlain(1), () -> longs.setPlain(1, a));
                    case "opaque" -> then(longs.getOpaque(1), () -> longs.setOpaque(1, a));
                    case "ordered" -> then(longs.getAcquire(1), () -> longs.setRelease(1, a));
                    default -> then(longs.getVolatile(1), () -> longs.setVolatile(1, a));
                };
        return String.format("%x %x\n", result, longs.getPlain(1));
    }

    private String floats(final String operation, final int cell, final int x, final int y) {
        final float a = Float.intBitsToFloat(x);
        final float b = Float.intBitsToFloat(y);
        floats.setPlain(1, Float.intBitsToFloat(cell));
        if (operation.equals("compare")) {
            final int result = floats.compareAndSet(1, a, b) ? 1 : 0;
            return String.format("%x %x\n", result, Float.floatToRawIntBits(floats.getPlain(1)));
        }
        final float result =
                switch (operation) {
                    case "exchange" -> floats.getAndSet(1, a);
                    case "add" -> floats.getAndAdd(1, a);
                    case "max" -> floats.getAndMax(1, a);
                    case "plain" -> then(floats.getPlain(1), () -> floats.setPlain(1, a));
                    case "opaque" -> then(floats.getOpaque(1), () -> floats.setOpaque(1, a));
                    case "ordered" -> then(floats.getAcquire(1), () -> floats.setRelease(1, a));
                    default -> then(floats.getVolatile(1), () -> floats.setVolatile(1, a));
                };
        return String.format(
                "%x %x\n",
                Float.floatToRawIntBits(result), Float.floatToRawIntBits(floats.getPlain(1)));
    }

    private String doubles(final String operation, final long cell, final long x, final long y) {
        final double a = Double.longBitsToDouble(x);
        final double b = Double.longBitsToDouble(y);
        doubles.setPlain(1, Double.longBitsToDouble(cell));
        if (operation.equals("compare")) {
            final int result = doubles.compareAndSet(1, a, b) ? 1 : 0;
            return String.format(
                    "%x %x\n", result, Double.doubleToRawLongBits(doubles.getPlain(1)));
        }
        final double result =
                switch (operation) {
                    case "exchange" -> doubles.getAndSet(1, a);
                    case "add" -> doubles.getAndAdd(1, a);
                    case "max" -> doubles.getAndMax(1, a);
                    case "plain" -> then(doubles.getPlain(1), () -> doubles.setPlain(1, a));
                    case "opaque" -> then(doubles.getOpaque(1), () -> doubles.setOpaque(1, a));
                    case "ordered" -> then(doubles.getAcquire(1), () -> doubles.setRelease(1, a));
                    default -> then(doubles.getVolatile(1), () -> doubles.setVolatile(1, a));
                };
        return String.format(
                "%x %x\n",
                Double.doubleToRawLongBits(result),
                Double.doubleToRawLongBits(doubles.getPlain(1)));
    }

    @Test
    void bothLanguagesPackTheSameStates() throws Exception {
        final Path program = compile("g++", "-std=c++17");
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final StringBuilder input = new StringBuilder();
        final StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            final int[] n = random.ints(6, -1000, 1000).toArray();
            n[1] &= 1;
            final int state = VoiceStates.pack(n[0], n[1] != 0, n[2], n[3], n[4], n[5]);
            for (final int number : n) {
                input.append(number).append(' ');
            }
            input.append('\n');
            expected.append(
                    String.format(
                            "%d %d %d %d %d %d %d\n",
                            state,
                            VoiceStates.stageOf(state),
                            VoiceStates.isHeld(state) ? 1 : 0,
                            VoiceStates.channelOf(state),
                            VoiceStates.keyOf(state),
                            VoiceStates.velocityOf(state),
                            VoiceStates.generationOf(state)));
        }
        assertEquals(
                expected.toString(),
                CProgram.run(command(program, "voices"), input.toString()),
                "seed " + seed);
    }

    private static <T> T then(final T result, final Runnable after) {
        after.run();
        return result;
    }

    @Test
    void noChangeIsLostWhereAJavaAndACProcessChangeTheSameCells() throws Exception {
        final int count = 200_000;
        final Path program = compile("gcc", "-std=c11");
        final CompletableFuture<String> other =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return CProgram.run(
                                        command(program, "count", Integer.toString(count)), "");
                            } catch (final Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (ints.getAcquire(6) == 0) {
            assertTrue(!other.isDone() && System.nanoTime() < deadline, "C did not begin");
        }
        ints.setRelease(7, 1);
        for (int n = 1; n <= count; n++) {
            countInts(n);
            countLongs(n);
            countFloats(n);
            countDoubles(n);
        }
        assertEquals("", other.get(60, TimeUnit.SECONDS));
        final List<int[]> found =
                List.of(
                        rows(i -> ints.getAcquire(i)),
                        rows(i -> (int) longs.getAcquire(i)),
                        rows(i -> (int) floats.getAcquire(i)),
                        rows(i -> (int) doubles.getAcquire(i)));
        for (final int[] cells : found) {
            assertEquals(2 * count, cells[0], "sums");
            assertEquals(2 * count, cells[1], "sums by compare-and-set");
            assertEquals(2 * count + 1, cells[2], "the largest");
            assertEquals(2 * count, cells[3] + cells[4] + cells[5], "what was exchanged");
        }
    }

    private static int[] rows(final IntUnaryOperator cell) {
        return IntStream.range(0, 6).map(cell).toArray();
    }

    private void countInts(final int n) {
        ints.getAndAdd(0, 1);
        int seen;
        do {
            seen = ints.getOpaque(1);
        } while (!ints.compareAndSet(1, seen, seen + 1));
        ints.getAndMax(2, 2 * n + 1);
        ints.setPlain(5, ints.getPlain(5) + ints.getAndSet(3, 1));
    }

    private void countLongs(final int n) {
        longs.getAndAdd(0, 1);
        long seen;
        do {
            seen = longs.getOpaque(1);
        } while (!longs.compareAndSet(1, seen, seen + 1));
        longs.getAndMax(2, 2L * n + 1);
        longs.setPlain(5, longs.getPlain(5) + longs.getAndSet(3, 1));
    }

    private void countFloats(final int n) {
        floats.getAndAdd(0, 1);
        float seen;
        do {
            seen = floats.getOpaque(1);
        } while (!floats.compareAndSet(1, seen, seen + 1));
        floats.getAndMax(2, 2 * n + 1);
        floats.setPlain(5, floats.getPlain(5) + floats.getAndSet(3, 1));
    }

    private void countDoubles(final int n) {
        doubles.getAndAdd(0, 1);
        double seen;
        do {
            seen = doubles.getOpaque(1);
        } while (!doubles.compareAndSet(1, seen, seen + 1));
        doubles.getAndMax(2, 2 * n + 1);
        doubles.setPlain(5, doubles.getPlain(5) + doubles.getAndSet(3, 1));
    }
}
