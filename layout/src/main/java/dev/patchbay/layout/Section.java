// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.List;
import java.util.Set;

/**
 * A section of a declared region: a head, then elements.
 *
 * @param name a C identifier, unique within the region
 * @param kind what it is
 * @param writer who stores into it
 * @param readers who loads from it
 * @param head the struct at its start, or null
 * @param element the struct of an element, or null where the elements are scalars
 * @param scalar the type of an element, or null where the elements are structs
 * @param names the names of counters, or empty
 * @param offset bytes from the start of the region, a multiple of 128
 * @param elementsOffset bytes from the start of the section to its first element
 * @param stride bytes from one element to the next
 * @param count the number of elements that a user of the section sees
 * @param copies how many arrays of {@code count} elements there are: 3 in a triple buffer, 2 in a blob, else 1
 * @param copyStride bytes from one such array to the next
 * @param length bytes in all, a multiple of 128
 * @param hash identifies the shape: kind, head, element and names, not the count, which the directory tells
 * @param audio the geometry of audio blocks, or null for other kinds
 * @param comment what it is for, in one sentence
 */
public record Section(
        String name,
        SectionKind kind,
        Role writer,
        Set<Role> readers,
        StructType head,
        StructType element,
        FieldType scalar,
        List<String> names,
        long offset,
        int elementsOffset,
        int stride,
        int count,
        int copies,
        int copyStride,
        long length,
        long hash,
        AudioGeometry audio,
        String comment) {

    /** Bytes from the start of the region to an element of the first array. */
    public long elementOffset(final int index) {
        return offset + elementsOffset + (long) index * stride;
    }
}
