// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import dev.patchbay.layout.Loads;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Order;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.AtomicBuffer;

/** What a mutant calls in the place of a method of {@code AtomicBuffer}: the same, in the order that the last argument numbers. */
public final class Weakened {
    private static final Order[] ORDERS = Order.values();
    private static final long INT = 0xFFFF_FFFFL;
    private static final VarHandle BUFFER_OF_LOADS = bufferOfLoads();

    private Weakened() {}

    private static VarHandle bufferOfLoads() {
        try {
            return MethodHandles.privateLookupIn(Loads.class, MethodHandles.lookup())
                    .findVarHandle(Loads.class, "buffer", AtomicBuffer.class);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Loads has no field \"buffer\" of the type AtomicBuffer any more: name the one"
                            + " that it loads from here.",
                    e);
        }
    }

    private static ModelBuffer model(final AtomicBuffer buffer) {
        return (ModelBuffer) buffer;
    }

    public static int getInt(final AtomicBuffer buffer, final int index, final int order) {
        return (int) model(buffer).get(index, Integer.BYTES, ORDERS[order]);
    }

    public static long getLong(final AtomicBuffer buffer, final int index, final int order) {
        return model(buffer).get(index, Long.BYTES, ORDERS[order]);
    }

    public static int int32(final Loads loads, final int at, final int order) {
        return getInt((AtomicBuffer) BUFFER_OF_LOADS.get(loads), at, order);
    }

    public static long int64(final Loads loads, final int at, final int order) {
        return getLong((AtomicBuffer) BUFFER_OF_LOADS.get(loads), at, order);
    }

    public static float float32(final Loads loads, final int at, final int order) {
        return Float.intBitsToFloat(int32(loads, at, order));
    }

    public static double float64(final Loads loads, final int at, final int order) {
        return Double.longBitsToDouble(int64(loads, at, order));
    }

    public static void putInt(
            final AtomicBuffer buffer, final int index, final int value, final int order) {
        model(buffer).put(index, Integer.BYTES, ORDERS[order], value & INT);
    }

    public static void putLong(
            final AtomicBuffer buffer, final int index, final long value, final int order) {
        model(buffer).put(index, Long.BYTES, ORDERS[order], value);
    }

    public static boolean compareAndSetInt(
            final AtomicBuffer buffer,
            final int index,
            final int expected,
            final int value,
            final int order) {
        return compareAndExchangeInt(buffer, index, expected, value, order) == expected;
    }

    public static boolean compareAndSetLong(
            final AtomicBuffer buffer,
            final int index,
            final long expected,
            final long value,
            final int order) {
        return compareAndExchangeLong(buffer, index, expected, value, order) == expected;
    }

    public static int compareAndExchangeInt(
            final AtomicBuffer buffer,
            final int index,
            final int expected,
            final int value,
            final int order) {
        return (int)
                model(buffer)
                        .compareAndExchange(
                                index, Integer.BYTES, ORDERS[order], expected & INT, value & INT);
    }

    public static long compareAndExchangeLong(
            final AtomicBuffer buffer,
            final int index,
            final long expected,
            final long value,
            final int order) {
        return model(buffer).compareAndExchange(index, Long.BYTES, ORDERS[order], expected, value);
    }

    public static int getAndSetInt(
            final AtomicBuffer buffer, final int index, final int value, final int order) {
        return (int) model(buffer).getAndSet(index, Integer.BYTES, ORDERS[order], value & INT);
    }

    public static long getAndSetLong(
            final AtomicBuffer buffer, final int index, final long value, final int order) {
        return model(buffer).getAndSet(index, Long.BYTES, ORDERS[order], value);
    }

    public static int getAndAddInt(
            final AtomicBuffer buffer, final int index, final int delta, final int order) {
        return (int) model(buffer).getAndAdd(index, Integer.BYTES, ORDERS[order], delta & INT);
    }

    public static long getAndAddLong(
            final AtomicBuffer buffer, final int index, final long delta, final int order) {
        return model(buffer).getAndAdd(index, Long.BYTES, ORDERS[order], delta);
    }
}
