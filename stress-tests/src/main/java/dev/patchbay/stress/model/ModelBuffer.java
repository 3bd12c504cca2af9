// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.Update.Kind.COMPARE_AND_SET;
import static dev.patchbay.stress.model.Update.Kind.GET_AND_ADD;
import static dev.patchbay.stress.model.Update.Kind.GET_AND_AND;
import static dev.patchbay.stress.model.Update.Kind.GET_AND_OR;
import static dev.patchbay.stress.model.Update.Kind.GET_AND_SET;
import static dev.patchbay.stress.model.Update.Kind.GET_AND_XOR;

import java.util.function.Supplier;

/**
 * Memory that answers as RC11 memory may. Where no actor runs, in the set-up and in the checks, it is memory like any other. By the
 * thread that runs the model only.
 */
public final class ModelBuffer extends ModelAccessors {
    private final Machine machine;

    ModelBuffer(final Machine machine) {
        this.machine = machine;
    }

    @Override
    public long get(final int index, final int size, final Order order) {
        boundsCheck(index, size);
        return machine.load(index, size, order);
    }

    @Override
    public void put(final int index, final int size, final Order order, final long bits) {
        boundsCheck(index, size);
        machine.store(index, size, order, bits);
    }

    @Override
    public long compareAndExchange(
            final int index,
            final int size,
            final Order order,
            final long expected,
            final long bits) {
        return update(index, size, order, COMPARE_AND_SET, expected, bits);
    }

    /** The same, of another order where it does not store. */
    public long compareAndExchange(
            final int index,
            final int size,
            final Order order,
            final Order failure,
            final long expected,
            final long bits) {
        boundsCheck(index, size);
        return machine.update(index, size, order, failure, COMPARE_AND_SET, expected, bits);
    }

    @Override
    public long getAndSet(final int index, final int size, final Order order, final long bits) {
        return update(index, size, order, GET_AND_SET, 0, bits);
    }

    @Override
    public long getAndAdd(final int index, final int size, final Order order, final long delta) {
        return update(index, size, order, GET_AND_ADD, 0, delta);
    }

    /** A bitwise and of 1 to 8 bytes of any order; the bits found. Only C has such operations. */
    public long getAndAnd(final int index, final int size, final Order order, final long bits) {
        return update(index, size, order, GET_AND_AND, 0, bits);
    }

    /** A bitwise or of 1 to 8 bytes of any order; the bits found. Only C has such operations. */
    public long getAndOr(final int index, final int size, final Order order, final long bits) {
        return update(index, size, order, GET_AND_OR, 0, bits);
    }

    /** A bitwise exclusive or of 1 to 8 bytes of any order; the bits found. Only C has such operations. */
    public long getAndXor(final int index, final int size, final Order order, final long bits) {
        return update(index, size, order, GET_AND_XOR, 0, bits);
    }

    /**
     * Says where accesses are made from now on, for traces, where that is no line of Java.
     *
     * @param site asked during an access; null for Java
     */
    public void from(final Supplier<String> site) {
        machine.from(site);
    }

    /** A release fence: what {@code VarHandle.releaseFence} is to code that was redirected. */
    public void releaseFence() {
        machine.fence(false, true);
    }

    /** An acquire fence. */
    public void acquireFence() {
        machine.fence(true, false);
    }

    private long update(
            final int index,
            final int size,
            final Order order,
            final Update.Kind kind,
            final long expected,
            final long operand) {
        boundsCheck(index, size);
        return machine.update(index, size, order, order.ofLoad(), kind, expected, operand);
    }

    @Override
    public int capacity() {
        return machine.capacity();
    }

    @Override
    public void checkLimit(final int limit) {
        boundsCheck(0, limit);
    }

    @Override
    public void boundsCheck(final int index, final int length) {
        if (index < 0 || length < 0 || index > capacity() - length) {
            throw new IndexOutOfBoundsException(
                    length + " bytes at " + index + " are not within " + capacity() + " bytes.");
        }
    }

    @Override
    public boolean isExpandable() {
        return false;
    }

    @Override
    public void verifyAlignment() {
        // Each atomic access is checked for itself.
    }
}
