// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bytes of a region with something changed at random, mostly where it matters: it knows header and directory. */
final class Mutant {
    private static final StructType H = RegionHeader.STRUCT;
    private static final StructType E = RegionHeader.ENTRY;
    private static final List<Field> HEADER_FIELDS = H.fields();
    private static final List<Field> ENTRY_FIELDS = E.fields();
    private static final int HEADER_LENGTH = H.offset("length");
    private static final int SECTION_COUNT = H.offset("section_count");
    private static final int ROLES = H.offset("roles");
    private static final long[] VALUES = {
        0,
        1,
        2,
        3,
        7,
        8,
        63,
        64,
        127,
        128,
        129,
        256,
        257,
        768,
        1024,
        4095,
        4096,
        8192,
        -1,
        -8,
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

    private final Random random;
    private byte[] bytes;
    private ByteBuffer region;

    private Mutant(final byte[] bytes, final Random random) {
        this.random = random;
        replace(bytes.clone());
    }

    /** Makes one to three changes; the length may change too. */
    static byte[] of(final byte[] region, final Random random) {
        final Mutant mutant = new Mutant(region, random);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            mutant.change();
        }
        return mutant.bytes;
    }

    private void replace(final byte[] other) {
        bytes = other;
        region = Small.over(other);
    }

    private int entries() {
        final int fit = (bytes.length - RegionHeader.DIRECTORY_OFFSET) / E.size();
        final int count = region.getInt(SECTION_COUNT);
        return count < 1 || count > fit ? fit : count;
    }

    private int entry(final int index) {
        return RegionHeader.DIRECTORY_OFFSET + index * E.size();
    }

    private int anyEntry() {
        return entry(random.nextInt(entries()));
    }

    private void change() {
        if (bytes.length < RegionHeader.DIRECTORY_OFFSET + E.size() || random.nextInt(12) == 0) {
            resize();
            return;
        }
        switch (random.nextInt(12)) {
            case 0:
            case 1:
                field(HEADER_FIELDS, 0);
                break;
            case 2:
                roles();
                break;
            case 3:
                region.putInt(SECTION_COUNT, entries() + random.nextInt(5) - 2);
                break;
            case 4:
                move(anyEntry(), anyEntry());
                break;
            case 5:
                name(anyEntry() + E.offset("name"), E.field("name").count());
                break;
            case 6:
                kind(anyEntry());
                break;
            case 7:
                described(anyEntry());
                break;
            default:
                field(ENTRY_FIELDS, anyEntry());
                break;
        }
    }

    private void resize() {
        final int old = bytes.length;
        final int length;
        switch (random.nextInt(3)) {
            case 0:
                length = random.nextInt(old + 1);
                break;
            case 1:
                length = Math.max(0, old - 128 * random.nextInt(20));
                break;
            default:
                length = old + random.nextInt(300);
                break;
        }
        replace(Arrays.copyOf(bytes, length));
        if (random.nextInt(4) != 0 && length >= RegionHeader.DIRECTORY_OFFSET) {
            region.putLong(HEADER_LENGTH, length);
        }
    }

    /** One entry over another, or both exchanged. */
    private void move(final int from, final int to) {
        final byte[] moved = Arrays.copyOfRange(bytes, from, from + E.size());
        if (random.nextBoolean()) {
            System.arraycopy(bytes, to, bytes, from, E.size());
        }
        System.arraycopy(moved, 0, bytes, to, E.size());
    }

    private void kind(final int entry) {
        region.putInt(entry + E.offset("kind"), random.nextInt(SectionKind.values().length + 2));
        if (random.nextBoolean()) {
            region.putInt(
                    entry + E.offset("scalar"), random.nextInt(FieldType.values().length + 3));
        }
    }

    /** Parameters that any section may describe. */
    private void described(final int entry) {
        region.putInt(entry + E.offset("kind"), SectionKind.PARAMETERS.code());
        region.putInt(entry + E.offset("described_by"), random.nextInt(entries() + 2));
    }

    private void roles() {
        final int size = RegionHeader.ROLE_NAME.size();
        final int role = ROLES + random.nextInt(Role.MAX_CODE + 1) * size;
        if (random.nextBoolean()) {
            System.arraycopy(
                    bytes, ROLES + random.nextInt(Role.MAX_CODE + 1) * size, bytes, role, size);
        } else {
            name(role, size);
        }
    }

    private void field(final List<Field> fields, final int base) {
        final Field field = fields.get(random.nextInt(fields.size()));
        final int at = base + field.offset();
        if (field.isText()) {
            name(at, field.count());
        } else if (field.struct() != null) {
            roles();
        } else if (random.nextInt(3) == 0) {
            final int bit = random.nextInt(field.size() * Byte.SIZE);
            bytes[at + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        } else if (field.elementSize() == Long.BYTES) {
            region.putLong(at, value(region.getLong(at)));
        } else {
            region.putInt(at, (int) value(region.getInt(at)));
        }
    }

    private long value(final long old) {
        final long value = VALUES[random.nextInt(VALUES.length)];
        switch (random.nextInt(4)) {
            case 0:
                return old + value;
            case 1:
                return old + 8 * (random.nextInt(9) - 4);
            case 2:
                return random.nextInt(64);
            default:
                return value;
        }
    }

    private void name(final int at, final int room) {
        switch (random.nextInt(5)) {
            case 0:
                System.arraycopy(bytes, entry(0), bytes, at, Math.min(room, 47));
                break;
            case 1:
                // No 0 byte.
                Arrays.fill(bytes, at, at + room, (byte) 'n');
                break;
            case 2:
                // As long as a name can be.
                Arrays.fill(bytes, at, at + room - 1, (byte) ('a' + random.nextInt(2)));
                bytes[at + room - 1] = 0;
                break;
            case 3:
                bytes[at + random.nextInt(room)] = (byte) random.nextInt(256);
                break;
            default:
                bytes[at + random.nextInt(4)] = (byte) " \"\\A9_z".charAt(random.nextInt(7));
                break;
        }
    }
}
