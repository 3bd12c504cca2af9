// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides whether the bytes of a region can be trusted. Works on a private copy, made once, of header and directory: what is checked is
 * what is used, so a region that changes meanwhile cannot pass a check and be used as something else. The C function
 * {@code pb_region_validate} gives the same verdicts in the same order.
 */
final class RegionValidator {
    /** Elements start at a multiple of this, the largest alignment of a field. */
    static final int ALIGNMENT = Long.BYTES;

    private static final StructType H = RegionHeader.STRUCT;
    private static final int NAME_ROOM = RegionHeader.ENTRY.field("name").count();
    private static final int ROLE_ROOM = RegionHeader.ROLE_NAME.field("name").count();

    private final String what;
    private final long fileLength;

    RegionValidator(final String what, final long fileLength) {
        this.what = what;
        this.fileLength = fileLength;
    }

    /**
     * Checks the bytes of a whole region.
     *
     * @param region bytes that others may change meanwhile
     * @return what was checked
     * @throws RegionException with the first fault
     */
    RegionFacts check(final ByteBuffer region) {
        checkFile();
        final ByteBuffer header = copy(region, 0, RegionHeader.DIRECTORY_OFFSET);
        return check(header, region);
    }

    /** Checks a region whose header has been copied, and perhaps completed, already. */
    RegionFacts check(final ByteBuffer header, final ByteBuffer region) {
        final int count = checkHeader(header);
        final ByteBuffer directory =
                copy(region, RegionHeader.DIRECTORY_OFFSET, count * RegionHeader.ENTRY.size());
        return RegionFacts.read(header, checkDirectory(directory, RegionFacts.roleBits(header)));
    }

