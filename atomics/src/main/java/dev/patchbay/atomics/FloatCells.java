// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * An array of 32-bit floats that any number of threads, of any processes and in Java or C, load and store: {@link IntCells} that hold
 * a number's bits, with the same orders. In C the functions of the same names begin with {@code pb_float_}. Real-time safe.
 *
 * <p>A cell keeps every bit of what was stored: the sign of a zero, and the sign and payload of a NaN. What an operation makes of
 * them is the same in Java and C:
 *
 * <ul>
 *   <li>{@link #compareAndSet} compares bits: −0 is not +0, and a NaN is the same NaN only.
 *   <li>{@link #getAndAdd} adds as IEEE 754 does; a sum that is no number is stored as the NaN {@code 0x7FC00000}, since which
 *       of two payloads a sum keeps depends on the processor. Where a thread flushes subnormal numbers to zero, so do its sums.
 *   <li>{@link #getAndMax} is maximumNumber of IEEE 754-2019: −0 is below +0, and a NaN is no number, so one that is offered changes
 *       nothing and one in the cell gives way to any number.
 * </ul>
 */
public final class FloatCells {
    private static final int MAGNITUDE = Integer.MAX_VALUE;
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final IntCells bits;

    /**
     * Cells from a byte offset, a multiple of 4, on.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param offset bytes from the start of the buffer to cell 0
     * @param count how many cells
     */
    public FloatCells(final AtomicBuffer buffer, final int offset, final int count) {
        this.bits = new IntCells(buffer, offset, count);
    }

    /**
     * {@return the cells of an array section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a section of 32-bit floats
     */
    public static FloatCells over(final AtomicBuffer buffer, final SectionEntry section) {
        return new FloatCells(buffer, section.elementOffset(0), section.count());
    }

    /** {@return the number of cells} */
    public int count() {
        return bits.count();
    }

    /**
     * Loads plainly, as {@link IntCells#getPlain}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public float getPlain(final int index) {
        return number(bits.getPlain(index));
    }

    /**
     * Stores plainly, as {@link IntCells#setPlain}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setPlain(final int index, final float value) {
        bits.setPlain(index, bits(value));
    }

    /**
     * Loads the cell alone, as {@link IntCells#getOpaque}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public float getOpaque(final int index) {
        return number(bits.getOpaque(index));
    }

    /**
     * Stores the cell alone, as {@link IntCells#setOpaque}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setOpaque(final int index, final float value) {
        bits.setOpaque(index, bits(value));
    }

    /**
     * Loads with acquire, as {@link IntCells#getAcquire}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public float getAcquire(final int index) {
        return number(bits.getAcquire(index));
    }

    /**
     * Stores with release, as {@link IntCells#setRelease}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setRelease(final int index, final float value) {
        bits.setRelease(index, bits(value));
    }

    /**
     * Loads in the one order of all volatile accesses, as {@link IntCells#getVolatile}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @return the cell's value
     */
    public float getVolatile(final int index) {
        return number(bits.getVolatile(index));
    }

    /**
     * Stores in the one order of all volatile accesses, as {@link IntCells#setVolatile}.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     */
    public void setVolatile(final int index, final float value) {
        bits.setVolatile(index, bits(value));
    }

    /**
     * Exchanges the value, as {@link IntCells#getAndSet}. Wait-free.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value what the cell has afterwards
     * @return what it had before
     */
    public float getAndSet(final int index, final float value) {
        return number(bits.getAndSet(index, bits(value)));
    }

    /**
     * Stores a value if the cell has the bits of an expected one, as {@link IntCells#compareAndSet}. Wait-free.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param expected what the cell must have, bit for bit
     * @param value what it then has afterwards
     * @return whether it was stored
     */
    public boolean compareAndSet(final int index, final float expected, final float value) {
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
    public float getAndAdd(final int index, final float amount) {
        int seen;
        int sum;
        do {
            // The compare-and-set behind it, which fails where this is old, orders.
            seen = bits.getOpaque(index);
            // Not the raw bits: there is one NaN.
            sum = Float.floatToIntBits(number(seen) + amount);
        } while (!bits.compareAndSet(index, seen, sum));
        return number(seen);
    }

    /**
     * Raises the cell to a value if it is below or no number, as {@link IntCells#getAndMax}. Lock-free in the same bounds.
     *
     * @param index the number of the cell, 0 to below {@link #count()}
     * @param value the least that the cell has afterwards; a NaN changes nothing
     * @return what it had before
     */
    public float getAndMax(final int index, final float value) {
        final int most = bits(value);
        int seen;
        do {
            // Acquire: the value may be the answer. Pairs with whatever stored it.
            seen = bits.getAcquire(index);
        } while (isAbove(most, seen) && !bits.compareAndSet(index, seen, most));
        return number(seen);
    }

    /** Whether the bits of one number are above those of another, or those of no number. */
    private static boolean isAbove(final int one, final int other) {
        return isNumber(one) && (!isNumber(other) || rank(one) > rank(other));
    }

    private static boolean isNumber(final int bits) {
        return (bits & MAGNITUDE) <= INFINITY;
    }

    /** An integer that is ordered as the number is, −0 before +0; no processor's mode has a say. */
    private static int rank(final int bits) {
        return bits < 0 ? bits ^ MAGNITUDE : bits;
    }

    private static int bits(final float value) {
        return Float.floatToRawIntBits(value);
    }

    private static float number(final int bits) {
        return Float.intBitsToFloat(bits);
    }
}
