// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.ReadOnlyRegion;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StructType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StructCopyTest {
    private static final StructType POINT =
            StructType.named("point", "A place.")
                    .field(FieldType.FLOAT32, "x", "across")
                    .field(FieldType.FLOAT32, "y", "up")
                    .build();

    /** Every type, singly and as an array, in an order that leaves gaps. */
    private static final StructType ALL = all();

    private static final RegionDeclaration REGION =
            RegionDeclaration.named("copies")
                    .snapshot("whole", "all types", new Role("writer", 0), ALL)
                    .build();

    private final StructCopy copy = new StructCopy(ALL);

    private static StructType all() {
        final StructType.Builder all = StructType.named("all", "All types.");
        for (final FieldType type : FieldType.values()) {
            if (type != FieldType.UTF8) {
                final String name = type.name().toLowerCase(Locale.ROOT);
                all.field(type, name, "").array(type, name + "_3", 3, "");
            }
        }
        return all.text("label", 9, "")
                .structs(POINT, "corners", 4, "")
                .struct(POINT, "middle", "")
                .align(8)
                .build();
    }

    @Test
    void eachFieldOfEachTypeLiesWhereTheStructHasItAndLeavesItsNeighboursAlone() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final ByteBuffer expected = ByteBuffer.allocate(ALL.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int round = 0; round < 2000; round++) {
            final Field field = ALL.fields().get(random.nextInt(ALL.fields().size()));
            if (field.struct() != null || field.isText()) {
                continue;
            }
            final int index = random.nextInt(field.count());
            final int at = field.offset() + index * field.elementSize();
            final long bits = random.nextLong();
            switch (field.type()) {
                case INT8 -> copy.integer(field.name()).set(index, (byte) bits);
                case UINT8 -> copy.integer(field.name()).set(index, bits & 0xFF);
                case INT16 -> copy.integer(field.name()).set(index, (short) bits);
                case UINT16 -> copy.integer(field.name()).set(index, bits & 0xFFFF);
                case INT32 -> copy.integer(field.name()).set(index, (int) bits);
                case UINT32 -> copy.integer(field.name()).set(index, bits & 0xFFFFFFFFL);
                case FLOAT32 -> copy.floating(field.name()).set(index, (int) bits);
                case FLOAT64 -> copy.floating(field.name()).set(index, bits);
                default -> copy.integer(field.name()).set(index, bits);
            }
            switch (field.elementSize()) {
                case 1 -> expected.put(at, (byte) bits);
                case 2 -> expected.putShort(at, (short) bits);
                case 4 ->
                        expected.putInt(
                                at,
                                field.type() == FieldType.FLOAT32
                                        ? Float.floatToRawIntBits((int) bits)
                                        : (int) bits);
                default ->
                        expected.putLong(
                                at,
                                field.type() == FieldType.FLOAT64
                                        ? Double.doubleToRawLongBits(bits)
                                        : bits);
            }
            assertEquals(
                    expected.clear(), copy.bytes(), "seed " + seed + ", round " + round + field);
        }
    }

    @Test
    void aSnapshotCarriesEveryFieldToTheOtherSide() {
        copy.integer("int8").set(-128);
        copy.integer("uint8_3").set(2, 255);
        copy.integer("uint16").set(65_535);
        copy.integer("int16_3").set(1, -2);
        copy.integer("uint32").set(4_294_967_295L);
        copy.integer("uint64").set(-1);
        copy.floating("float32").set(0.5);
        copy.floating("float64_3").set(2, -1e300);
        copy.floating("corners[3].y").set(7);
        copy.floating("middle.x").set(-7);
        copy.text("label").set("20 °C");

        final AtomicBuffer memory = Region.scratch(new RegionImage(REGION));
        final Snapshot snapshot = Snapshot.over(memory, REGION.section("whole").entry());
        snapshot.write(copy);
        final StructCopy read = new StructCopy(REGION.section("whole").element());
        assertTrue(snapshot.read(read, 1));

        assertArrayEquals(copy.words(), read.words());
        assertEquals(-128, read.integer("int8").get());
        assertEquals(255, read.integer("uint8_3").get(2));
        assertEquals(65_535, read.integer("uint16").get());
        assertEquals(-2, read.integer("int16_3").get(1));
        assertEquals(-2, read.integer("int16_3[1]").get());
        assertEquals(4_294_967_295L, read.integer("uint32").get());
        assertEquals(-1, read.integer("uint64").get());
        assertEquals(0.5, read.floating("float32").get());
        assertEquals(-1e300, read.floating("float64_3").get(2));
        assertEquals(7, read.floating("corners[3].y").get());
        assertEquals(0, read.floating("corners[3].x").get());
        assertEquals(-7, read.floating("middle.x").get());
        assertEquals("20 °C", read.text("label").get());
        assertEquals(3, read.integer("uint8_3").count());
        assertEquals(1, read.integer("uint8_3[0]").count());
        assertEquals(1, read.floating("float64").count());
    }

    @Test
    void aReadOnlyRegionSufficesToReadASnapshot(@TempDir final Path folder) {
        final Path file = folder.resolve("region");
        final Section declared = REGION.section("whole");
        final StructCopy read = new StructCopy(declared.element());
        final SnapshotReader reader;
        try (Region writing = Region.create(file, new RegionImage(REGION));
                ReadOnlyRegion reading = Region.attachReadOnly(file)) {
            copy.floating("middle.y").set(-0.25);
            Snapshot.over(writing.buffer(), writing.section(declared)).write(copy);
            reader = SnapshotReader.over(reading.loads(), reading.section(declared));
            assertTrue(reader.read(read, 1));
            assertEquals(-0.25, read.floating("middle.y").get());
        }
        assertThrows(IllegalStateException.class, () -> reader.read(read, 1));
    }

    @Test
    void aNumberThatTheFieldCannotHoldIsRefusedAndChangesNothing() {
        copy.integer("uint8").set(255);
        assertEquals(
                "The field \"uint8\" is UINT8 and holds 0…255, but the value is 256.",
                refusal(() -> copy.integer("uint8").set(256)));
        assertEquals(
                "The field \"uint8\" is UINT8 and holds 0…255, but the value is -1.",
                refusal(() -> copy.integer("uint8").set(-1)));
        assertEquals(
                "The field \"int16\" is INT16 and holds -32768…32767, but the value is 32768.",
                refusal(() -> copy.integer("int16").set(32_768)));
        assertEquals(255, copy.integer("uint8").get());
        assertEquals(0, copy.integer("int16").get());
        copy.integer("int64").set(Long.MIN_VALUE);
        assertEquals(Long.MIN_VALUE, copy.integer("int64").get());
        assertThrows(IndexOutOfBoundsException.class, () -> copy.integer("uint8_3").set(3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> copy.floating("float32").get(1));
    }

    @Test
    void aTextIsWholeOrRefused() {
        final TextField label = copy.text("label");
        assertEquals(8, label.room());
        label.set("12345678");
        assertEquals("12345678", label.get());
        assertEquals(
                "The field \"label\" holds at most 8 bytes of UTF-8, but the text \"1234567ü\""
                        + " has 9.",
                refusal(() -> label.set("1234567ü")));
        assertEquals(
                "The text for the field \"label\" contains the character 0, at which it would"
                        + " end.",
                refusal(() -> label.set("a\0b")));
        assertEquals("12345678", label.get());
        label.set("é");
        assertEquals("é", label.get());
        final byte[] bytes = new byte[9];
        copy.bytes().get(ALL.offset("label"), bytes);
        assertArrayEquals("é\0\0\0\0\0\0\0".getBytes(StandardCharsets.UTF_8), bytes);
        label.set("");
        assertEquals("", label.get());
    }

    @Test
    void aPathThatLeadsNowhereIsRefusedWithTheReason() {
        assertEquals(
                "The struct \"all\" has no field \"missing\".",
                refusal(() -> copy.integer("missing")));
        assertEquals(
                "The field \"float32\" of the struct \"all\" is not an integer: it is FLOAT32.",
                refusal(() -> copy.integer("float32")));
        assertEquals(
                "The field \"int8\" of the struct \"all\" is not a floating point number: it is"
                        + " INT8.",
                refusal(() -> copy.floating("int8")));
        assertEquals(
                "The field \"label\" of the struct \"all\" is not an integer: it is UTF8.",
                refusal(() -> copy.integer("label")));
        assertEquals(
                "The field \"int8\" of the struct \"all\" is not a text: it is INT8.",
                refusal(() -> copy.text("int8")));
        assertEquals(
                "The path \"middle\" does not lead to a field: \"middle\" is a struct; name one of"
                        + " its fields after a dot.",
                refusal(() -> copy.floating("middle")));
        assertEquals(
                "The path \"corners.x\" does not lead to a field: \"corners\" is an array of"
                        + " structs; name one of them by an index in brackets.",
                refusal(() -> copy.floating("corners.x")));
        assertEquals(
                "The path \"corners[4].x\" asks for element 4, but \"corners\" has 4.",
                refusal(() -> copy.floating("corners[4].x")));
        assertEquals(
                "The path \"int8.x\" does not lead to a field: \"int8\" is no struct.",
                refusal(() -> copy.integer("int8.x")));
        assertEquals(
                "The path \"label[0]\" does not lead to a field: \"label[0]\" is a text, which has"
                        + " no elements.",
                refusal(() -> copy.text("label[0]")));
        assertEquals(
                "The path \"middle..x\" has the step \"\", but a step is a field's name and, for an"
                        + " element of an array, an index in brackets.",
                refusal(() -> copy.floating("middle..x")));
    }

    @Test
    void aCopyOfAnotherStructIsNeitherWrittenNorRead() {
        final AtomicBuffer memory = Region.scratch(new RegionImage(REGION));
        final Snapshot snapshot = Snapshot.over(memory, REGION.section("whole").entry());
        final StructCopy other = new StructCopy(POINT);
        final String sentence =
                "The snapshot holds a struct of "
                        + ALL.size()
                        + " bytes, but \"point\" has 8. Make the copy from the section's own"
                        + " struct.";
        assertEquals(sentence, refusal(() -> snapshot.write(other)));
        assertEquals(sentence, refusal(() -> snapshot.read(other, 1)));
    }

    @Test
    void clearingSetsEveryByteToZero() {
        copy.integer("int64").set(-1);
        copy.text("label").set("full");
        copy.clear();
        assertArrayEquals(new long[copy.words().length], copy.words());
    }

    private static String refusal(final Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
