// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes that a region starts with: header, directory, constants and defaults. A build writes them once; whoever
 * creates a region copies them and then adds the identity of its own process. Not thread-safe.
 */
public final class RegionImage {
    private final RegionDeclaration declaration;
    private final ByteBuffer bytes;

    /**
     * Lays out an image in which all values are zero.
     *
     * @param declaration what the region is to be; the image takes {@link RegionDeclaration#length} bytes of heap
     */
    public RegionImage(final RegionDeclaration declaration) {
        this.declaration = declaration;
        this.bytes = ByteBuffer.allocate((int) declaration.length()).order(ByteOrder.nativeOrder());
        writeHeader();
        int entry = RegionHeader.DIRECTORY_OFFSET;
        for (final Section section : declaration.sections()) {
            writeEntry(entry, section);
            writeHead(section);
            entry += RegionHeader.ENTRY.size();
        }
        bytes.put(
                (int) declaration.section(RegionDeclaration.SCHEMA).elementOffset(0),
                declaration.schema().getBytes(UTF_8));
        declaration.sections().forEach(this::writeParameters);
    }

    /** {@return what was laid out} */
    public RegionDeclaration declaration() {
        return declaration;
    }

    /** {@return a read-only view of the bytes, in native order} */
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer().order(ByteOrder.nativeOrder()).clear();
    }

    /**
     * Sets a number field of an element, whatever its width; of an array its first.
     *
     * @param section a section of the image's declaration
     * @param index the number of the element, 0 to below the section's count
     * @param field the name of one of the element's fields
     * @param value the number; its lower bits where the field is narrower
     * @return this image
     * @throws IllegalArgumentException if there is no such element or field
     */
    public RegionImage set(
            final Section section, final int index, final String field, final long value) {
        final Field f = section.element().field(field);
        if (f.type() == FieldType.FLOAT32 || f.type() == FieldType.FLOAT64) {
            return set(section, index, field, (double) value);
        }
        final int at = at(section, index, f);
        switch (f.elementSize()) {
            case 1 -> bytes.put(at, (byte) value);
            case 2 -> bytes.putShort(at, (short) value);
            case 4 -> bytes.putInt(at, (int) value);
            default -> bytes.putLong(at, value);
        }
        return this;
    }

    /**
     * Sets a float field of an element, whatever its width; of an array its first.
     *
     * @param section a section of the image's declaration
     * @param index the number of the element, 0 to below the section's count
     * @param field the name of one of the element's fields
     * @param value the number, rounded where the field has 32 bits
     * @return this image
     * @throws IllegalArgumentException if the field is of another type
     */
    public RegionImage set(
            final Section section, final int index, final String field, final double value) {
        final Field f = section.element().field(field);
        final int at = at(section, index, f);
        if (f.type() == FieldType.FLOAT32) {
            bytes.putFloat(at, (float) value);
        } else if (f.type() == FieldType.FLOAT64) {
            bytes.putDouble(at, value);
        } else {
            throw new IllegalArgumentException(
                    "The field \""
                            + field
                            + "\" of \""
                            + section.name()
                            + "\" is no float, so "
                            + value
                            + " cannot be set.");
        }
        return this;
    }

    /**
     * Sets a text or array field of an element, byte by byte.
     *
     * @param section a section of the image's declaration
     * @param index the number of the element, 0 to below the section's count
     * @param field the name of one of the element's fields
     * @param value the bytes; those after them are cleared
     * @return this image
     * @throws IllegalArgumentException if the bytes and, after a text, a 0 byte do not fit
     */
    public RegionImage set(
            final Section section, final int index, final String field, final byte[] value) {
        final Field f = section.element().field(field);
        final int bytesOfAll = f.count() * f.elementSize();
        final int room = f.isText() ? bytesOfAll - 1 : bytesOfAll;
        if (value.length > room) {
            throw new IllegalArgumentException(
                    "The field \""
                            + field
                            + "\" of \""
                            + section.name()
                            + "\" takes "
                            + room
                            + " bytes, but \""
                            + new String(value, UTF_8)
                            + "\" has "
                            + value.length
                            + ".");
        }
        // The rest is cleared: a shorter value leaves nothing of a longer one before it.
        bytes.put(at(section, index, f), Arrays.copyOf(value, bytesOfAll));
        return this;
    }

    /**
     * Sets a text field of an element.
     *
     * @param section a section of the image's declaration
     * @param index the number of the element, 0 to below the section's count
     * @param field the name of one of the element's fields
     * @param value the text, which is stored as UTF-8
     * @return this image
     * @throws IllegalArgumentException if its bytes and a 0 byte do not fit
     */
    public RegionImage set(
            final Section section, final int index, final String field, final String value) {
        return set(section, index, field, value.getBytes(UTF_8));
    }

    /**
     * Sets an element of an array of 32-bit floats.
     *
     * @param section a section of 32-bit floats of the image's declaration
     * @param index the number of the element, 0 to below the section's count
     * @param value the number
     * @return this image
     * @throws IllegalArgumentException if there is no such element
     */
    public RegionImage set(final Section section, final int index, final float value) {
        checkIndex(section, index);
        bytes.putFloat((int) section.elementOffset(index), value);
        return this;
    }

    /**
     * Sets an element of an array of 32-bit integers.
     *
     * @param section a section of 32-bit integers of the image's declaration
     * @param index the number of the element, 0 to below the section's count
     * @param value the number
     * @return this image
     * @throws IllegalArgumentException if there is no such element
     */
    public RegionImage set(final Section section, final int index, final int value) {
        checkIndex(section, index);
        bytes.putInt((int) section.elementOffset(index), value);
        return this;
    }

    private int at(final Section section, final int index, final Field field) {
        checkIndex(section, index);
        return (int) section.elementOffset(index) + field.offset();
    }

    private static void checkIndex(final Section section, final int index) {
        if (index < 0 || index >= section.count()) {
            throw new IllegalArgumentException(
                    "The section \""
                            + section.name()
                            + "\" has "
                            + section.count()
                            + " elements, but number "
                            + index
                            + " was asked for.");
        }
    }

    private void writeHeader() {
        final StructType h = RegionHeader.STRUCT;
        bytes.putLong(h.offset("magic"), RegionHeader.MAGIC);
        bytes.putInt(h.offset("format_version"), RegionHeader.FORMAT_VERSION);
        bytes.putInt(h.offset("byte_order"), RegionHeader.BYTE_ORDER_MARK);
        bytes.putLong(h.offset("layout_hash"), declaration.hash());
        bytes.putLong(h.offset("length"), declaration.length());
        bytes.putInt(h.offset("section_count"), declaration.sections().size());
        bytes.putInt(h.offset("directory_offset"), RegionHeader.DIRECTORY_OFFSET);
        bytes.put(h.offset("name"), declaration.name().getBytes(UTF_8));
        for (final Role role : declaration.roles()) {
            bytes.put(
                    h.offset("roles")
                            + role.code() * RegionHeader.ROLE_NAME.size()
                            + RegionHeader.ROLE_NAME.offset("name"),
                    role.name().getBytes(UTF_8));
        }
    }

    private void writeEntry(final int at, final Section section) {
        final StructType e = RegionHeader.ENTRY;
        final SectionEntry entry = section.entry();
        bytes.put(at + e.offset("name"), entry.name().getBytes(UTF_8));
        bytes.putLong(at + e.offset("offset"), entry.offset());
        bytes.putLong(at + e.offset("length"), entry.length());
        bytes.putLong(at + e.offset("hash"), entry.hash());
        bytes.putInt(at + e.offset("kind"), entry.kind().code());
        bytes.putInt(at + e.offset("elements_offset"), entry.elementsOffset());
        bytes.putInt(at + e.offset("stride"), entry.stride());
        bytes.putInt(at + e.offset("count"), entry.count());
        bytes.putInt(at + e.offset("copies"), entry.copies());
        bytes.putInt(at + e.offset("copy_stride"), entry.copyStride());
        bytes.putInt(at + e.offset("writers"), entry.writers());
        bytes.putInt(at + e.offset("readers"), entry.readers());
        bytes.putInt(at + e.offset("scalar"), entry.scalar() == null ? 0 : entry.scalar().code());
        bytes.putInt(at + e.offset("described_by"), declaration.number(section.describedBy()));
    }

    private void writeParameters(final Section section) {
        final List<Parameter> parameters = declaration.parameters(section.name());
        if (!parameters.isEmpty()) {
            writeParameters(section, parameters);
        }
    }

    /** Describes parameters in the section that is theirs for it, and puts their defaults in place. */
    void writeParameters(final Section cells, final List<Parameter> parameters) {
        final Section info = declaration.section(cells.describedBy());
        for (int i = 0; i < parameters.size(); i++) {
            final Parameter p = parameters.get(i);
            set(info, i, "minimum", p.minimum());
            set(info, i, "maximum", p.maximum());
            set(info, i, "default_plain", p.defaultValue());
            set(info, i, "default_normalized", p.defaultNormalized());
            set(info, i, "exponent", p.exponent());
            set(info, i, "id", (long) p.id());
            set(info, i, "step_count", (long) p.stepCount());
            set(info, i, "scale", (long) p.scale().code());
            set(
                    info,
                    i,
                    "flags",
                    p.flags().stream().mapToLong(Parameter.Flag::bit).reduce(0, (a, b) -> a | b));
            set(info, i, "symbol", p.symbol());
            set(info, i, "name", p.name());
            set(info, i, "short_name", p.shortName());
            set(info, i, "unit", p.unit());
            set(info, i, "group_name", p.group());
            set(info, i, "value_names", String.join("\n", p.valueNames()));
            set(cells, i, (float) p.defaultNormalized());
        }
    }

    private void writeHead(final Section section) {
        final int at = (int) section.offset();
        if (section.kind() == SectionKind.TRIPLE_BUFFER) {
            // The writer holds copy 0, copy 1 is on offer and not fresh, the reader holds copy 2.
            bytes.putInt(at + Heads.TRIPLE_BUFFER.offset("state"), 1 << 2 | 2 << 4);
        } else if (section.kind() == SectionKind.AUDIO_BLOCKS) {
            writeGeometry(at, section.audio());
        }
    }

    private void writeGeometry(final int at, final AudioGeometry audio) {
        final StructType h = Heads.AUDIO_BLOCKS;
        bytes.putInt(at + h.offset("max_frames"), audio.maxFrames());
        bytes.putInt(at + h.offset("input_channels"), audio.inputChannels());
        bytes.putInt(at + h.offset("output_channels"), audio.outputChannels());
        bytes.putInt(at + h.offset("samples_offset"), audio.samplesOffset());
        bytes.putInt(at + h.offset("channel_stride"), audio.channelStride());
    }
}
