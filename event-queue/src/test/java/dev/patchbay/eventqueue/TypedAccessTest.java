// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionHeader;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A C program that reads and writes declared structs, arrays, snapshots and triple buffers by the functions of its header. */
class TypedAccessTest {
    private static final RegionDeclaration LAB = Declarations.lab();

    @TempDir private Path folder;
    private Path file;
    private Path source;
    private Region region;
    private AtomicBuffer buffer;

    @BeforeEach
    void create() throws Exception {
        final RegionImage image = new RegionImage(LAB);
        image.set(LAB.section("floor_plan"), 2, "x", 1.5);
        image.set(LAB.section("floor_plan"), 2, "y", 2.5);
        image.set(LAB.section("floor_plan"), 2, "certainty", 0.5);
        file = folder.resolve("region");
        region = Region.create(file, image);
        buffer = region.buffer();
        Files.writeString(folder.resolve("lab.h"), HeaderGenerator.generate(LAB));
        source =
                Files.writeString(
                        folder.resolve("typed.c"),
                        CText.read(
                                "typed.c", TypedAccessTest.class.getResourceAsStream("typed.c")));
    }

    @AfterEach
    void close() {
        region.close();
    }

    private SectionEntry section(final String name) {
        return region.section(LAB.section(name));
    }

    private int sensor(final int index, final String field) {
        return section("sensors").elementOffset(index) + Declarations.SENSOR.offset(field);
    }

    /** One compiler of each language; on the other machine, C. */
    private static Stream<Compiler> compilers() {
        return Stream.concat(
                Compiler.basic(),
                Compiler.all()
                        .filter(c -> !c.emulator().isEmpty() || c.command().contains("clang"))
                        .filter(c -> c.command().contains("-std=c11")));
    }

    @ParameterizedTest
    @MethodSource("compilers")
    void cAndJavaReadWhatTheOtherWroteIntoDeclaredSections(final Compiler compiler)
            throws Exception {
        compiler.assumeRunnable();
        buffer.putDouble(sensor(1, "value"), 0.1);
        buffer.putShort(sensor(1, "samples") + 8, (short) -300);
        buffer.putByte(sensor(1, "quality"), (byte) 200);
        fillArrays();
        final Snapshot latest = Snapshot.over(buffer, section("latest"));
        final long[] words = new long[latest.words()];
        words[0] = 1_000_000_000_000L;
        words[2] = Double.doubleToRawLongBits(4.25);
        latest.write(words);
        final Counters counters = Counters.over(buffer, section("device_counters"));
        counters.add(0, 17);
        assertEquals(
                """
                corner 1.5 2.5 0.5
                sensor 0.10000000000000001 -300 200
                int8 -128
                uint8 254
                int16 -32768
                uint16 65534
                int32 -2147483648
                uint32 4294967294
                int64 -9223372036854775808
                uint64 18446744073709551614
                float 0.5
                double 0.25
                latest 1000000000000 4.25
                target 6.5
                readings 17
                """,
                compiler.run(source, file.toString()));
        assertEquals(-7, buffer.getByte(sensor(2, "channel")));
        final int certainty =
                2 * Declarations.POINT.size() + Declarations.POINT.offset("certainty");
        assertEquals(0.75f, buffer.getFloat(sensor(2, "trail") + certainty));
        assertEquals(0xFEDCBA9876543210L, buffer.getLong(sensor(2, "reading")));
        checkArrays();
        assertTrue(latest.read(words, 1));
        assertEquals(1_000_000_000_001L, words[0]);
        assertEquals(-2.5, Double.longBitsToDouble(words[2]));
        assertEquals(3, counters.getAcquire(1));
        final TripleBuffer targets = TripleBuffer.over(buffer, section("targets"));
        assertTrue(targets.refresh());
        assertEquals(
                0.5, buffer.getDouble(targets.readerOffset() + Declarations.POINT.offset("y")));
    }

    private void fillArrays() {
        buffer.putByte(element("int8", 0), Byte.MIN_VALUE);
        buffer.putByte(element("uint8", 0), (byte) -2);
        buffer.putShort(element("int16", 0), Short.MIN_VALUE);
        buffer.putShort(element("uint16", 0), (short) -2);
        buffer.putInt(element("int32", 0), Integer.MIN_VALUE);
        buffer.putInt(element("uint32", 0), -2);
        buffer.putLong(element("int64", 0), Long.MIN_VALUE);
        buffer.putLong(element("uint64", 0), -2);
        buffer.putFloat(element("float", 0), 0.5f);
        buffer.putDouble(element("double", 0), 0.25);
    }

    private void checkArrays() {
        assertEquals(Byte.MIN_VALUE + 1, buffer.getByte(element("int8", 2)));
        assertEquals(-1, buffer.getByte(element("uint8", 2)));
        assertEquals(Short.MIN_VALUE + 1, buffer.getShort(element("int16", 2)));
        assertEquals(-1, buffer.getShort(element("uint16", 2)));
        assertEquals(Integer.MIN_VALUE + 1, buffer.getInt(element("int32", 2)));
        assertEquals(-1, buffer.getInt(element("uint32", 2)));
        assertEquals(Long.MIN_VALUE + 1, buffer.getLong(element("int64", 2)));
        assertEquals(-1, buffer.getLong(element("uint64", 2)));
        assertEquals(1.5f, buffer.getFloat(element("float", 2)));
        assertEquals(1.25, buffer.getDouble(element("double", 2)));
        assertEquals(0, buffer.getByte(element("int8", 3)), "nothing was stored beyond the last");
    }

    private int element(final String type, final int index) {
        return section(type + "_values").elementOffset(index);
    }

    /** The hash can be right and the numbers beside it wrong: then the functions would leave the section. */
    @Test
    void aSectionWhoseElementsDoNotFitTheStructIsNotFound() throws Exception {
        final int entry =
                RegionHeader.DIRECTORY_OFFSET
                        + LAB.sections().indexOf(LAB.section("sensors"))
                                * RegionHeader.ENTRY.size();
        final int stride = entry + RegionHeader.ENTRY.offset("stride");
        final int right = buffer.getInt(stride);
        assertEquals("found\n", find(stride, right));
        for (final int wrong : new int[] {right - 8, 8, right - 1}) {
            assertEquals("not found\n", find(stride, wrong), () -> "a stride of " + wrong);
        }
        final int elements = entry + RegionHeader.ENTRY.offset("elements_offset");
        final int count = entry + RegionHeader.ENTRY.offset("count");
        final int copyStride = entry + RegionHeader.ENTRY.offset("copy_stride");
        assertEquals("found\n", find(stride, right, count, 2, copyStride, 2 * right));
        assertEquals("not found\n", find(elements, 4, count, 2, copyStride, 2 * right));
        assertEquals("not found\n", find(elements, 0, count, 2, copyStride, 2 * right + 4));
    }

    /** Whether C finds the sensors after it changed words at these offsets; they are put back. */
    private String find(final int... offsetsAndValues) throws Exception {
        final List<String> arguments = new ArrayList<>(List.of(file.toString()));
        final Map<Integer, Integer> before = new HashMap<>();
        for (int i = 0; i < offsetsAndValues.length; i += 2) {
            before.put(offsetsAndValues[i], buffer.getInt(offsetsAndValues[i]));
        }
        Arrays.stream(offsetsAndValues).forEach(n -> arguments.add(Integer.toString(n)));
        final Compiler compiler = Compiler.basic().findFirst().orElseThrow();
        final String answer = compiler.run(source, arguments.toArray(String[]::new));
        before.forEach(buffer::putInt);
        return answer;
    }
}
