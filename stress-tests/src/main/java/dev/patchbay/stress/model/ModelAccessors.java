// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.Order.ACQUIRE;
import static dev.patchbay.stress.model.Order.OPAQUE;
import static dev.patchbay.stress.model.Order.PLAIN;
import static dev.patchbay.stress.model.Order.RELEASE;
import static dev.patchbay.stress.model.Order.VOLATILE;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * What each accessor of {@code AtomicBuffer} is in terms of the model: a load, a store or a read-modify-write of the order in its
 * name. Bytes in bulk are plain accesses of up to eight bytes each.
 */
abstract class ModelAccessors extends UnmodelledBuffer {
    private static final long INT = 0xFFFF_FFFFL;
    private static final long SHORT = 0xFFFF;
    private static final long BYTE = 0xFF;

    /** A load of 1 to 8 bytes of any order; the value's bits. What a rewritten call of production code calls. */
    public abstract long get(int index, int size, Order order);

    /** A store of 1 to 8 bytes of any order; the value's bits. What a rewritten call of production code calls. */
    public abstract void put(int index, int size, Order order, long bits);

    /** A compare-and-set of 4 or 8 bytes of any order; the bits found. What a rewritten call of production code calls. */
    public abstract long compareAndExchange(
            int index, int size, Order order, long expected, long bits);

    /** An exchange of 4 or 8 bytes of any order; the bits found. What a rewritten call of production code calls. */
    public abstract long getAndSet(int index, int size, Order order, long bits);

    /** An addition to 4 or 8 bytes of any order; the bits found. What a rewritten call of production code calls. */
    public abstract long getAndAdd(int index, int size, Order order, long delta);

    @Override
    public void setMemory(final int index, final int length, final byte value) {
        final long all = (value & BYTE) * 0x0101_0101_0101_0101L;
        for (int i = 0; i < length; i += step(index + i, length - i)) {
            final int size = step(index + i, length - i);
            put(index + i, size, PLAIN, all >>> Long.SIZE - Byte.SIZE * size);
        }
    }

    @Override
    public void putBytes(final int index, final byte[] source) {
        putBytes(index, source, 0, source.length);
    }

    @Override
    public void putBytes(final int index, final byte[] source, final int from, final int length) {
        for (int i = 0; i < length; i += step(index + i, length - i)) {
            final int size = step(index + i, length - i);
            long bits = 0;
            for (int b = 0; b < size; b++) {
                bits |= (source[from + i + b] & BYTE) << shift(b, size);
            }
            put(index + i, size, PLAIN, bits);
        }
    }

    @Override
    public void putBytes(
            final int index, final DirectBuffer source, final int from, final int length) {
        final byte[] bytes = new byte[length];
        source.getBytes(from, bytes);
        putBytes(index, bytes);
    }

    @Override
    public void getBytes(final int index, final byte[] target) {
        getBytes(index, target, 0, target.length);
    }

    @Override
    public void getBytes(final int index, final byte[] target, final int to, final int length) {
        for (int i = 0; i < length; i += step(index + i, length - i)) {
            final int size = step(index + i, length - i);
            final long bits = get(index + i, size, PLAIN);
            for (int b = 0; b < size; b++) {
                target[to + i + b] = (byte) (bits >>> shift(b, size));
            }
        }
    }

    /** Up to the next multiple of eight. */
    private static int step(final int index, final int left) {
        return Math.min(left, Long.BYTES - index % Long.BYTES);
    }

    private static int shift(final int b, final int size) {
        final boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        return Byte.SIZE * (little ? b : size - 1 - b);
    }

    @Override
    public long getLong(final int index, final ByteOrder order) {
        final long value = getLong(index);
        return order == ByteOrder.nativeOrder() ? value : Long.reverseBytes(value);
    }

    @Override
    public int getInt(final int index, final ByteOrder order) {
        final int value = getInt(index);
        return order == ByteOrder.nativeOrder() ? value : Integer.reverseBytes(value);
    }

    @Override
    public void putLong(final int index, final long value, final ByteOrder order) {
        putLong(index, order == ByteOrder.nativeOrder() ? value : Long.reverseBytes(value));
    }

    @Override
    public void putInt(final int index, final int value, final ByteOrder order) {
        putInt(index, order == ByteOrder.nativeOrder() ? value : Integer.reverseBytes(value));
    }

    // As in Agrona these are a load and a store, so not atomic as a whole.

    @Override
    public long addLongOrdered(final int index, final long increment) {
        final long value = getLong(index);
        putLongRelease(index, value + increment);
        return value;
    }

    @Override
    public long addLongRelease(final int index, final long increment) {
        final long value = getLong(index);
        putLongRelease(index, value + increment);
        return value;
    }

    @Override
    public long addLongOpaque(final int index, final long increment) {
        final long value = getLongOpaque(index);
        putLongOpaque(index, value + increment);
        return value;
    }

    @Override
    public int addIntOrdered(final int index, final int increment) {
        final int value = getInt(index);
        putIntRelease(index, value + increment);
        return value;
    }

    @Override
    public int addIntRelease(final int index, final int increment) {
        final int value = getInt(index);
        putIntRelease(index, value + increment);
        return value;
    }

    @Override
    public int addIntOpaque(final int index, final int increment) {
        final int value = getIntOpaque(index);
        putIntOpaque(index, value + increment);
        return value;
    }

