// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.Loads;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A struct of 64-bit words behind a sequence number that is odd while the words are stored: what a snapshot and each slot of a
 * broadcast are. The words are stored with release and loaded with acquire, so no plain access races. By one writer, and any
 * readers, whose mapping may be read-only.
 *
 * @param distance bytes from the number to the first word
 * @param words how many there are
 */
record SequencedWords(int distance, int words) {
    /**
     * Stores the words while the number is odd, and then the even number that follows. By the writer only.
     *
     * @param sequence the byte offset of the number
     */
    void store(final AtomicBuffer buffer, final int sequence, final long odd, final long[] source) {
        // Release: pairs with the acquire of number; who sees the odd number also sees what the
        // writer stored before it, such as the tail of a broadcast.
        buffer.putLongRelease(sequence, odd);
        final int payload = sequence + distance;
        for (int i = 0; i < words; i++) {
            // Release: pairs with the acquire of the word in load; a reader that sees this word
            // also sees the odd number.
            buffer.putLongRelease(payload + i * Long.BYTES, source[i]);
        }
        // Release: pairs with the acquire of number.
        buffer.putLongRelease(sequence, odd + 1);
    }

    /** The number. Acquire: pairs with the last release of store, so that the words are at least those stored with it. */
    static long number(final Loads loads, final int sequence) {
        return loads.int64(sequence);
    }

    /**
     * Loads the words: whether they are whole, those that were stored with this number. The reader must know the number's store: from
     * {@link #number}, or from what was stored with release behind it.
     *
     * @param sequence the byte offset of the number
     */
    boolean load(final Loads loads, final int sequence, final long expected, final long[] target) {
        final int payload = sequence + distance;
        for (int i = 0; i < words; i++) {
            // Acquire: pairs with the release of the word, and keeps the load below after this one.
            target[i] = loads.int64(payload + i * Long.BYTES);
        }
        // Opaque: the acquires above keep it behind them.
        return loads.int64Opaque(sequence) == expected;
    }

    /**
     * A copy's words, if it is a copy of such a struct.
     *
     * @param what what the struct lies in, to begin a sentence with
     */
    long[] of(final StructCopy copy, final String what) {
        if (copy.type().size() != words * Long.BYTES) {
            throw new IllegalArgumentException(
                    what
                            + " holds a struct of "
                            + words * Long.BYTES
                            + " bytes, but \""
                            + copy.type().name()
                            + "\" has "
                            + copy.type().size()
                            + ". Make the copy from the section's own struct.");
        }
        return copy.words();
    }
}
