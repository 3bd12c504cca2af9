// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Loads from a region, by byte offset from its start: what a reader may do that must never write. Loads of 4 and 8 bytes have
 * acquire order, but for {@link #int64Opaque}, and must be aligned; those of 1 and 2 bytes, texts and byte arrays are plain. Any thread may use it until the
 * handle that it came from is closed.
 *
 * <p>Every offset is checked here, whether Agrona checks bounds or not: an offset that leaves the region is an
 * {@link IndexOutOfBoundsException}, one of 4 or 8 bytes that is not aligned an {@link IllegalArgumentException}, and any use after
 * the handle's close an {@link IllegalStateException}.
 */
public final class Loads {
    private final MappedRegion handle;
    private final AtomicBuffer buffer;
    private final int length;

    private Loads(final MappedRegion handle, final AtomicBuffer buffer) {
        this.handle = handle;
        this.buffer = buffer;
        this.length = buffer.capacity();
    }

    static Loads of(final MappedRegion handle, final AtomicBuffer buffer) {
        return new Loads(handle, buffer);
    }

    /**
     * Makes loads from memory that stays: {@link Region#scratch scratch} or a {@link Region#copy copy}.
     *
     * @param memory memory that is never unmapped
     * @return loads from it, which no close ends
     */
    public static Loads over(final AtomicBuffer memory) {
        return new Loads(null, memory);
    }

    /** {@return how many bytes there are to load from: the region's length} */
    public int length() {
        return length;
    }

    /**
     * {@return a byte, signed; plain}
     *
     * @param at bytes from the start of the region
     */
    public byte int8(final int at) {
        check(at, Byte.BYTES);
        return buffer.getByte(at);
    }

    /**
     * {@return two bytes, signed; plain}
     *
     * @param at bytes from the start of the region; a multiple of 2 where the two bytes must not be torn
     */
    public short int16(final int at) {
        check(at, Short.BYTES);
        return buffer.getShort(at);
    }

    /**
     * {@return four bytes, loaded with acquire}
     *
     * @param at bytes from the start of the region, a multiple of 4
     */
    public int int32(final int at) {
        checkAligned(at, Integer.BYTES);
        return buffer.getIntAcquire(at);
    }

    /**
     * {@return eight bytes, loaded with acquire}
     *
     * @param at bytes from the start of the region, a multiple of 8
     */
    public long int64(final int at) {
        checkAligned(at, Long.BYTES);
        return buffer.getLongAcquire(at);
    }

    /**
     * {@return eight bytes, loaded opaque: in one piece, but nothing is ordered by it}
     *
     * @param at bytes from the start of the region, a multiple of 8
     */
    public long int64Opaque(final int at) {
        checkAligned(at, Long.BYTES);
        return buffer.getLongOpaque(at);
    }

    /**
     * {@return a 32-bit float, loaded with acquire}
     *
     * @param at bytes from the start of the region, a multiple of 4
     */
    public float float32(final int at) {
        return Float.intBitsToFloat(int32(at));
    }

    /**
     * {@return a 64-bit float, loaded with acquire}
     *
     * @param at bytes from the start of the region, a multiple of 8
     */
    public double float64(final int at) {
        return Double.longBitsToDouble(int64(at));
    }

    /**
     * {@return a text of UTF-8 that ends at the first 0 byte, or where its room ends; what is no UTF-8 becomes U+FFFD}
     *
     * @param at bytes from the start of the region
     * @param room the most bytes that belong to it
     */
    public String text(final int at, final int room) {
        final byte[] copy = bytes(at, room);
        int end = 0;
        while (end < room && copy[end] != 0) {
            end++;
        }
        return new String(copy, 0, end, UTF_8);
    }

    /**
     * {@return a copy of bytes in a new array} A writer that stores meanwhile may be seen in part.
     *
     * @param at bytes from the start of the region
     * @param count how many, at least 0
     */
    public byte[] bytes(final int at, final int count) {
        check(at, count);
        final byte[] copy = new byte[count];
        buffer.getBytes(at, copy);
        return copy;
    }

    /**
     * Copies bytes to a place in an array. A writer that stores meanwhile may be seen in part.
     *
     * @param at bytes from the start of the region
     * @param target takes the bytes
     * @param from the index in the array that the first one goes to
     * @param count how many, at least 0
     */
    public void bytes(final int at, final byte[] target, final int from, final int count) {
        check(at, count);
        Objects.checkFromIndexSize(from, count, target.length);
        buffer.getBytes(at, target, from, count);
    }

    private void checkAligned(final int at, final int size) {
        check(at, size);
        if ((at & size - 1) != 0) {
            throw new IllegalArgumentException(
                    "A load of "
                            + size
                            + " bytes needs an offset that is a multiple of "
                            + size
                            + ", but was given "
                            + at
                            + ".");
        }
    }

    private void check(final int at, final int size) {
        if (handle != null) {
            handle.checkOpen();
        }
        Objects.checkFromIndexSize(at, size, length);
    }
}
