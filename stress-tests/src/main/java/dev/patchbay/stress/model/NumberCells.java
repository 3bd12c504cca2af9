// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import dev.patchbay.atomics.DoubleCells;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.LongCells;
import java.util.function.IntToLongFunction;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Cells of any of the four types, with whole numbers for values: what a scenario does with one type it does with all. Each operation is
 * that of the cells.
 */
public record NumberCells(
        Store setVolatile,
        IntToLongFunction getVolatile,
        Update getAndSet,
        CompareAndSet compareAndSet,
        Update getAndAdd,
        Update getAndMax,
        Store setRelease,
        IntToLongFunction getAcquire,
        Store setOpaque,
        IntToLongFunction getOpaque) {
    /** Stores a value. */
    @FunctionalInterface
    public interface Store {
        /** Stores it. */
        void at(int index, long value);
    }

    /** Changes a value. */
    @FunctionalInterface
    public interface Update {
        /** {@return the value before} */
        long at(int index, long value);
    }

    /** Changes a value that is as expected. */
    @FunctionalInterface
    public interface CompareAndSet {
        /** {@return whether it was} */
        boolean at(int index, long expected, long value);
    }

    /** How many operations {@link #change} knows. */
    public static final int CHANGES = 5;

    /** Cells of 32 bits at a buffer's start. */
    public static NumberCells ints(final AtomicBuffer memory, final int count) {
        final IntCells c = new IntCells(memory, 0, count);
        return new NumberCells(
                (i, value) -> c.setVolatile(i, (int) value),
                c::getVolatile,
                (i, value) -> c.getAndSet(i, (int) value),
                (i, expected, value) -> c.compareAndSet(i, (int) expected, (int) value),
                (i, value) -> c.getAndAdd(i, (int) value),
                (i, value) -> c.getAndMax(i, (int) value),
                (i, value) -> c.setRelease(i, (int) value),
                c::getAcquire,
                (i, value) -> c.setOpaque(i, (int) value),
                c::getOpaque);
    }

    /** Cells of 64 bits at a buffer's start. */
    public static NumberCells longs(final AtomicBuffer memory, final int count) {
        final LongCells c = new LongCells(memory, 0, count);
        return new NumberCells(
                c::setVolatile,
                c::getVolatile,
                c::getAndSet,
                c::compareAndSet,
                c::getAndAdd,
                c::getAndMax,
                c::setRelease,
                c::getAcquire,
                c::setOpaque,
                c::getOpaque);
    }

    /** Cells of floats at a buffer's start. */
    public static NumberCells floats(final AtomicBuffer memory, final int count) {
        final FloatCells c = new FloatCells(memory, 0, count);
        return new NumberCells(
                c::setVolatile,
                i -> (long) c.getVolatile(i),
                (i, value) -> (long) c.getAndSet(i, value),
                c::compareAndSet,
                (i, value) -> (long) c.getAndAdd(i, value),
                (i, value) -> (long) c.getAndMax(i, value),
                c::setRelease,
                i -> (long) c.getAcquire(i),
                c::setOpaque,
                i -> (long) c.getOpaque(i));
    }

    /** Cells of doubles at a buffer's start. */
    public static NumberCells doubles(final AtomicBuffer memory, final int count) {
        final DoubleCells c = new DoubleCells(memory, 0, count);
        return new NumberCells(
                c::setVolatile,
                i -> (long) c.getVolatile(i),
                (i, value) -> (long) c.getAndSet(i, value),
                c::compareAndSet,
                (i, value) -> (long) c.getAndAdd(i, value),
                (i, value) -> (long) c.getAndMax(i, value),
                c::setRelease,
                i -> (long) c.getAcquire(i),
                c::setOpaque,
                i -> (long) c.getOpaque(i));
    }

    /** Makes a cell that is 0 a 1, by one of the operations that are volatile. */
    public void change(final int operation, final int index) {
        switch (operation) {
            case 0 -> setVolatile.at(index, 1);
            case 1 -> getAndSet.at(index, 1);
            case 2 -> compareAndSet.at(index, 0, 1);
            case 3 -> getAndAdd.at(index, 1);
            default -> getAndMax.at(index, 1);
        }
    }
}
