// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import java.util.function.IntConsumer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Says which cells have changed, from any setters to one drainer. A bit is set after its value was stored; the drainer takes
 * a whole word at a time, then reads the values. Two sides that tell each other have two of these, one for each direction; they
 * know nothing of each other. In C: {@code pb_dirty_set} and so on. Real-time safe.
 */
public final class DirtyBits {
    private final AtomicBuffer buffer;
    private final int offset;
    private final int words;

    /**
     * Bits in so many 64-bit words from a byte offset, a multiple of 8, on.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param offset bytes from the start of the buffer to word 0
     * @param words how many words, at least 1
     */
    public DirtyBits(final AtomicBuffer buffer, final int offset, final int words) {
        this.buffer = buffer;
        this.offset = offset;
        this.words = words;
    }

    /**
     * {@return the bits of a section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a section of bits
     */
    public static DirtyBits over(final AtomicBuffer buffer, final SectionEntry section) {
        return new DirtyBits(buffer, section.elementOffset(0), section.count());
    }

    /** {@return the number of 64-bit words} */
    public int words() {
        return words;
    }

    /**
     * Sets a bit, also where it is set already: were that only looked at, the drainer could clear the bit and read the value
     * before the value's store reached it, and the change would be lost. Pairs with the exchange of {@link #drain}. Any setter's
     * thread; lock-free: a try fails only where another setter or the drainer came between with the same word, so with one setter the
     * loop ends at the second try but for a drainer that does nothing else.
     *
     * @param bit the number of the bit, from 0 to below 64 times the words
     */
    public void set(final int bit) {
        final int at = offset + (bit >>> 6) * Long.BYTES;
        final long mask = 1L << bit;
        long seen;
        do {
            // Opaque: the compare-and-set, which fails where this is old, orders.
            seen = buffer.getLongOpaque(at);
            // Pairs with the exchange of drain and of pb_dirty_drain; only its release is needed.
        } while (!buffer.compareAndSetLong(at, seen, seen | mask));
    }

    /**
     * Takes the bits of a word and clears them in one exchange; where there are none, it only looks. Pairs with the compare-and-set
     * of {@link #set}: who takes a bit sees the value. By the drainer only; wait-free.
     *
     * @param word the number of the word, from 0
     * @return the bits that were set; bit {@code b} of word {@code w} is number {@code 64 × w + b}
     */
    public long drain(final int word) {
        final int at = offset + word * Long.BYTES;
        // Opaque: it only decides whether to exchange. The exchange pairs with the compare-and-set
        // of
        // set and with pb_dirty_set; only its acquire is needed.
        return buffer.getLongOpaque(at) == 0 ? 0 : buffer.getAndSetLong(at, 0);
    }

    /**
     * Takes the bits of all words, one exchange for each word that has any, and hands them on. By the drainer only. Allocates
     * nothing where the caller keeps what takes them.
     *
     * @param target takes the number of each bit that was set, by rising number, on the calling thread
     */
    public void drainEach(final IntConsumer target) {
        for (int word = 0; word < words; word++) {
            for (long left = drain(word); left != 0; left &= left - 1) {
                target.accept(word * Long.SIZE + Long.numberOfTrailingZeros(left));
            }
        }
    }
}
