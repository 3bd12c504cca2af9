// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

/** Values of 1, 2, 4 or 8 bytes at their natural alignment in an array of little-endian words: none straddles two. */
final class Words {
    private Words() {}

    /** The value of so many bytes at a byte offset, its sign extended. */
    static long get(final long[] words, final int at, final int bytes) {
        final int unused = Long.SIZE - bytes * Byte.SIZE;
        return words[at >>> 3] << unused - shift(at) >> unused;
    }

    /** Stores the low bytes of a value at a byte offset. */
    static void set(final long[] words, final int at, final int bytes, final long value) {
        final long mask = -1L >>> Long.SIZE - bytes * Byte.SIZE;
        final int shift = shift(at);
        words[at >>> 3] = words[at >>> 3] & ~(mask << shift) | (value & mask) << shift;
    }

    private static int shift(final int at) {
        return (at & 7) * Byte.SIZE;
    }
}
