// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/**
 * A section as a region's directory tells of it.
 *
 * @param name its name
 * @param kind its kind, or null where this version knows none of that number
 * @param offset bytes from the start of the region
 * @param length bytes in all
 * @param hash identifies its shape
 * @param elementsOffset bytes from its start to the first element
 * @param stride bytes from element to element
 * @param count elements
 * @param copies arrays of so many elements
 * @param copyStride bytes from array to array
 * @param writers bit set of role codes; 0 where nobody writes once the region is ready
 * @param readers bit set of role codes
 * @param scalar the type of an element, or null where the elements are structs or of a type that this version does not know
 * @param describedBy the number, from 1, of the section that describes the elements; 0 for none
 */
public record SectionEntry(
        String name,
        SectionKind kind,
        long offset,
        long length,
        long hash,
        int elementsOffset,
        int stride,
        int count,
        int copies,
        int copyStride,
        int writers,
        int readers,
        FieldType scalar,
        int describedBy) {

    static SectionEntry read(final ByteBuffer h, final int at) {
        final StructType e = RegionHeader.ENTRY;
        return new SectionEntry(
                // One character a byte: names that differ in any byte differ, as they do in C.
                RegionValidator.text(h, at + e.offset("name"), e.field("name").count(), ISO_8859_1),
                SectionKind.ofCode(h.getInt(at + e.offset("kind"))),
                h.getLong(at + e.offset("offset")),
                h.getLong(at + e.offset("length")),
                h.getLong(at + e.offset("hash")),
                h.getInt(at + e.offset("elements_offset")),
                h.getInt(at + e.offset("stride")),
                h.getInt(at + e.offset("count")),
                h.getInt(at + e.offset("copies")),
                h.getInt(at + e.offset("copy_stride")),
                h.getInt(at + e.offset("writers")),
                h.getInt(at + e.offset("readers")),
                FieldType.ofCode(h.getInt(at + e.offset("scalar"))),
                h.getInt(at + e.offset("described_by")));
    }

    /**
     * {@return whether a role writes the section}
     *
     * @param role whom to look for, by code: the name is not compared
     */
    public boolean isWrittenBy(final Role role) {
        return (writers & role.bit()) != 0;
    }

    /**
     * {@return whether a role reads the section}
     *
     * @param role whom to look for, by code: the name is not compared
     */
    public boolean isReadBy(final Role role) {
        return (readers & role.bit()) != 0;
    }

    /**
     * {@return the bytes from the start of the region to an element of the first array}
     *
     * @param index the number of the element, 0 to below {@code count}; not checked
     */
    public int elementOffset(final int index) {
        return (int) offset + elementsOffset + index * stride;
    }
}
