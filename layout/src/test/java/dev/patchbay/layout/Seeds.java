// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Regions to start mutating from: whole and valid, and as short as they can be. */
final class Seeds {
    private static final Role ONE = new Role("one", 0);
    private static final Role TWO = new Role("two", 1);
    private static final StructType PAIR =
            StructType.named("pair", "")
                    .field(FieldType.FLOAT64, "a", "")
                    .field(FieldType.UINT8, "b", "")
                    .build();

    private Seeds() {}

    static List<byte[]> all() {
        return List.of(few(), kinds(), most());
    }

    private static byte[] few() {
        return cut(
                RegionDeclaration.named("few")
                        .array("x", "", ONE, FieldType.INT32, 7)
                        .eventQueue("q", "", ONE, TWO, 4)
                        .counters("c", "", TWO, "a", "b")
                        .build());
    }

    private static byte[] kinds() {
        return cut(
                RegionDeclaration.named("kinds")
                        .constants("constants", "", PAIR, 2)
                        .structs("structs", "", ONE, PAIR, 3)
                        .array("bytes", "", ONE, FieldType.UINT8, 5)
                        .bitset("bits", "", Set.of(ONE), TWO, 70)
                        .snapshot("snap", "", ONE, StandardStructs.TRANSPORT)
                        .broadcast("broadcast", "", ONE, StandardStructs.TRANSPORT, 4)
                        .tripleBuffer("triple", "", ONE, TWO, PAIR, 2)
                        .eventQueue("queue", "", ONE, TWO, 2)
                        .ring("ring", "", ONE, TWO, 128)
                        .sharedRing("shared", "", Set.of(ONE), TWO, 64)
                        .sharedEventQueue("events", "", Set.of(ONE), TWO, 2)
                        .blob("blob", "", ONE, TWO, 100)
                        .audioBlocks("audio", "", ONE, TWO, new AudioGeometry(16, 1, 1))
                        .counters("counters", "", ONE, "a")
                        .roles("roles", "", List.of(ONE, TWO))
                        .voiceStates("voices", "", ONE, 3)
                        .meters("meters", "", ONE, 2)
                        .constants("info", "", PAIR, 3)
                        .parameterCells("values", "", ONE, "info", 3)
                        .build());
    }

    /** As many sections as there can be. */
    private static byte[] most() {
        final RegionBuilder region = RegionDeclaration.named("most");
        for (int i = 0; i < RegionHeader.MAX_SECTIONS - 1; i++) {
            region.array("s" + i, "", ONE, FieldType.values()[i % 10], 1 + i % 9);
        }
        return cut(region.build());
    }

    /** A ready image whose schema is cut to one line pair, and which ends there. */
    private static byte[] cut(final RegionDeclaration declaration) {
        final byte[] bytes = Small.bytes(new RegionImage(declaration));
        final Section schema = declaration.section(RegionDeclaration.SCHEMA);
        final int end = (int) schema.offset() + Layouts.LINE_PAIR;
        final byte[] cut = Arrays.copyOf(bytes, end);
        final ByteBuffer region = Small.over(cut);
        region.putInt(RegionHeader.STRUCT.offset("ready"), RegionHeader.READY);
        region.putLong(RegionHeader.STRUCT.offset("length"), end);
        final int entry =
                RegionHeader.DIRECTORY_OFFSET
                        + (declaration.sections().size() - 1) * RegionHeader.ENTRY.size();
        region.putLong(entry + RegionHeader.ENTRY.offset("length"), Layouts.LINE_PAIR);
        region.putInt(entry + RegionHeader.ENTRY.offset("count"), 100);
        region.putInt(entry + RegionHeader.ENTRY.offset("copy_stride"), Layouts.LINE_PAIR);
        return cut;
    }

    /** The whole regions, and each cut off or spoilt in its header: so that each fault that is checked early has a seed. */
    static List<byte[]> spoilt() {
        final List<byte[]> seeds = new ArrayList<>(all());
        final byte[] few = few();
        for (final int length : new int[] {0, 8, 255, 256, 300, 1023}) {
            seeds.add(Arrays.copyOf(few, length));
        }
        for (final Field field : RegionHeader.STRUCT.fields()) {
            final byte[] spoilt = few.clone();
            spoilt[field.offset()] ^= 2;
            seeds.add(spoilt);
        }
        return seeds;
    }
}
