// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides whether the bytes of a region can be trusted. Works on a private copy of header and directory, so a region that
 * changes meanwhile cannot pass one check and fail the next. The C function {@code pb_region_validate} gives the same
 * verdicts in the same order.
 */
final class RegionValidator {
    private final String what;
    private final long fileLength;

    RegionValidator(final String what, final long fileLength) {
        this.what = what;
        this.fileLength = fileLength;
    }

    /** Checks the copied header and gives the number of bytes that header and directory take. */
    int checkHeader(final ByteBuffer h) {
        final StructType s = RegionHeader.STRUCT;
        expect("magic", h.getLong(s.offset("magic")), RegionHeader.MAGIC);
        expect("byte order mark", h.getInt(s.offset("byte_order")), RegionHeader.BYTE_ORDER_MARK);
        expect("format version", h.getInt(s.offset("format_version")), RegionHeader.FORMAT_VERSION);
        expect("ready word", h.getInt(s.offset("ready")), RegionHeader.READY);
        expect("length", h.getLong(s.offset("length")), fileLength);
        expect(
                "directory offset",
                h.getInt(s.offset("directory_offset")),
                RegionHeader.DIRECTORY_OFFSET);
        final int count = h.getInt(s.offset("section_count"));
        if (count < 1 || count > RegionHeader.MAX_SECTIONS) {
            throw refuse(
                    "section count",
                    Integer.toUnsignedString(count),
                    "1 to " + RegionHeader.MAX_SECTIONS);
        }
        final int end = RegionHeader.DIRECTORY_OFFSET + count * RegionHeader.ENTRY.size();
        if (end > fileLength) {
            throw refuse("end of the directory", Integer.toString(end), "at most " + fileLength);
        }
        return end;
    }

    /** Checks the copied directory and gives its entries by name. */
    Map<String, SectionEntry> checkDirectory(final ByteBuffer h, final int end) {
        final Map<String, SectionEntry> entries = new LinkedHashMap<>();
        long previousEnd = end;
        for (int at = RegionHeader.DIRECTORY_OFFSET; at < end; at += RegionHeader.ENTRY.size()) {
            final SectionEntry entry = SectionEntry.read(h, at);
            checkEntry(entry, previousEnd);
            if (entries.put(entry.name(), entry) != null) {
                throw refuse("section name", '"' + entry.name() + '"', "unique names");
            }
            previousEnd = entry.offset() + entry.length();
        }
        return entries;
    }

    /** Checks that a section is there and has the shape that the caller was built for. */
    SectionEntry require(final Map<String, SectionEntry> entries, final Section wanted) {
        final SectionEntry found = entries.get(wanted.name());
        if (found == null) {
            throw refuse("section \"" + wanted.name() + "\"", "nothing", "a section of this name");
        }
        if (found.hash() != wanted.hash()) {
            throw refuse(
                    "hash of the section \"" + wanted.name() + "\"",
                    Long.toHexString(found.hash()),
                    Long.toHexString(wanted.hash()));
        }
        return found;
    }

    private void checkEntry(final SectionEntry e, final long previousEnd) {
        final String name = "section \"" + e.name() + "\": ";
        if (e.offset() < previousEnd
                || e.offset() % Layouts.LINE_PAIR != 0
                || e.offset() > fileLength) {
            throw refuse(
                    name + "offset",
                    Long.toUnsignedString(e.offset()),
                    "a multiple of 128 from " + previousEnd + " to " + fileLength);
        }
        if (e.length() <= 0
                || e.length() % Layouts.LINE_PAIR != 0
                || e.length() > fileLength - e.offset()) {
            throw refuse(
                    name + "length",
                    Long.toUnsignedString(e.length()),
                    "a multiple of 128 that ends within " + fileLength + " bytes");
        }
        if (e.stride() < 1
                || e.count() < 1
                || e.copies() < 1
                || e.copyStride() < 0
                || e.elementsOffset() < 0
                || (long) e.count() * e.stride() > e.copyStride()) {
            throw refuse(
                    name + "elements",
                    e.count() + " of " + e.stride() + " bytes in " + e.copyStride(),
                    "at least one, within the stride of a copy");
        }
        if ((long) e.copies() * e.copyStride() > e.length() - e.elementsOffset()) {
            throw refuse(
                    name + "copies",
                    e.copies() + " of " + e.copyStride() + " bytes",
                    "as many as fit into " + e.length());
        }
    }

    private void expect(final String field, final long found, final long expected) {
        if (found != expected) {
            throw refuse(field, "0x" + Long.toHexString(found), "0x" + Long.toHexString(expected));
        }
    }

    private void expect(final String field, final int found, final int expected) {
        if (found != expected) {
            throw refuse(
                    field, "0x" + Integer.toHexString(found), "0x" + Integer.toHexString(expected));
        }
    }

    RegionException refuse(final String field, final String found, final String expected) {
        return new RegionException(
                what
                        + " is not a usable region: its "
                        + field
                        + " is "
                        + found
                        + ", expected "
                        + expected
                        + ".");
    }

    /** Reads a text that ends at a 0 byte or at the end of its field. */
    static String text(final ByteBuffer bytes, final int at, final int room, final Charset set) {
        int length = 0;
        while (length < room && bytes.get(at + length) != 0) {
            length++;
        }
        final byte[] text = new byte[length];
        bytes.get(at, text);
        return new String(text, set);
    }
}
