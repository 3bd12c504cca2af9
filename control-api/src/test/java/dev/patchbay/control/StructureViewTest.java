// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Structure;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.ReadOnlyRegion;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StructType;
import dev.patchbay.layout.testing.RandomDeclarations;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StructureViewTest {
    @TempDir private Path folder;

    private static StructType envelope() {
        return StructType.named("envelope", "")
                .field(FieldType.FLOAT32, "attack", "")
                .array(FieldType.INT16, "steps", 3, "")
                .build();
    }

    private static StructType patch() {
        return StructType.named("patch", "One of everything.")
                .field(FieldType.INT8, "a", "")
                .field(FieldType.UINT8, "b", "")
                .field(FieldType.INT16, "c", "")
                .field(FieldType.UINT16, "d", "")
                .field(FieldType.INT32, "e", "")
                .field(FieldType.UINT32, "f", "")
                .field(FieldType.INT64, "g", "")
                .field(FieldType.UINT64, "h", "")
                .field(FieldType.FLOAT32, "i", "")
                .align(64)
                .field(FieldType.FLOAT64, "j", "")
                .text("title", 11, "")
                .struct(envelope(), "volume", "")
                .structs(envelope(), "filters", 2, "")
                .array(FieldType.FLOAT64, "levels", 2, "")
                .align(32)
                .build();
    }

    private static Object field(final Structure structure, final String name) {
        try {
            return structure.getClass().getField(name).get(structure);
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String refusal(final Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }

    @Test
    void whatIsWrittenIntoARegionComesOutOfTheNamedFields() {
        final StructType patch = patch();
        final RegionDeclaration declaration =
                RegionDeclaration.named("one")
                        .structs("patches", "", Role.CONTROL, patch, 3)
                        .build();
        final Section patches = declaration.section("patches");
        try (Region region =
                Region.create(folder.resolve("region"), new RegionImage(declaration))) {
            final AtomicBuffer buffer = region.buffer();
            final int at = (int) patches.elementOffset(2);
            buffer.putByte(at + patch.offset("a"), (byte) -1);
            buffer.putByte(at + patch.offset("b"), (byte) 200);
            buffer.putShort(at + patch.offset("c"), (short) -300);
            buffer.putShort(at + patch.offset("d"), (short) 60_000);
            buffer.putInt(at + patch.offset("e"), -70_000);
            buffer.putInt(at + patch.offset("f"), (int) 4_000_000_000L);
            buffer.putLong(at + patch.offset("g"), Long.MIN_VALUE);
            buffer.putLong(at + patch.offset("h"), -1);
            buffer.putFloat(at + patch.offset("i"), 0.1f);
            buffer.putDouble(at + patch.offset("j"), Math.PI);
            buffer.putBytes(at + patch.offset("title"), "Tüte\0rest".getBytes(UTF_8));
            final int volume = at + patch.offset("volume");
            buffer.putFloat(volume + envelope().offset("attack"), 0.5f);
            buffer.putShort(volume + envelope().offset("steps") + 2 * Short.BYTES, (short) 9);
            final int second = at + patch.offset("filters") + envelope().size();
            buffer.putFloat(second + envelope().offset("attack"), 0.75f);
            buffer.putShort(second + envelope().offset("steps"), (short) -9);
            buffer.putDouble(at + patch.offset("levels") + Double.BYTES, 2.5);

            final StructureCopy copy = StructureView.of(patch).copy(buffer, at);
            assertEquals((byte) -1, field(copy, "a"));
            assertEquals((byte) 200, field(copy, "b"));
            assertEquals((short) -300, field(copy, "c"));
            assertEquals((short) 60_000, field(copy, "d"));
            assertEquals(-70_000, field(copy, "e"));
            assertEquals((int) 4_000_000_000L, field(copy, "f"));
            assertEquals(Long.MIN_VALUE, field(copy, "g"));
            assertEquals(-1L, field(copy, "h"));
            assertEquals(0.1f, field(copy, "i"));
            assertEquals(Math.PI, field(copy, "j"));
            assertEquals("Tüte", copy.text("title"));
            final StructureCopy inner = (StructureCopy) field(copy, "volume");
            assertEquals(0.5f, field(inner, "attack"));
            assertArrayEquals(new short[] {0, 0, 9}, (short[]) field(inner, "steps"));
            final StructureCopy last = (StructureCopy) Array.get(field(copy, "filters"), 1);
            assertEquals(0.75f, field(last, "attack"));
            assertArrayEquals(new short[] {-9, 0, 0}, (short[]) field(last, "steps"));
            assertArrayEquals(new double[] {0, 2.5}, (double[]) field(copy, "levels"));
        }
    }

    @Test
    void everyFieldOfAnyDeclarationComesOutAsItLiesInTheRegion() {
        final Set<FieldType> types = EnumSet.noneOf(FieldType.class);
        for (long seed = 0; seed < 20; seed++) {
            final RegionDeclaration declaration = RandomDeclarations.of(seed);
            final byte[] bytes = new byte[(int) declaration.length()];
            new Random(seed).nextBytes(bytes);
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            for (final Section section : declaration.sections()) {
                if (section.element() != null) {
                    final int at = (int) section.elementOffset(section.count() - 1);
                    final StructureCopy copy = StructureView.of(section.element()).copy(buffer, at);
                    compare(copy, section.element(), buffer, at, types);
                    StructureView.check(copy, section.element());
                }
            }
        }
        assertEquals(EnumSet.allOf(FieldType.class), types);
    }

    private static void compare(
            final Structure copy,
            final StructType struct,
            final AtomicBuffer buffer,
            final int base,
            final Set<FieldType> types) {
        for (final Field f : struct.fields()) {
            final Object value = field(copy, f.name());
            assertEquals(f.count() > 1 || f.isText(), value.getClass().isArray());
            for (int i = 0; i < f.count(); i++) {
                final Object element = value.getClass().isArray() ? Array.get(value, i) : value;
                final int at = base + f.offset() + i * f.elementSize();
                if (f.struct() != null) {
                    compare((Structure) element, f.struct(), buffer, at, types);
                } else {
                    types.add(f.type());
                    assertEquals(load(buffer, f.type(), at), element, f.name());
                }
            }
        }
    }

    private static Object load(final AtomicBuffer buffer, final FieldType type, final int at) {
        return switch (type) {
            case INT8, UINT8, UTF8 -> buffer.getByte(at);
            case INT16, UINT16 -> buffer.getShort(at);
            case INT32, UINT32 -> buffer.getInt(at);
            case INT64, UINT64 -> buffer.getLong(at);
            case FLOAT32 -> buffer.getFloat(at);
            case FLOAT64 -> buffer.getDouble(at);
        };
    }

    @Test
    void aCopyIsDetached() {
        final StructType envelope = envelope();
        final AtomicBuffer buffer = new UnsafeBuffer(new byte[64]);
        buffer.putFloat(16, 1.5f);
        final StructureView<StructureCopy> view = StructureView.of(envelope);
        final StructureCopy copy = view.copy(buffer, 16);
        copy.writeField("attack", 7f);
        copy.write();
        assertEquals(1.5f, buffer.getFloat(16), "writing the copy leaves the region alone");
        buffer.putFloat(16, 2.5f);
        copy.read();
        assertEquals(7f, field(copy, "attack"), "the region's changes do not show");
        assertSame(copy, view.refresh(copy, buffer, 16));
        assertEquals(2.5f, field(copy, "attack"));
    }

    @Test
    void aRegionThatIsMappedReadOnlyIsReadThroughItsLoads() {
        final RegionDeclaration declaration =
                RegionDeclaration.named("two").constants("words", "", envelope(), 5).build();
        final Section words = declaration.section("words");
        final RegionImage image = new RegionImage(declaration);
        image.set(words, 3, "steps", 77L);
        final Path file = folder.resolve("region");
        Region.create(file, image).close();
        try (ReadOnlyRegion region = Region.attachReadOnly(file)) {
            final StructureCopy copy =
                    StructureView.of(envelope()).copy(region.loads(), (int) words.elementOffset(3));
            assertEquals(77, ((short[]) field(copy, "steps"))[0]);
        }
    }

    @Test
    void theWordsOfASnapshotBecomeAStructure() {
        final StructType song =
                StructType.named("song", "")
                        .field(FieldType.INT64, "position", "")
                        .field(FieldType.FLOAT64, "tempo", "")
                        .build();
        final Snapshot snapshot = new Snapshot(new UnsafeBuffer(new byte[24]), 0, 8, 2);
        snapshot.write(new long[] {480, Double.doubleToRawLongBits(120)});
        final long[] words = new long[2];
        assertTrue(snapshot.read(words, 1));
        final StructureCopy copy = StructureView.of(song).copy(words);
        assertEquals(480L, field(copy, "position"));
        assertEquals(120.0, field(copy, "tempo"));
        assertEquals(
                "The struct \"song\" has 16 bytes, but there are 1 words of 8.",
                refusal(() -> StructureView.of(song).copy(new long[1])));
    }

    @Test
    void jnaPlacesWhatTheDeclarationPlaces() {
        final StructType patch = patch();
        final StructureCopy copy = StructureView.of(patch).copy(new UnsafeBuffer(new byte[256]), 0);
        assertEquals(patch.size(), copy.size());
        assertEquals(patch.alignment(), copy.alignment());
        for (final Field f : patch.fields()) {
            assertEquals(f.offset(), copy.offset(f.name()), f.name());
        }
    }

    @Test
    void structsOfTheSameBytesAndNamesShareAClassAndOthersDoNot() {
        final AtomicBuffer buffer = new UnsafeBuffer(new byte[64]);
        final StructType namesake =
                StructType.named("envelope", "").field(FieldType.INT8, "attack", "").build();
        assertSame(
                StructureView.of(envelope()).copy(buffer, 0).getClass(),
                StructureView.of(envelope()).copy(buffer, 0).getClass());
        assertNotSame(
                StructureView.of(envelope()).copy(buffer, 0).getClass(),
                StructureView.of(namesake).copy(buffer, 0).getClass());
    }

    @Test
    void aTextMayFillItsRoomOrHoldBytesThatAreNoText() {
        final StructType name = StructType.named("label", "").text("name", 4, "").build();
        final AtomicBuffer buffer = new UnsafeBuffer(new byte[8]);
        final StructureView<StructureCopy> view = StructureView.of(name);
        buffer.putBytes(0, "abcd".getBytes(UTF_8));
        assertEquals("abcd", view.copy(buffer, 0).text("name"));
        buffer.putBytes(0, new byte[] {'a', (byte) 0xFF, 'b', 0});
        assertEquals("a\uFFFDb", view.copy(buffer, 0).text("name"));
        buffer.putByte(0, (byte) 0);
        assertEquals("", view.copy(buffer, 0).text("name"));
        assertEquals(
                "The field \"attack\" is no text: it is of type Float, expected byte[].",
                refusal(
                        () ->
                                StructureView.of(envelope())
                                        .copy(new UnsafeBuffer(new byte[16]), 0)
                                        .text("attack")));
    }

    @Test
    void aPlaceOutsideTheBufferOrOffTheAlignmentIsRefused() {
        final StructureView<StructureCopy> view = StructureView.of(envelope());
        final AtomicBuffer buffer = new UnsafeBuffer(new byte[64]);
        assertEquals(
                "The struct \"envelope\" is read in words of 8 bytes, from byte 56 to 72, but the"
                        + " region has 64 bytes.",
                refusal(() -> view.copy(buffer, 56)));
        refusal(() -> view.copy(buffer, -4));
        refusal(() -> view.copy(buffer, Integer.MAX_VALUE - 3));
        assertEquals(
                "The struct \"envelope\" lies at a multiple of 4 bytes, but 2 was asked for.",
                refusal(() -> view.copy(buffer, 2)));
        view.copy(buffer, 52);
    }

    @Test
    void aStructOfMoreFieldsThanAClassCanHaveIsRefused() {
        final StructType.Builder many = StructType.named("many", "");
        for (int i = 0; i < 20_000; i++) {
            many.array(FieldType.INT32, "f" + i, 2, "");
        }
        assertEquals(
                "The struct \"many\" has 20000 fields, more than a Java class can have: declare"
                        + " arrays instead.",
                refusal(() -> StructureView.of(many.build())));
    }
}
