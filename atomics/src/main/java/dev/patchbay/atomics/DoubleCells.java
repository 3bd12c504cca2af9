// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * An array of 64-bit floats that any number of threads, of any processes and in Java or C, load and store: {@link LongCells} that hold
 * a number's bits, with the same orders. In C the functions of the same names begin with {@code pb_double_}. Real-time safe.
 *
 * <p>A cell keeps every bit of what was stored: the sign of a zero, and the sign and payload of a NaN. What an operation makes of
 * them is the same in Java and C:
 *
 * <ul>
 *   <li>{@link #compareAndSet} compares bits: −0 is not +0, and a NaN is the same NaN only.
 *   <li>{@link #getAndAdd} adds as IEEE 754 does; a sum that is no number is stored as the NaN {@code 0x7FF8000000000000}, since which
 *       of two payloads a sum keeps depends on the processor. Where a thread flushes subnormal numbers to zero, so do its sums.
 *   <li>{@link #getAndMax} is maximumNumber of IEEE 754-2019: −0 is below +0, and a NaN is no number, so one that is offered changes
 *       nothing and one in the cell gives way to any number.
 * </ul>
 */
public final class DoubleCells {
    private static final long MAGNITUDE = Long.MAX_VALUE;
    private static final long INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

    private final LongCells bits;

    /**
     * Cells from a byte offset, a multiple of 8, on.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param offset bytes from the start of the buffer to cell 0
     * @param count how many cells
     */
    public DoubleCells(final AtomicBuffer buffer, final int offset, final int count) {
        this.bits = new LongCells(buffer, offset, count);
    }

    /**
     * {@return the cells of an array section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a section of 64-bit floats
     */
    public static DoubleCells over(final AtomicBuffer buffer, final SectionEntry section) {
        return new DoubleCells(buffer, section.elementOffset(0), section.count());
    }

    /** {@return the number of cells} */
    public int count() {
        return bits.count();
    }

    /**
     * Loads plainly, as {@link LongCells#getPlain}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public double getPlain(final int index) {
        return number(bits.getPlain(index));
    }

    /**
     * Stores plainly, as {@link LongCells#setPlain}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setPlain(final int index, final double value) {
        bits.setPlain(index, bits(value));
    }

    /**
     * Loads the cell alone, as {@link LongCells#getOpaque}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public double getOpaque(final int index) {
        return number(bits.getOpaque(index));
    }

    /**
     * Stores the cell alone, as {@link LongCells#setOpaque}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setOpaque(final int index, final double value) {
        bits.setOpaque(index, bits(value));
    }

    /**
     * Loads with acquire, as {@link LongCells#getAcquire}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public double getAcquire(final int index) {
        return number(bits.getAcquire(index));
    }

    /**
     * Stores with release, as {@link LongCells#setRelease}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setRelease(final int index, final double value) {
        bits.setRelease(index, bits(value));
    }

    /**
     * Loads in the one order of all volatile accesses, as {@link LongCells#getVolatile}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public double getVolatile(final int index) {
        return number(bits.getVolatile(index));
    }

    /**
     * Stores in the one order of all volatile accesses, as {@link LongCells#setVolatile}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setVolatile(final int index, final double value) {
        bits.setVolatile(index, bits(value));
    }

    /**
     * Exchanges the value, as {@link LongCells#getAndSet}. Wait-free.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     * @return what it had before
     */
    public double getAndSet(final int index, final double value) {
        return number(bits.getAndSet(index, bits(value)));
    }

    /**
     * Stores a value if the cell has the bits of an expected one, as {@link LongCells#compareAndSet}. Wait-free.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param expected what the cell must have, bit for bit
     * @param value what it then has afterwards
     * @return whether it was stored
     */
    public boolean compareAndSet(final int index, final double expected, final double value) {
        return bits.compareAndSet(index, bits(expected), bits(value));
    }

    /**
     * Adds, volatile: no one's amount is lost. Lock-free: a try that fails has met another thread's store, so a thread needs at most
     * one try more than others store meanwhile.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param amount what to add
     * @return what the cell had before
     */
    public double getAndAdd(final int index, final double amount) {
        long seen;
        long sum;
        do {
            // The compare-and-set behind it, which fails where this is old, orders.
            seen = bits.getOpaque(index);
            // Not the raw bits: there is one NaN.
            sum = Double.doubleToLongBits(number(seen) + amount);
        } while (!bits.compareAndSet(index, seen, sum));
        return number(seen);
    }

    /**
     * Raises the cell to a value if it is below or no number, as {@link LongCells#getAndMax}. Lock-free in the same bounds.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value the least that the cell has afterwards; a NaN changes nothing
     * @return what it had before
     */
    public double getAndMax(final int index, final double value) {
        final long most = bits(value);
        long seen;
        do {
            // Acquire: the value may be the answer. Pairs with whatever stored it.
            seen = bits.getAcquire(index);
        } while (isAbove(most, seen) && !bits.compareAndSet(index, seen, most));
        return number(seen);
    }

    /** Whether the bits of one number are above those of another, or those of no number. */
    private static boolean isAbove(final long one, final long other) {
        return isNumber(one) && (!isNumber(other) || rank(one) > rank(other));
    }

    private static boolean isNumber(final long bits) {
        return (bits & MAGNITUDE) <= INFINITY;
    }

    /** An integer that is ordered as the number is, −0 before +0; no processor's mode has a say. */
    private static long rank(final long bits) {
        return bits < 0 ? bits ^ MAGNITUDE : bits;
    }

    private static long bits(final double value) {
        return Double.doubleToRawLongBits(value);
    }

    private static double number(final long bits) {
        return Double.longBitsToDouble(bits);
    }
}