    @Override
    public long getLongVolatile(final int index) {
        return get(index, 8, VOLATILE);
    }

    @Override
    public long getLongAcquire(final int index) {
        return get(index, 8, ACQUIRE);
    }

    @Override
    public void putLongVolatile(final int index, final long value) {
        put(index, 8, VOLATILE, value);
    }

    @Override
    public void putLongOrdered(final int index, final long value) {
        put(index, 8, RELEASE, value);
    }

    @Override
    public void putLongRelease(final int index, final long value) {
        put(index, 8, RELEASE, value);
    }

    @Override
    public void putLongOpaque(final int index, final long value) {
        put(index, 8, OPAQUE, value);
    }

    @Override
    public long getLongOpaque(final int index) {
        return get(index, 8, OPAQUE);
    }

    @Override
    public boolean compareAndSetLong(final int index, final long expected, final long value) {
        return compareAndExchange(index, 8, VOLATILE, expected, value) == expected;
    }

    @Override
    public long compareAndExchangeLong(final int index, final long expected, final long value) {
        return compareAndExchange(index, 8, VOLATILE, expected, value);
    }

    @Override
    public long getAndSetLong(final int index, final long value) {
        return getAndSet(index, 8, VOLATILE, value);
    }

    @Override
    public long getAndAddLong(final int index, final long delta) {
        return getAndAdd(index, 8, VOLATILE, delta);
    }

    @Override
    public int getIntVolatile(final int index) {
        return (int) get(index, 4, VOLATILE);
    }

    @Override
    public void putIntVolatile(final int index, final int value) {
        put(index, 4, VOLATILE, value & INT);
    }

    @Override
    public int getIntAcquire(final int index) {
        return (int) get(index, 4, ACQUIRE);
    }

    @Override
    public void putIntOrdered(final int index, final int value) {
        put(index, 4, RELEASE, value & INT);
    }

    @Override
    public void putIntRelease(final int index, final int value) {
        put(index, 4, RELEASE, value & INT);
    }

    @Override
    public void putIntOpaque(final int index, final int value) {
        put(index, 4, OPAQUE, value & INT);
    }

    @Override
    public int getIntOpaque(final int index) {
        return (int) get(index, 4, OPAQUE);
    }

    @Override
    public boolean compareAndSetInt(final int index, final int expected, final int value) {
        return compareAndExchange(index, 4, VOLATILE, expected & INT, value & INT)
                == (expected & INT);
    }

    @Override
    public int compareAndExchangeInt(final int index, final int expected, final int value) {
        return (int) compareAndExchange(index, 4, VOLATILE, expected & INT, value & INT);
    }

    @Override
    public int getAndSetInt(final int index, final int value) {
        return (int) getAndSet(index, 4, VOLATILE, value & INT);
    }

    @Override
    public int getAndAddInt(final int index, final int delta) {
        return (int) getAndAdd(index, 4, VOLATILE, delta & INT);
    }

    @Override
    public short getShortVolatile(final int index) {
        return (short) get(index, 2, VOLATILE);
    }

    @Override
    public void putShortVolatile(final int index, final short value) {
        put(index, 2, VOLATILE, value & SHORT);
    }

    @Override
    public char getCharVolatile(final int index) {
        return (char) get(index, 2, VOLATILE);
    }

    @Override
    public void putCharVolatile(final int index, final char value) {
        put(index, 2, VOLATILE, value);
    }

    @Override
    public byte getByteVolatile(final int index) {
        return (byte) get(index, 1, VOLATILE);
    }

    @Override
    public void putByteVolatile(final int index, final byte value) {
        put(index, 1, VOLATILE, value & BYTE);
    }

    @Override
    public void putLong(final int index, final long value) {
        put(index, 8, PLAIN, value);
    }

    @Override
    public void putInt(final int index, final int value) {
        put(index, 4, PLAIN, value & INT);
    }

    @Override
    public void putDouble(final int index, final double value) {
        put(index, 8, PLAIN, Double.doubleToRawLongBits(value));
    }

    @Override
    public void putFloat(final int index, final float value) {
        put(index, 4, PLAIN, Float.floatToRawIntBits(value) & INT);
    }

    @Override
    public void putShort(final int index, final short value) {
        put(index, 2, PLAIN, value & SHORT);
    }

    @Override
    public void putChar(final int index, final char value) {
        put(index, 2, PLAIN, value);
    }

    @Override
    public void putByte(final int index, final byte value) {
        put(index, 1, PLAIN, value & BYTE);
    }

    @Override
    public long getLong(final int index) {
        return get(index, 8, PLAIN);
    }

    @Override
    public int getInt(final int index) {
        return (int) get(index, 4, PLAIN);
    }

    @Override
    public double getDouble(final int index) {
        return Double.longBitsToDouble(get(index, 8, PLAIN));
    }

    @Override
    public float getFloat(final int index) {
        return Float.intBitsToFloat((int) get(index, 4, PLAIN));
    }

    @Override
    public short getShort(final int index) {
        return (short) get(index, 2, PLAIN);
    }

    @Override
    public char getChar(final int index) {
        return (char) get(index, 2, PLAIN);
    }

    @Override
    public byte getByte(final int index) {
        return (byte) get(index, 1, PLAIN);
    }
}
