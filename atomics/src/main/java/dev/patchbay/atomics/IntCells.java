// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/** An array of 32-bit integers with one writer and any number of readers. Real-time safe. */
public final class IntCells {
    private final AtomicBuffer buffer;
    private final int offset;
    private final int count;

    /** Cells from a byte offset, a multiple of 4, on. */
    public IntCells(final AtomicBuffer buffer, final int offset, final int count) {
        this.buffer = buffer;
        this.offset = offset;
        this.count = count;
    }

    /** The cells of an array section. */
    public static IntCells over(final AtomicBuffer buffer, final SectionEntry section) {
        return new IntCells(buffer, section.elementOffset(0), section.count());
    }

    /** The number of cells. */
    public int count() {
        return count;
    }

    /** Stores with release: pairs with {@link #getAcquire}. By the writer only. */
    public void setRelease(final int index, final int value) {
        buffer.putIntRelease(offset + index * Integer.BYTES, value);
    }

    /** Loads with acquire: pairs with {@link #setRelease}. */
    public int getAcquire(final int index) {
        return buffer.getIntAcquire(offset + index * Integer.BYTES);
    }
}
