// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Bytes of a region with something changed at random, mostly where it matters. */
final class Mutant {
    private static final long[] VALUES = {
        0,
        1,
        2,
        3,
        8,
        63,
        64,
        127,
        128,
        129,
        256,
        257,
        1024,
        4095,
        4096,
        8192,
        -1,
        -128,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 31,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 128,
        Long.MAX_VALUE - 127
    };

    private Mutant() {}

    /** Makes one to three changes; the length may change too. */
    static byte[] of(final byte[] region, final Random random) {
        byte[] bytes = region.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            if (random.nextInt(12) == 0) {
                bytes = Arrays.copyOf(bytes, length(bytes.length, random));
                if (random.nextBoolean() && bytes.length >= RegionHeader.DIRECTORY_OFFSET) {
                    Small.over(bytes).putLong(RegionHeader.STRUCT.offset("length"), bytes.length);
                }
            } else if (bytes.length >= RegionHeader.DIRECTORY_OFFSET + RegionHeader.ENTRY.size()) {
                change(Small.over(bytes), random);
            }
        }
        return bytes;
    }

    private static int length(final int old, final Random random) {
        switch (random.nextInt(3)) {
            case 0:
                return random.nextInt(old + 1);
            case 1:
                return Math.max(0, old - 128 * random.nextInt(20));
            default:
                return old + random.nextInt(300);
        }
    }

    private static void change(final ByteBuffer bytes, final Random random) {
        final boolean header = random.nextInt(4) == 0;
        final StructType struct = header ? RegionHeader.STRUCT : RegionHeader.ENTRY;
        final int entries =
                Math.min(
                        Small.DECLARATION.sections().size(),
                        (bytes.capacity() - RegionHeader.DIRECTORY_OFFSET) / struct.size());
        final int base =
                header
                        ? 0
                        : RegionHeader.DIRECTORY_OFFSET + random.nextInt(entries) * struct.size();
        final Field field = struct.fields().get(random.nextInt(struct.fields().size()));
        final int at = base + field.offset();
        if (field.isText()) {
            name(bytes, at, random);
        } else if (random.nextInt(3) == 0) {
            final int bit = random.nextInt(field.size() * Byte.SIZE);
            final int hit = at + bit / Byte.SIZE;
            bytes.put(hit, (byte) (bytes.get(hit) ^ 1 << bit % Byte.SIZE));
        } else if (field.elementSize() == Long.BYTES) {
            bytes.putLong(at, value(bytes.getLong(at), random));
        } else {
            bytes.putInt(at, (int) value(bytes.getInt(at), random));
        }
    }

    private static long value(final long old, final Random random) {
        final long value = VALUES[random.nextInt(VALUES.length)];
        return random.nextBoolean() ? old + value : value;
    }

    private static void name(final ByteBuffer bytes, final int at, final Random random) {
        final int room = RegionHeader.ENTRY.field("name").count();
        final byte[] name = new byte[room];
        switch (random.nextInt(3)) {
            case 0:
                bytes.get(RegionHeader.DIRECTORY_OFFSET, name);
                break;
            case 1:
                Arrays.fill(name, (byte) 'n');
                name[room - 1 - random.nextInt(2)] = (byte) (0xFE + random.nextInt(2));
                break;
            default:
                // Two names that fill their fields and end with no 0 byte, alike or not.
                Arrays.fill(name, (byte) 0xFE);
                bytes.put(RegionHeader.DIRECTORY_OFFSET, name);
                name[room - 1] -= (byte) random.nextInt(2);
                break;
        }
        bytes.put(at, name);
    }
}
