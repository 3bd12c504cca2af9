// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** A small region, and ways to break it. */
final class Small {
    static final RegionDeclaration DECLARATION =
            RegionDeclaration.named("small")
                    .array("values", "some values", Role.RT, FieldType.FLOAT64, 8)
                    .tripleBuffer(
                            "changes",
                            "three copies",
                            Role.CONTROL,
                            Role.RT,
                            StandardStructs.PARAMETER_CHANGE,
                            10)
                    .constants(
                            "words",
                            "words of its own",
                            StructType.named("word", "A struct of this region's own.")
                                    .field(FieldType.INT8, "kind", "")
                                    .field(FieldType.FLOAT64, "value", "")
                                    .array(FieldType.UTF8, "text", 5, "")
                                    .build(),
                            3)
                    .counters("counts", "two counters", Role.UI, "first", "second")
                    .build();

    private static final Section DIRECTORY =
            over(RegionHeader.ENTRY, RegionHeader.DIRECTORY_OFFSET, 256);
    private static final Section BYTES =
            over(
                    StructType.named("raw", "").field(FieldType.INT8, "b", "").build(),
                    0,
                    (int) DECLARATION.length());
    private static final Section HEADER = over(RegionHeader.STRUCT, 0, 1);

    private Small() {}

    private static Section over(final StructType struct, final int offset, final int count) {
        return new SectionSpec("raw", SectionKind.CONSTANTS, "", Set.of(), Set.of())
                .structs(struct, count)
                .at(offset, Set.of());
    }

    /** Sets a field of the header. */
    static void header(final RegionImage image, final String field, final long value) {
        image.set(HEADER, 0, field, value);
    }

    /** Sets a field of a directory entry. */
    static void entry(
            final RegionImage image, final int index, final String field, final long value) {
        image.set(DIRECTORY, index, field, value);
    }

    /** Names a directory entry, by bytes that need be no text. */
    static void name(final RegionImage image, final int index, final byte[] name) {
        image.set(DIRECTORY, index, "name", name);
    }

    /** Sets a byte. */
    static void raw(final RegionImage image, final int at, final byte value) {
        image.set(BYTES, at, "b", (long) value);
    }

    /** The image of a region that is ready. */
    static RegionImage image() {
        final RegionImage image = new RegionImage(DECLARATION);
        header(image, "ready", RegionHeader.READY);
        return image;
    }

    /** The bytes of an image. */
    static byte[] bytes(final RegionImage image) {
        final byte[] bytes = new byte[(int) image.declaration().length()];
        image.bytes().get(bytes);
        return bytes;
    }

    /** Bytes for loads and stores in native order. */
    static ByteBuffer over(final byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }
}
