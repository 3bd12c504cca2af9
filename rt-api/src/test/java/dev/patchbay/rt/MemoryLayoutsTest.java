// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.PathElement.sequenceElement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionHeader;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import dev.patchbay.layout.testing.RandomDeclarations;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two mappings of one file: handles by path on one side, Agrona and the declaration's offsets on the other. */
class MemoryLayoutsTest {
    @TempDir private Path folder;

    /** A scalar somewhere in a region: how each side finds it. */
    private record Leaf(List<PathElement> path, long offset, FieldType type) {}

    private static MemorySegment map(final Path file, final Arena arena) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, channel.size(), arena);
        }
    }

    private static List<PathElement> with(final List<PathElement> path, final PathElement last) {
        final List<PathElement> longer = new ArrayList<>(path);
        longer.add(last);
        return longer;
    }

    private static List<Integer> ends(final int count) {
        return count == 1 ? List.of(0) : List.of(0, count - 1);
    }

    /** First and last of each array, in the first and the last copy. */
    private static List<Leaf> leaves(final Section section) {
        final List<Leaf> leaves = new ArrayList<>();
        final List<PathElement> start = List.of(groupElement(section.name()));
        if (section.head() != null) {
            final List<PathElement> head = with(start, groupElement(MemoryLayouts.HEAD));
            collect(section.head(), section.offset(), head, leaves);
        }
        for (final int copy : ends(section.copies())) {
            final List<PathElement> array =
                    section.copies() == 1
                            ? start
                            : with(
                                    with(start, groupElement(MemoryLayouts.COPIES)),
                                    sequenceElement(copy));
            final List<PathElement> elements = with(array, groupElement(MemoryLayouts.ELEMENTS));
            for (final int index : ends(section.count())) {
                final List<PathElement> path = with(elements, sequenceElement(index));
                final long at = section.elementOffset(index) + (long) copy * section.copyStride();
                if (section.element() == null) {
                    leaves.add(new Leaf(path, at, section.scalar()));
                } else {
                    collect(section.element(), at, path, leaves);
                }
            }
        }
        return leaves;
    }

    private static void collect(
            final StructType struct,
            final long base,
            final List<PathElement> before,
            final List<Leaf> leaves) {
        for (final Field field : struct.fields()) {
            final List<PathElement> path = with(before, groupElement(field.name()));
            for (final int i : ends(field.count())) {
                final long at = base + field.offset() + (long) i * field.elementSize();
                final List<PathElement> element =
                        field.count() > 1 || field.isText() ? with(path, sequenceElement(i)) : path;
                if (field.struct() == null) {
                    leaves.add(new Leaf(element, at, field.type()));
                } else {
                    collect(field.struct(), at, element, leaves);
                }
            }
        }
    }

    private static void store(
            final VarHandle handle,
            final MemorySegment memory,
            final FieldType type,
            final long bits) {
        switch (type) {
            case INT8, UINT8, UTF8 -> handle.setRelease(memory, 0L, (byte) bits);
            case INT16, UINT16 -> handle.setRelease(memory, 0L, (short) bits);
            case INT32, UINT32 -> handle.setRelease(memory, 0L, (int) bits);
            case INT64, UINT64 -> handle.setRelease(memory, 0L, bits);
            case FLOAT32 -> handle.setRelease(memory, 0L, Float.intBitsToFloat((int) bits));
            case FLOAT64 -> handle.setRelease(memory, 0L, Double.longBitsToDouble(bits));
        }
    }

    private static long load(
            final VarHandle handle, final MemorySegment memory, final FieldType type) {
        return switch (type) {
            case INT8, UINT8, UTF8 -> (byte) handle.getAcquire(memory, 0L);
            case INT16, UINT16 -> (short) handle.getAcquire(memory, 0L);
            case INT32, UINT32 -> (int) handle.getAcquire(memory, 0L);
            case INT64, UINT64 -> (long) handle.getAcquire(memory, 0L);
            case FLOAT32 -> Float.floatToRawIntBits((float) handle.getAcquire(memory, 0L));
            case FLOAT64 -> Double.doubleToRawLongBits((double) handle.getAcquire(memory, 0L));
        };
    }

    private static void put(final AtomicBuffer buffer, final Leaf leaf, final long bits) {
        final int at = (int) leaf.offset();
        switch (leaf.type().size()) {
            case 1 -> buffer.putByte(at, (byte) bits);
            case 2 -> buffer.putShort(at, (short) bits);
            case 4 -> buffer.putInt(at, (int) bits);
            default -> buffer.putLong(at, bits);
        }
    }

    private static long get(final AtomicBuffer buffer, final Leaf leaf) {
        final int at = (int) leaf.offset();
        return switch (leaf.type().size()) {
            case 1 -> buffer.getByte(at);
            case 2 -> buffer.getShort(at);
            case 4 -> buffer.getInt(at);
            default -> buffer.getLong(at);
        };
    }

    /** Bits of a type, sign-extended; no NaN, whose bits a processor may change. */
    private static long value(final Random random, final FieldType type) {
        return switch (type) {
            case FLOAT32 -> Float.floatToRawIntBits(random.nextFloat() - 0.5f);
            case FLOAT64 -> Double.doubleToRawLongBits(random.nextDouble() - 0.5);
            default -> {
                final int unused = Long.SIZE - type.size() * Byte.SIZE;
                yield random.nextLong() << unused >> unused;
            }
        };
    }

    @Test
    void whatAHandleStoresAgronaLoadsAndTheOtherWayRound() throws IOException {
        final Set<FieldType> types = EnumSet.noneOf(FieldType.class);
        for (long seed = 0; seed < 25; seed++) {
            final RegionDeclaration declaration = RandomDeclarations.of(seed);
            final Random random = new Random(seed);
            final Path file = folder.resolve(declaration.name());
            try (Region region = Region.create(file, new RegionImage(declaration));
                    Arena arena = Arena.ofConfined()) {
                final StructLayout layout = MemoryLayouts.of(declaration);
                final MemorySegment memory = map(file, arena);
                for (final Section section : declaration.sections()) {
                    for (final Leaf leaf : leaves(section)) {
                        types.add(leaf.type());
                        exchange(layout, leaf, memory, region.buffer(), random);
                    }
                }
            }
        }
        assertEquals(EnumSet.allOf(FieldType.class), types);
    }

    private static void exchange(
            final StructLayout layout,
            final Leaf leaf,
            final MemorySegment memory,
            final AtomicBuffer buffer,
            final Random random) {
        final VarHandle handle = layout.varHandle(leaf.path().toArray(PathElement[]::new));
        final long there = value(random, leaf.type());
        store(handle, memory, leaf.type(), there);
        assertEquals(there, get(buffer, leaf), leaf::toString);
        final long back = value(random, leaf.type());
        put(buffer, leaf, back);
        assertEquals(back, load(handle, memory, leaf.type()), leaf::toString);
    }

    @Test
    void aPathOfNamesLeadsIntoTheStandardRegion() throws IOException {
        final RegionDeclaration standard =
                StandardRegion.declare(new StandardRegion.Counts(8, 4, 1, 2, 64, 64, 64, 1024));
        final StructLayout layout = MemoryLayouts.of(standard);
        final Path file = folder.resolve("region");
        try (Region region = Region.create(file, new RegionImage(standard));
                Arena arena = Arena.ofConfined()) {
            final MemorySegment memory = map(file, arena);
            final VarHandle tempo =
                    layout.varHandle(
                            groupElement("transport"),
                            groupElement("elements"),
                            sequenceElement(0),
                            groupElement("tempo"));
            tempo.setRelease(memory, 0L, 93.5);
            final Section transport = standard.section("transport");
            assertEquals(
                    93.5,
                    region.buffer()
                            .getDouble(
                                    (int) transport.elementOffset(0)
                                            + transport.element().offset("tempo")));
            final VarHandle clips =
                    layout.varHandle(
                            groupElement("voice_levels"),
                            groupElement("elements"),
                            sequenceElement(),
                            groupElement("clips"));
            clips.setRelease(memory, 0L, 3L, 25L);
            final Section voices = standard.section("voice_levels");
            assertEquals(
                    25,
                    region.buffer()
                            .getLong(
                                    (int) voices.elementOffset(3)
                                            + voices.element().offset("clips")));
            final VarHandle magic =
                    layout.varHandle(groupElement(MemoryLayouts.HEADER), groupElement("magic"));
            assertEquals(RegionHeader.MAGIC, (long) magic.get(memory, 0L));
            final VarHandle kind =
                    layout.varHandle(
                            groupElement(MemoryLayouts.DIRECTORY),
                            sequenceElement(),
                            groupElement("kind"));
            for (int i = 0; i < standard.sections().size(); i++) {
                assertEquals(
                        standard.sections().get(i).kind().code(),
                        (int) kind.get(memory, 0L, (long) i));
            }
        }
    }

    @Test
    void aSampleLiesWhereTheGeometryThatTheHeadTellsSaysItDoes() throws IOException {
        final RegionDeclaration standard =
                StandardRegion.declare(new StandardRegion.Counts(8, 4, 1, 2, 77, 64, 64, 1024));
        final Section audio = standard.section("audio");
        final AtomicBuffer buffer = Region.scratch(new RegionImage(standard));
        final int head = (int) audio.offset();
        final int samples = buffer.getInt(head + Heads.AUDIO_BLOCKS.offset("samples_offset"));
        final int channel = buffer.getInt(head + Heads.AUDIO_BLOCKS.offset("channel_stride"));
        assertEquals(
                audio.elementOffset(1) + samples + 2L * channel + 76L * Float.BYTES,
                MemoryLayouts.of(standard)
                        .byteOffset(
                                groupElement("audio"),
                                groupElement("elements"),
                                sequenceElement(1),
                                groupElement("channels"),
                                sequenceElement(2),
                                groupElement("samples"),
                                sequenceElement(76)));
    }

    @Test
    void aStructIsAlignedAsDeclaredAndItsPaddingHasNoName() {
        final StructType struct =
                StructType.named("apart", "")
                        .field(FieldType.INT8, "first", "")
                        .struct(StandardStructs.PARAMETER_CHANGE, "inner", "")
                        .align(64)
                        .text("letter", 1, "")
                        .field(FieldType.FLOAT64, "last", "")
                        .align(32)
                        .build();
        final StructLayout layout = MemoryLayouts.of(struct);
        assertEquals(Optional.of("apart"), layout.name());
        assertEquals(struct.size(), layout.byteSize());
        assertEquals(struct.alignment(), layout.byteAlignment());
        assertEquals(64, layout.byteOffset(groupElement("letter"), sequenceElement(0)));
        int padding = 0;
        for (final MemoryLayout member : layout.memberLayouts()) {
            if (member instanceof PaddingLayout) {
                assertEquals(Optional.empty(), member.name());
                padding++;
            }
        }
        // Before inner, before letter, before last and after it.
        assertEquals(4, padding);
        assertTrue(layout.select(groupElement("inner")) instanceof StructLayout);
    }
}
