// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/** Named 64-bit counters with one writer and any number of readers. Real-time safe. */
public final class Counters {
    private final AtomicBuffer buffer;
    private final int offset;

    /** Counters from a byte offset, a multiple of 8, on. */
    public Counters(final AtomicBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
    }

    /** The counters of a section. */
    public static Counters over(final AtomicBuffer buffer, final SectionEntry section) {
        return new Counters(buffer, section.elementOffset(0));
    }

    /** Adds to a counter: a plain load of the writer's own last value, a store with release. By the writer only. */
    public void add(final int index, final long amount) {
        final int at = offset + index * Long.BYTES;
        buffer.putLongRelease(at, buffer.getLong(at) + amount);
    }

    /**
     * Raises a counter to a value if it is below. By the writer only. It stores in either case: a branch that is hardly ever
     * taken is one that the compiler leaves out, and the first new maximum would then cost a deoptimisation.
     */
    public void max(final int index, final long value) {
        final int at = offset + index * Long.BYTES;
        buffer.putLongRelease(at, Math.max(buffer.getLong(at), value));
    }

    /** Stores with release: pairs with {@link #getAcquire}. By the writer only. */
    public void setRelease(final int index, final long value) {
        buffer.putLongRelease(offset + index * Long.BYTES, value);
    }

    /** Loads with acquire: pairs with the release of the writer. */
    public long getAcquire(final int index) {
        return buffer.getLongAcquire(offset + index * Long.BYTES);
    }
}
