// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.layout.AudioGeometry;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionHeader;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StructType;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Declarations as memory layouts of {@code java.lang.foreign}, for code that works on a {@link java.lang.foreign.MemorySegment}.
 * Each member lies where the declaration says and has its name, so handles and offsets are found by path:
 *
 * <pre>{@code
 * StructLayout region = MemoryLayouts.of(declaration);
 * VarHandle tempo = region.varHandle(
 *         groupElement("transport"), groupElement("elements"), sequenceElement(0), groupElement("tempo"));
 * try (Arena arena = Arena.ofShared(); FileChannel file = FileChannel.open(path, READ, WRITE)) {
 *     MemorySegment memory = file.map(READ_WRITE, 0, region.byteSize(), arena);
 *     double now = (double) tempo.getAcquire(memory, 0L);
 * }
 * }</pre>
 *
 * <p>Scalars are in native order and aligned naturally, so their handles can store with release and load with acquire, and those of
 * 32 and 64 bits can compare and set. Use the order that {@link dev.patchbay.layout.SectionKind#order} names for the section: a
 * plain {@code set} into shared memory is rarely right. Java has no unsigned types: an
 * unsigned scalar is carried by the signed one of its width. A text is a sequence of bytes. A field of one element is the
 * element itself, one of more is a sequence. What lies between members is padding without a name.
 *
 * <p>A layout checks no file: attach with {@link dev.patchbay.layout.Region} once, which validates header and directory, before
 * trusting a mapping. All methods are pure and thread-safe; none belongs on the real-time thread.
 */
public final class MemoryLayouts {
    /** The region's header in the layout of a region: a name that no section can have. */
    public static final String HEADER = "Header";

    /** The region's directory, a sequence of entries, in the layout of a region: a name that no section can have. */
    public static final String DIRECTORY = "Directory";

    /** The head in the layout of a section; absent where a section has none. */
    public static final String HEAD = "head";

    /** The elements in the layout of a section, or of one of its {@link #COPIES}. */
    public static final String ELEMENTS = "elements";

    /** The arrays of elements in the layout of a section that has more than one, as a triple buffer has; absent elsewhere. */
    public static final String COPIES = "copies";

    /** The channels in the layout of an audio slot, inputs first; absent where there are none. */
    public static final String CHANNELS = "channels";

    /** The 32-bit floats in the layout of a channel. */
    public static final String SAMPLES = "samples";

    private MemoryLayouts() {}

    /**
     * The layout of a struct: size, alignment and each field's offset as declared.
     *
     * @return a layout with the struct's name and a member for each field
     */
    public static StructLayout of(final StructType struct) {
        return fields(struct).end(struct.size()).withName(struct.name());
    }

    /**
     * The layout of a section, from its first byte to its last: {@link #HEAD}, where it has one; then {@link #ELEMENTS}, or
     * {@link #COPIES} of which each holds {@link #ELEMENTS}. The elements of audio blocks hold {@link #CHANNELS} of
     * {@link #SAMPLES}. What follows the data of a ring is padding here: it is Agrona's.
     *
     * @return a layout with the section's name, {@link Section#length()} bytes long
     */
    public static StructLayout of(final Section section) {
        final Members members = new Members();
        if (section.head() != null) {
            members.add(0, of(section.head()).withName(HEAD));
        }
        final SequenceLayout elements =
                MemoryLayout.sequenceLayout(section.count(), element(section)).withName(ELEMENTS);
        if (section.copies() == 1) {
            members.add(section.elementsOffset(), elements);
        } else {
            final StructLayout copy = new Members().add(0, elements).end(section.copyStride());
            members.add(
                    section.elementsOffset(),
                    MemoryLayout.sequenceLayout(section.copies(), copy).withName(COPIES));
        }
        return members.end(section.length()).withName(section.name());
    }

    /**
     * The layout of a region: {@link #HEADER}, {@link #DIRECTORY}, and each section by its name.
     *
     * @return a layout with the region's name, {@link RegionDeclaration#length()} bytes long
     */
    public static StructLayout of(final RegionDeclaration declaration) {
        final Members members = new Members();
        members.add(0, of(RegionHeader.STRUCT).withName(HEADER));
        members.add(
                RegionHeader.DIRECTORY_OFFSET,
                MemoryLayout.sequenceLayout(declaration.sections().size(), of(RegionHeader.ENTRY))
                        .withName(DIRECTORY));
        for (final Section section : declaration.sections()) {
            members.add(section.offset(), of(section));
        }
        return members.end(declaration.length()).withName(declaration.name());
    }

    private static MemoryLayout element(final Section section) {
        if (section.element() == null) {
            return scalar(section.scalar());
        }
        final Members members = fields(section.element());
        final AudioGeometry audio = section.audio();
        if (audio != null && audio.inputChannels() + audio.outputChannels() > 0) {
            members.add(audio.samplesOffset(), channels(audio));
        }
        return members.end(section.stride()).withName(section.element().name());
    }

    private static MemoryLayout channels(final AudioGeometry audio) {
        final MemoryLayout samples =
                MemoryLayout.sequenceLayout(audio.maxFrames(), scalar(FieldType.FLOAT32))
                        .withName(SAMPLES);
        return MemoryLayout.sequenceLayout(
                        (long) audio.inputChannels() + audio.outputChannels(),
                        new Members().add(0, samples).end(audio.channelStride()))
                .withName(CHANNELS);
    }

    private static Members fields(final StructType struct) {
        final Members members = new Members();
        for (final Field field : struct.fields()) {
            final MemoryLayout element =
                    field.struct() == null ? scalar(field.type()) : of(field.struct());
            // A text is bytes, even where there is room for one only.
            final boolean single = field.count() == 1 && !field.isText();
            members.add(
                    field.offset(),
                    (single ? element : MemoryLayout.sequenceLayout(field.count(), element))
                            .withName(field.name()));
        }
        return members;
    }

    private static ValueLayout scalar(final FieldType type) {
        return switch (type) {
            case INT8, UINT8, UTF8 -> ValueLayout.JAVA_BYTE;
            case INT16, UINT16 -> ValueLayout.JAVA_SHORT;
            case INT32, UINT32 -> ValueLayout.JAVA_INT;
            case INT64, UINT64 -> ValueLayout.JAVA_LONG;
            case FLOAT32 -> ValueLayout.JAVA_FLOAT;
            case FLOAT64 -> ValueLayout.JAVA_DOUBLE;
        };
    }

    /** Members by rising offset, with padding wherever one does not start where the last ended. */
    private static final class Members {
        private final List<MemoryLayout> layouts = new ArrayList<>();
        private long end;

        Members add(final long offset, final MemoryLayout layout) {
            pad(offset);
            layouts.add(layout);
            end += layout.byteSize();
            return this;
        }

        StructLayout end(final long size) {
            pad(size);
            return MemoryLayout.structLayout(layouts.toArray(MemoryLayout[]::new));
        }

        private void pad(final long offset) {
            if (offset > end) {
                layouts.add(MemoryLayout.paddingLayout(offset - end));
                end = offset;
            }
        }
    }
}
