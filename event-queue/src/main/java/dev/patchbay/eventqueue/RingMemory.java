// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.RingDescriptor;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The words of a ring and the order of every load and store on them. Positions count bytes and never go back; all indices are
 * byte offsets within the data, from 0 to before the capacity.
 */
final class RingMemory {
    static final int HEADER = RingDescriptor.RECORD.size();

    private static final int LENGTH = RingDescriptor.RECORD.offset("length");
    private static final int TYPE = RingDescriptor.RECORD.offset("type");
    private static final int TAIL = RingDescriptor.TRAILER.offset("tail");
    private static final int HEAD_CACHE = RingDescriptor.TRAILER.offset("head_cache");
    private static final int HEAD = RingDescriptor.TRAILER.offset("head");

    final AtomicBuffer buffer;
    final int capacity;
    private final int data;
    private final int tail;
    private final int headCache;
    private final int head;

    /**
     * A ring's bytes.
     *
     * @param data the byte offset of the data, a multiple of 8
     * @param capacity bytes of data; the trailer follows
     */
    RingMemory(final AtomicBuffer buffer, final int data, final int capacity) {
        if (capacity < RingDescriptor.MIN_CAPACITY || Integer.bitCount(capacity) != 1) {
            throw RingMisuse.capacity(capacity);
        }
        if (data % RingDescriptor.ALIGNMENT != 0) {
            throw RingMisuse.alignment(data);
        }
        buffer.boundsCheck(data, Math.addExact(capacity, RingDescriptor.TRAILER.size()));
        this.buffer = buffer;
        this.data = data;
        this.capacity = capacity;
        this.tail = data + capacity + TAIL;
        this.headCache = data + capacity + HEAD_CACHE;
        this.head = data + capacity + HEAD;
    }

    /** The longest payload, as Agrona has it: an eighth of the capacity, but 8 bytes in a small ring and none in the smallest. */
    int maxLength() {
        return capacity == RingDescriptor.MIN_CAPACITY ? 0 : Math.max(HEADER, capacity / 8);
    }

    /** The bytes that a record takes. */
    static int align(final int length) {
        return length + RingDescriptor.ALIGNMENT - 1 & -RingDescriptor.ALIGNMENT;
    }

    /** Whether a position can be one: whatever a broken process stored, no access leaves the data or is misaligned. */
    static boolean isPosition(final long position) {
        return (position & RingDescriptor.ALIGNMENT - 1) == 0;
    }

    /** The index of a position. */
    int index(final long position) {
        return (int) position & capacity - 1;
    }

    /** The byte offset of an index within the buffer. */
    int offset(final int index) {
        return data + index;
    }

    /** The free bytes between two positions; more than there are where the positions contradict each other. */
    int available(final long tailPosition, final long headPosition) {
        return capacity - (int) (tailPosition - headPosition);
    }

    /** Opaque: every producer's decision is taken by its store of the tail, or by {@link #casTail}. */
    long tail() {
        return buffer.getLongOpaque(tail);
    }

    /** Where the tail lies. */
    int tailOffset() {
        return tail;
    }

    /** Acquire: pairs with {@link #casTail} and {@link #tailRelease}, so that a head is no older than what made room for the tail. */
    long tailAcquire() {
        return buffer.getLongAcquire(tail);
    }

    /** Release, by the one producer: pairs with {@link #tailAcquire} of {@link #size}. The consumer goes by the records' lengths. */
    void tailRelease(final long position) {
        buffer.putLongRelease(tail, position);
    }

    /** Sequentially consistent, since a buffer has no weaker one; release would do: pairs with {@link #tailAcquire}. */
    boolean casTail(final long expected, final long next) {
        return buffer.compareAndSetLong(tail, expected, next);
    }

    /** Plain: the one producer's own. */
    long headCache() {
        return buffer.getLong(headCache);
    }

    /** Plain: the one producer's own. */
    void headCache(final long position) {
        buffer.putLong(headCache, position);
    }

    /** Acquire: pairs with the release below by another producer, and so with the consumer's release of the head. */
    long headCacheAcquire() {
        return buffer.getLongAcquire(headCache);
    }

    /** Release: hands on what this producer acquired with the head, that the bytes before it have been read and cleared. */
    void headCacheRelease(final long position) {
        buffer.putLongRelease(headCache, position);
    }

    /** Plain: the consumer's own. */
    long head() {
        return buffer.getLong(head);
    }

    /** Acquire: pairs with {@link #headRelease}, so that no byte is overwritten before it was read. */
    long headAcquire() {
        return buffer.getLongAcquire(head);
    }

    /** Release, by the consumer: pairs with {@link #headAcquire} of the producers. */
    void headRelease(final long position) {
        buffer.putLongRelease(head, position);
    }

    /** Acquire: pairs with {@link #commit}, so that type and payload are those of the record. */
    int lengthAcquire(final int index) {
        return buffer.getIntAcquire(data + index + LENGTH);
    }

    /** Opaque: for who looks at the header alone, and not at what it orders. */
    int lengthOpaque(final int index) {
        return buffer.getIntOpaque(data + index + LENGTH);
    }

    /** Plain: ordered by the length. */
    int type(final int index) {
        return buffer.getInt(data + index + TYPE);
    }

    /** Plain: ordered by the length. */
    void type(final int index, final int type) {
        buffer.putInt(data + index + TYPE, type);
    }

    /**
     * Marks a record as claimed. Opaque: no reader takes anything from a negative length; only that it was stored before the
     * payload matters, to who finds the record of a dead producer, and of a dead one all is seen up to the instruction that
     * was its last.
     */
    void claim(final int index, final int length) {
        buffer.putIntOpaque(data + index + LENGTH, -length);
    }

    /** Commits a record. Release: pairs with {@link #lengthAcquire}. */
    void commit(final int index, final int length) {
        buffer.putIntRelease(data + index + LENGTH, length);
    }

    /** Makes bytes a padding record. */
    void pad(final int index, final int bytes) {
        claim(index, bytes);
        type(index, RingDescriptor.PADDING);
        commit(index, bytes);
    }

    /** Marks a record as not yet written. Plain: the commit of the record before it comes after. */
    void clearHeader(final int index) {
        buffer.putLong(data + index, 0);
    }

    /** Clears bytes. Plain: the release of the head comes after. */
    void clear(final int index, final int bytes) {
        buffer.setMemory(data + index, bytes, (byte) 0);
    }

    /** The bytes between head and tail as they were at one moment. Any thread. */
    int size() {
        long before;
        long after = headAcquire();
        long end;
        do {
            before = after;
            // Acquire, both: the second load of the head comes after the tail's.
            end = tailAcquire();
            after = headAcquire();
        } while (before != after);
        return (int) Math.max(0, Math.min(capacity, end - after));
    }
}
