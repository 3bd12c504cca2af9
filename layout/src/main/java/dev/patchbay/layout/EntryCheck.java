// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/** Checks one entry of a copied directory: {@code pb_entry_check} in C. The numbers are unsigned, and no sum can overflow. */
final class EntryCheck {
    private static final StructType E = RegionHeader.ENTRY;
    private static final int NAME_ROOM = E.field("name").count();
    private static final int OFFSET = E.offset("offset");
    private static final int LENGTH = E.offset("length");
    private static final int KIND = E.offset("kind");
    private static final int ELEMENTS_OFFSET = E.offset("elements_offset");
    private static final int STRIDE = E.offset("stride");
    private static final int COUNT = E.offset("count");
    private static final int COPIES = E.offset("copies");
    private static final int COPY_STRIDE = E.offset("copy_stride");
    private static final int WRITERS = E.offset("writers");
    private static final int READERS = E.offset("readers");
    private static final int SCALAR = E.offset("scalar");
    private static final int DESCRIBED_BY = E.offset("described_by");

    private final RegionValidator validator;
    private final ByteBuffer directory;
    private final int at;
    private final int number;
    private final long previousEnd;
    private final long regionLength;
    private final String name;

    /** Starts with the name, by which every refusal calls the section. */
    EntryCheck(
            final RegionValidator validator,
            final ByteBuffer directory,
            final int index,
            final long previousEnd,
            final long regionLength) {
        this.validator = validator;
        this.directory = directory;
        this.at = index * E.size();
        this.number = index + 1;
        this.previousEnd = previousEnd;
        this.regionLength = regionLength;
        this.name = RegionValidator.text(directory, at + E.offset("name"), NAME_ROOM, ISO_8859_1);
        final int wrong = RegionValidator.wrongByte(directory, at + E.offset("name"), NAME_ROOM);
        if (wrong >= 0) {
            throw validator.refuse(RegionFault.SECTION_NAME, number, name, wrong, 0, NAME_ROOM - 2);
        }
    }

    String name() {
        return name;
    }

    /** Checks that the section lies within the region, behind the one before it, and its elements within it. */
    void place() {
        final KindRule rule = KindRule.of(SectionKind.ofCode(directory.getInt(at + KIND)));
        final long offset = directory.getLong(at + OFFSET);
        aligned(
                RegionFault.SECTION_OFFSET,
                offset,
                Layouts.LINE_PAIR,
                previousEnd,
                regionLength - Layouts.LINE_PAIR);
        final long length = directory.getLong(at + LENGTH);
        aligned(
                RegionFault.SECTION_LENGTH,
                length,
                Layouts.LINE_PAIR,
                Layouts.align(
                        rule.head() + RegionValidator.ALIGNMENT + rule.trailer(),
                        Layouts.LINE_PAIR),
                regionLength - offset);
        final long elements = word(ELEMENTS_OFFSET);
        aligned(
                RegionFault.ELEMENTS_OFFSET,
                elements,
                RegionValidator.ALIGNMENT,
                rule.head(),
                length - rule.trailer() - RegionValidator.ALIGNMENT);
        elements(rule, length - elements);
    }

    private void elements(final KindRule rule, final long room) {
        final long stride = word(STRIDE);
        range(RegionFault.STRIDE, stride, rule.element(), room - rule.trailer() - rule.beside());
        final FieldType scalar = FieldType.ofCode(directory.getInt(at + SCALAR));
        final int unit = Math.max(rule.unit(), scalar == null ? 1 : scalar.size());
        if (stride % unit != 0) {
            throw refuse(RegionFault.STRIDE_UNIT, stride, unit, unit);
        }
        final long copyStride = word(COPY_STRIDE);
        aligned(
                RegionFault.COPY_STRIDE,
                copyStride,
                RegionValidator.ALIGNMENT,
                stride + rule.beside() + rule.trailer(),
                room);
        final long count = word(COUNT);
        final long most = (copyStride - rule.trailer()) / (stride + rule.beside());
        range(RegionFault.COUNT, count, 1, most);
        if (rule.powerOfTwo() && Long.bitCount(count) != 1) {
            throw refuse(RegionFault.CAPACITY, count, 1, most);
        }
        range(
                RegionFault.COPIES,
                word(COPIES),
                Math.max(1, rule.copies()),
                rule.copies() == 0
                        ? room / copyStride
                        : Math.min(rule.copies(), room / copyStride));
    }

    /** Checks the roles and the other section that this one names. */
    void references(final int roles, final int sections) {
        subset(RegionFault.WRITERS, directory.getInt(at + WRITERS), roles);
        subset(RegionFault.READERS, directory.getInt(at + READERS), roles);
        final long describedBy = word(DESCRIBED_BY);
        range(RegionFault.DESCRIBED_BY, describedBy, 0, sections);
        if (describedBy == number) {
            throw refuse(RegionFault.DESCRIBED_BY, describedBy, 0, sections);
        }
    }

    private void subset(final RegionFault fault, final int found, final int roles) {
        if ((found & ~roles) != 0) {
            throw refuse(fault, Integer.toUnsignedLong(found), 0, roles);
        }
    }

    private void aligned(
            final RegionFault fault,
            final long found,
            final int unit,
            final long low,
            final long high) {
        range(fault, found, low, high);
        if (found % unit != 0) {
            throw refuse(fault, found, low, high);
        }
    }

    private void range(final RegionFault fault, final long found, final long low, final long high) {
        validator.range(fault, number, name, found, low, high);
    }

    private RegionException refuse(
            final RegionFault fault, final long found, final long low, final long high) {
        return validator.refuse(fault, number, name, found, low, high);
    }

    private long word(final int field) {
        return RegionValidator.word(directory, at + field);
    }
}
