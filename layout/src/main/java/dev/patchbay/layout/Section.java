// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A section of a declared region: a head, then elements.
 *
 * @param name a C identifier, unique within the region
 * @param kind what it is
 * @param writers who stores into it, by code; nobody, where it is constant once the region is ready
 * @param readers who loads from it, by code
 * @param head the struct at its start, or null
 * @param element the struct of an element, or null where the elements are scalars
 * @param scalar the type of an element, or null where the elements are structs
 * @param names the names of counters, or empty
 * @param describedBy the name of the section that describes the elements, or empty
 * @param offset bytes from the start of the region, a multiple of 128
 * @param elementsOffset bytes from the start of the section to its first element
 * @param stride bytes from one element to the next
 * @param count the number of elements that a user of the section sees
 * @param copies how many arrays of {@code count} elements there are: 3 in a triple buffer, 2 in a blob, else 1
 * @param copyStride bytes from one such array to the next
 * @param length bytes in all, a multiple of 128
 * @param shape what is the same wherever the section lies and however many elements it has, as text
 * @param audio the geometry of audio blocks, or null for other kinds
 * @param comment what it is for, in one sentence
 */
public record Section(
        String name,
        SectionKind kind,
        Set<Role> writers,
        Set<Role> readers,
        StructType head,
        StructType element,
        FieldType scalar,
        List<String> names,
        String describedBy,
        long offset,
        int elementsOffset,
        int stride,
        int count,
        int copies,
        int copyStride,
        long length,
        String shape,
        AudioGeometry audio,
        String comment) {

    /** {@return what identifies the shape: kind, head, element and names, not the count, which the directory tells} */
    public long hash() {
        return Layouts.hash(shape);
    }

    /**
     * {@return the bytes from the start of the region to an element of the first array}
     *
     * @param index the number of the element, 0 to below {@code count}; not checked
     */
    public long elementOffset(final int index) {
        return offset + elementsOffset + (long) index * stride;
    }

    /**
     * {@return the number of the counter of this name, from 0}
     *
     * @param counter the name of a counter
     * @throws IllegalArgumentException if the section has none of this name
     */
    public int indexOf(final String counter) {
        final int index = names.indexOf(counter);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "The section \""
                            + name
                            + "\" has no counter \""
                            + counter
                            + "\", but "
                            + names
                            + ".");
        }
        return index;
    }

    /**
     * {@return the section as the directory of a region of this declaration tells of it, with {@link SectionEntry#describedBy}
     * left 0}
     */
    public SectionEntry entry() {
        return entry(0);
    }

    /** The section as the directory tells of it, described by the section of this number, from 1; 0 for none. */
    SectionEntry entry(final int describer) {
        return new SectionEntry(
                name,
                kind,
                offset,
                length,
                hash(),
                elementsOffset,
                stride,
                count,
                copies,
                copyStride,
                bits(writers),
                bits(readers),
                scalar,
                describer);
    }

    private static int bits(final Collection<Role> roles) {
        return roles.stream().mapToInt(Role::bit).reduce(0, (a, b) -> a | b);
    }
}
