// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What of a section's place in its region matters to its primitive: all but the offset.
 *
 * @param kind what it is
 * @param scalar the type of its elements, or null for structs
 * @param elementsOffset bytes from its start to the first element
 * @param stride bytes from element to element
 * @param count elements
 * @param copies arrays of so many elements
 * @param copyStride bytes from array to array
 * @param length bytes in all
 */
public record SectionGeometry(
        SectionKind kind,
        FieldType scalar,
        int elementsOffset,
        int stride,
        int count,
        int copies,
        int copyStride,
        int length) {
    /** The system property by which a test's JVM is told of a declared section. */
    public static final String PROPERTY = "patchbay.stress.section";

    /** Bytes of all slots together, at most. */
    public static final int MOST_BYTES = 256 << 20;

    private static final int MOST_SLOTS = 1 << 16;
    private static final int FEWEST_SLOTS = 32;
    private static final int STRIDE = 256;
    private static final int STRIDES = 40;

    /** The longest section that can be tested: with longer ones, too few states would be alive at once. */
    public static final int LONGEST = MOST_BYTES / FEWEST_SLOTS;

    /** {@return the geometry of a declared section, which must not be longer than {@link #LONGEST}} */
    public static SectionGeometry of(final Section section) {
        return new SectionGeometry(
                section.kind(),
                section.scalar(),
                section.elementsOffset(),
                section.stride(),
                section.count(),
                section.copies(),
                section.copyStride(),
                Math.toIntExact(section.length()));
    }

    /** {@return the geometry that this JVM was told of, or null} */
    static SectionGeometry declared() {
        final String text = System.getProperty(PROPERTY, "");
        if (text.isEmpty()) {
            return null;
        }
        final String[] words = text.split(":");
        final int[] n = Arrays.stream(words).skip(2).mapToInt(Integer::parseInt).toArray();
        return new SectionGeometry(
                SectionKind.valueOf(words[0]),
                words[1].isEmpty() ? null : FieldType.valueOf(words[1]),
                n[0],
                n[1],
                n[2],
                n[3],
                n[4],
                n[5]);
    }

    /** {@return the property's value} */
    public String text() {
        return kind
                + ":"
                + (scalar == null ? "" : scalar.name())
                + ":"
                + IntStream.of(elementsOffset, stride, count, copies, copyStride, length)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(":"));
    }

    /** {@return how many slots of so many bytes there are: a power of two} */
    static int slots(final int bytes) {
        return Integer.highestOneBit(Math.min(MOST_SLOTS, MOST_BYTES / bytes));
    }

    /** {@return how many states jcstress may keep alive in a row; with {@link #strides} of them, half of the slots or fewer} */
    public int strideSize() {
        return Math.min(STRIDE, slots(slotBytes()) / 2);
    }

    /** {@return how many such rows} */
    public int strides() {
        return Math.min(STRIDES, slots(slotBytes()) / 2 / strideSize());
    }

    /** {@return bytes of a slot, a multiple of 1024 with room for the section} */
    int slotBytes() {
        return (length + 1023) / 1024 * 1024;
    }

    /** {@return the section in a slot} */
    SectionEntry at(final int offset) {
        return new SectionEntry(
                "stress",
                kind,
                offset,
                length,
                0,
                elementsOffset,
                stride,
                count,
                copies,
                copyStride,
                0,
                0,
                scalar,
                0);
    }
}
