// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/** An array of 32-bit integers with one writer and any number of readers. Real-time safe. */
public final class IntCells {
    private final AtomicBuffer buffer;
    private final int offset;
    private final int count;

    /**
     * Cells from a byte offset, a multiple of 4, on.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param offset bytes from the start of the buffer to cell 0
     * @param count how many cells
     */
    public IntCells(final AtomicBuffer buffer, final int offset, final int count) {
        this.buffer = buffer;
        this.offset = offset;
        this.count = count;
    }

    /**
     * {@return the cells of an array section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a section of 32-bit integers
     */
    public static IntCells over(final AtomicBuffer buffer, final SectionEntry section) {
        return new IntCells(buffer, section.elementOffset(0), section.count());
    }

    /** {@return the number of cells} */
    public int count() {
        return count;
    }

    /**
     * Stores with release: pairs with {@link #getAcquire}. By the writer only.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setRelease(final int index, final int value) {
        buffer.putIntRelease(offset + index * Integer.BYTES, value);
    }

    /**
     * Loads with acquire: pairs with {@link #setRelease}, so what was stored before it is seen too.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public int getAcquire(final int index) {
        return buffer.getIntAcquire(offset + index * Integer.BYTES);
    }
}