    /** A private copy, in native order. */
    static ByteBuffer copy(final ByteBuffer region, final int at, final int length) {
        final byte[] bytes = new byte[length];
        region.get(at, bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    /** Checks that the file can hold a header and can be mapped as one piece: before any of it is read. */
    void checkFile() {
        range(RegionFault.TOO_SHORT, 0, "", fileLength, RegionHeader.DIRECTORY_OFFSET, -1);
        range(RegionFault.TOO_LONG, 0, "", fileLength, 0, Integer.MAX_VALUE);
    }

    /** Checks the copied header and gives the number of sections. */
    int checkHeader(final ByteBuffer h) {
        exactly(RegionFault.MAGIC, h.getLong(H.offset("magic")), RegionHeader.MAGIC);
        exactly(
                RegionFault.BYTE_ORDER,
                word(h, H.offset("byte_order")),
                RegionHeader.BYTE_ORDER_MARK);
        exactly(
                RegionFault.FORMAT_VERSION,
                word(h, H.offset("format_version")),
                RegionHeader.FORMAT_VERSION);
        exactly(RegionFault.READY, word(h, H.offset("ready")), RegionHeader.READY);
        exactly(RegionFault.LENGTH, h.getLong(H.offset("length")), fileLength);
        exactly(
                RegionFault.DIRECTORY_OFFSET,
                word(h, H.offset("directory_offset")),
                RegionHeader.DIRECTORY_OFFSET);
        final long count = word(h, H.offset("section_count"));
        range(RegionFault.SECTION_COUNT, 0, "", count, 1, RegionHeader.MAX_SECTIONS);
        final int end = RegionHeader.DIRECTORY_OFFSET + (int) count * RegionHeader.ENTRY.size();
        range(RegionFault.DIRECTORY_END, 0, "", end, 0, fileLength);
        final String name = text(h, H.offset("name"), NAME_ROOM, ISO_8859_1);
        final int wrong = wrongByte(h, H.offset("name"), NAME_ROOM);
        if (wrong >= 0) {
            throw refuse(RegionFault.NAME, 0, name, wrong, 0, NAME_ROOM - 2);
        }
        checkRoles(h);
        return (int) count;
    }

    private void checkRoles(final ByteBuffer h) {
        for (int code = 0; code <= Role.MAX_CODE; code++) {
            final String name = RegionFacts.roleName(h, code);
            if (name.isEmpty()) {
                continue;
            }
            if (wrongByte(h, RegionFacts.roleNameOffset(code), ROLE_ROOM) >= 0) {
                throw refuse(RegionFault.ROLE_NAME, 0, name, code, 0, ROLE_ROOM - 2);
            }
            for (int other = 0; other < code; other++) {
                if (RegionFacts.roleName(h, other).equals(name)) {
                    throw refuse(RegionFault.ROLE_REPEATED, 0, name, code, other, other);
                }
            }
        }
    }

    /**
     * Checks the copied directory and gives its entries by name.
     *
     * @param directory the entries alone
     * @param roles the bits of the region's roles
     */
    Map<String, SectionEntry> checkDirectory(final ByteBuffer directory, final int roles) {
        final Map<String, Integer> numbers = new LinkedHashMap<>();
        final int size = RegionHeader.ENTRY.size();
        final int count = directory.capacity() / size;
        final SectionEntry[] entries = new SectionEntry[count];
        long previousEnd = RegionHeader.DIRECTORY_OFFSET + (long) count * size;
        for (int i = 0; i < count; i++) {
            final EntryCheck check = new EntryCheck(this, directory, i, previousEnd, fileLength);
            final Integer other = numbers.putIfAbsent(check.name(), i + 1);
            if (other != null) {
                throw refuse(
                        RegionFault.SECTION_REPEATED, i + 1, check.name(), i + 1, other, other);
            }
            check.place();
            check.references(roles, count);
            entries[i] = SectionEntry.read(directory, i * size);
            previousEnd = entries[i].offset() + entries[i].length();
        }
        return described(entries);
    }

    /** Parameters are looked up in what describes them by their own index. */
    private Map<String, SectionEntry> described(final SectionEntry[] entries) {
        final Map<String, SectionEntry> byName = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i++) {
            final SectionEntry e = entries[i];
            if (e.kind() == SectionKind.PARAMETERS && e.describedBy() != 0) {
                final int most = entries[e.describedBy() - 1].count();
                if (e.count() > most) {
                    throw refuse(
                            RegionFault.DESCRIPTIONS,
                            i + 1,
                            e.name(),
                            e.count(),
                            e.describedBy(),
                            most);
                }
            }
            byName.put(e.name(), e);
        }
        return byName;
    }

    /** Checks that a section is there and has the shape that the caller was built for. */
    SectionEntry require(final Map<String, SectionEntry> entries, final Section wanted) {
        int number = 0;
        for (final SectionEntry entry : entries.values()) {
            number++;
            if (entry.name().equals(wanted.name())) {
                if (entry.hash() != wanted.hash()) {
                    throw refuse(
                            RegionFault.HASH,
                            number,
                            entry.name(),
                            entry.hash(),
                            wanted.hash(),
                            wanted.hash());
                }
                return entry;
            }
        }
        throw refuse(RegionFault.MISSING, 0, wanted.name(), 0, 0, 0);
    }

    private void exactly(final RegionFault fault, final long found, final long expected) {
        if (found != expected) {
            throw refuse(fault, 0, "", found, expected, expected);
        }
    }

    /** Unsigned: a number that does not fit into the signed ones is large, not negative. */
    void range(
            final RegionFault fault,
            final int section,
            final String name,
            final long found,
            final long low,
            final long high) {
        if (Long.compareUnsigned(found, low) < 0 || Long.compareUnsigned(found, high) > 0) {
            throw refuse(fault, section, name, found, low, high);
        }
    }

    RegionException refuse(
            final RegionFault fault,
            final int section,
            final String name,
            final long found,
            final long low,
            final long high) {
        return new RegionException(what, new Refusal(fault, section, name, found, low, high));
    }

    static long word(final ByteBuffer bytes, final int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    /** The place of the first byte by which a name is no identifier that ends within its field, or -1. */
    static int wrongByte(final ByteBuffer bytes, final int at, final int room) {
        for (int i = 0; i < room; i++) {
            final byte c = bytes.get(at + i);
            if (c == 0 && i > 0) {
                return -1;
            }
            final boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '_'))) {
                return i;
            }
        }
        return room - 1;
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
