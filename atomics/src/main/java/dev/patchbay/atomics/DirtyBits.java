// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Says which cells have changed, from one setter to one drainer. A bit is set after its value was stored; the drainer takes
 * a whole word at a time, then reads the values. Real-time safe.
 */
public final class DirtyBits {
    private final AtomicBuffer buffer;
    private final int offset;
    private final int words;

    /** Bits in so many 64-bit words from a byte offset, a multiple of 8, on. */
    public DirtyBits(final AtomicBuffer buffer, final int offset, final int words) {
        this.buffer = buffer;
        this.offset = offset;
        this.words = words;
    }

    /** The bits of a section. */
    public static DirtyBits over(final AtomicBuffer buffer, final SectionEntry section) {
        return new DirtyBits(buffer, section.elementOffset(0), section.count());
    }

    /** The number of words. */
    public int words() {
        return words;
    }

    /**
     * Sets a bit, also where it is set already: were that only looked at, the drainer could clear the bit and read the value
     * before the value's store reached it, and the change would be lost. The only one who interferes is the drainer, once for each drain, so the loop ends at the second try but for
     * a drainer that does nothing else. Pairs with the exchange of {@link #drain}.
     */
    public void set(final int bit) {
        final int at = offset + (bit >>> 6) * Long.BYTES;
        final long mask = 1L << bit;
        long seen;
        do {
            seen = buffer.getLongVolatile(at);
        } while (!buffer.compareAndSetLong(at, seen, seen | mask));
    }

    /** Takes the bits of a word and clears them in one exchange. Pairs with the compare-and-set of {@link #set}. */
    public long drain(final int word) {
        final int at = offset + word * Long.BYTES;
        return buffer.getLongVolatile(at) == 0 ? 0 : buffer.getAndSetLong(at, 0);
    }
}
