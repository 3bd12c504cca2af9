// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * An array of 32-bit integers that any number of threads, of any processes and in Java or C, load and store: each load and store is of
 * one piece. A cell needs no owner; where it has one writer, {@link #setRelease} and {@link #getAcquire} are all that is needed.
 * In C the functions of the same names begin with {@code pb_int32_} and take the cell's address. Real-time safe.
 *
 * <p>The order of an access is in its name, and each order pairs with one on the other side, in either language:
 *
 * <ul>
 *   <li><b>plain</b>: for a thread that is alone with the cell, such as its one writer when it loads its own last value. A store by
 *       another thread meanwhile is a data race, which C leaves undefined.
 *   <li><b>opaque</b>: the cell alone is agreed on, and nothing else: who sees a value may not see what was stored before it.
 *       Pairs with any atomic access of the same cell. In C: relaxed.
 *   <li><b>release</b> pairs with <b>acquire</b>: who loads the new value sees all that was stored before it.
 *   <li><b>volatile</b>: acquire and release, and besides all volatile accesses of all cells have one order, which each thread sees.
 *       For "store mine, then load yours". In C: sequentially consistent.
 * </ul>
 *
 * <p>The operations that load and store in one step ({@link #getAndSet}, {@link #compareAndSet}, {@link #getAndAdd} and, where it
 * stores, {@link #getAndMax}) are volatile, in C too.
 */
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
     * Loads plainly: while no other thread stores.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public int getPlain(final int index) {
        return buffer.getInt(at(index));
    }

    /**
     * Stores plainly: while no other thread loads or stores.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setPlain(final int index, final int value) {
        buffer.putInt(at(index), value);
    }

    /**
     * Loads the cell alone: orders nothing else. Pairs with any atomic store.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public int getOpaque(final int index) {
        return buffer.getIntOpaque(at(index));
    }

    /**
     * Stores the cell alone: orders nothing else. Pairs with any atomic load.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setOpaque(final int index, final int value) {
        buffer.putIntOpaque(at(index), value);
    }

    /**
     * Loads with acquire: pairs with {@link #setRelease}, so what was stored before it is seen too.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public int getAcquire(final int index) {
        return buffer.getIntAcquire(at(index));
    }

    /**
     * Stores with release: pairs with {@link #getAcquire}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setRelease(final int index, final int value) {
        buffer.putIntRelease(at(index), value);
    }

    /**
     * Loads in the one order of all volatile accesses: pairs with {@link #setVolatile} and the operations of one step.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public int getVolatile(final int index) {
        return buffer.getIntVolatile(at(index));
    }

    /**
     * Stores in the one order of all volatile accesses: pairs with {@link #getVolatile} and the operations of one step.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setVolatile(final int index, final int value) {
        buffer.putIntVolatile(at(index), value);
    }

    /**
     * Exchanges the value, volatile: of several who do so, each gets another's. Wait-free.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     * @return what it had before
     */
    public int getAndSet(final int index, final int value) {
        return buffer.getAndSetInt(at(index), value);
    }

    /**
     * Stores a value if the cell has an expected one, volatile: it fails only where the cell has another. Wait-free.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param expected what the cell must have
     * @param value what it then has afterwards
     * @return whether it was stored
     */
    public boolean compareAndSet(final int index, final int expected, final int value) {
        return buffer.compareAndSetInt(at(index), expected, value);
    }

    /**
     * Adds, volatile: no one's amount is lost. Wait-free.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param amount what to add; the sum wraps
     * @return what the cell had before
     */
    public int getAndAdd(final int index, final int amount) {
        return buffer.getAndAddInt(at(index), amount);
    }

    /**
     * Raises the cell to a value if it is below; then volatile. Where it is not below, this is a load with acquire and no store.
     * Lock-free: a try that fails has met another thread's store, so a thread needs at most one try more than others store meanwhile.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value the least, as a signed number, that the cell has afterwards
     * @return what it had before
     */
    public int getAndMax(final int index, final int value) {
        final int at = at(index);
        int seen;
        do {
            // Acquire: the value may be the answer. Pairs with whatever stored it.
            seen = buffer.getIntAcquire(at);
        } while (seen < value && !buffer.compareAndSetInt(at, seen, value));
        return seen;
    }

    private int at(final int index) {
        return offset + index * Integer.BYTES;
    }
}
