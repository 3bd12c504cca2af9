// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Named 64-bit counters with one writer and any number of readers: {@link LongCells} that only their owner changes, so adding needs
 * no step of load and store in one. Real-time safe.
 */
public final class Counters {
    private final LongCells cells;

    /**
     * Counters from a byte offset, a multiple of 8, on.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param offset bytes from the start of the buffer to counter 0
     * @param count how many counters
     */
    public Counters(final AtomicBuffer buffer, final int offset, final int count) {
        this.cells = new LongCells(buffer, offset, count);
    }

    /**
     * {@return the counters of a section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a section of 64-bit counters
     */
    public static Counters over(final AtomicBuffer buffer, final SectionEntry section) {
        return new Counters(buffer, section.elementOffset(0), section.count());
    }

    /** {@return the number of counters} */
    public int count() {
        return cells.count();
    }

    /**
     * Adds to a counter: a plain load of the writer's own last value, a store with release. By the writer only.
     *
     * @param index the number of the counter, from 0
     * @param amount what to add; the sum wraps
     */
    public void add(final int index, final long amount) {
        cells.setRelease(index, cells.getPlain(index) + amount);
    }

    /**
     * Raises a counter to a value if it is below. By the writer only. It stores in either case: a branch that is hardly ever
     * taken is one that the compiler leaves out, and the first new maximum would then cost a deoptimisation.
     *
     * @param index the number of the counter, from 0
     * @param value the least that the counter has afterwards
     */
    public void max(final int index, final long value) {
        cells.setRelease(index, Math.max(cells.getPlain(index), value));
    }

    /**
     * Stores with release: pairs with {@link #getAcquire}. By the writer only.
     *
     * @param index the number of the counter, from 0
     * @param value what the counter has afterwards
     */
    public void setRelease(final int index, final long value) {
        cells.setRelease(index, value);
    }

    /**
     * Loads with acquire: pairs with the release of the writer.
     *
     * @param index the number of the counter, from 0
     * @return its value
     */
    public long getAcquire(final int index) {
        return cells.getAcquire(index);
    }
}
