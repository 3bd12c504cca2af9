// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The one producer of a ring, wait-free: the bytes of Agrona's {@code OneToOneRingBuffer}. Its methods are for one thread at a time.
 */
public final class RingWriter extends RecordWriter {
    private static final int DROPPED = RingDescriptor.HEAD.offset("dropped");

    private final int dropped;

    /**
     * A producer.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head the byte offset of the ring's head, {@link RingDescriptor#HEAD}
     * @param data the byte offset of its data
     * @param capacity the bytes of data, a power of two; the trailer follows
     */
    public RingWriter(
            final AtomicBuffer buffer, final int head, final int data, final int capacity) {
        super(new RingMemory(buffer, data, capacity));
        this.dropped = head + DROPPED;
    }

    /**
     * {@return the producer of a section of kind {@code RING}}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the ring
     */
    public static RingWriter over(final AtomicBuffer buffer, final SectionEntry section) {
        return new RingWriter(
                buffer, (int) section.offset(), section.elementOffset(0), section.count());
    }

    /**
     * Pads the claim that a predecessor did not live to commit, if there is one. To be called once by each process that becomes
     * the producer, before its first message, when the predecessor is proved dead. Not real-time safe: it looks at every record
     * that has not been read.
     *
     * @return the bytes of the abandoned claim
     * @throws IllegalStateException if what lies in the ring are not records
     */
    public int takeOver() {
        final long tail = memory.tail();
        final long end = endOfCommitted(tail);
        final int bytes = (int) (tail - end);
        if (bytes == 0) {
            return 0;
        }
        final int index = memory.index(end);
        final int toEnd = memory.capacity - index;
        // The predecessor may have died before it did this.
        memory.clearHeader(memory.index(tail));
        if (bytes > toEnd) {
            memory.pad(0, bytes - toEnd);
        }
        // Last: with its release the reader sees all of the above.
        memory.pad(index, Math.min(bytes, toEnd));
        return bytes;
    }

    /** The position after the last committed record. The reader may move on meanwhile, but it changes no record. */
    private long endOfCommitted(final long tail) {
        long position = memory.headAcquire();
        boolean sound =
                RingMemory.isPosition(position)
                        && RingMemory.isPosition(tail)
                        && tail - position >= 0
                        && tail - position <= memory.capacity;
        while (sound && position != tail) {
            final int index = memory.index(position);
            final int length = memory.lengthOpaque(index);
            if (length <= 0) {
                return position;
            }
            final int bytes = RingMemory.align(length);
            sound = bytes > 0 && bytes <= memory.capacity - index && bytes <= tail - position;
            position += bytes;
        }
        if (!sound) {
            throw RingMisuse.noRecords(tail);
        }
        return tail;
    }

    @Override
    public long dropped() {
        // Opaque, as in drop(): the count says nothing of any other word.
        return memory.buffer.getLongOpaque(dropped);
    }

    @Override
    int claim(final int bytes) {
        // One header more than the record: the next one is marked as unwritten before this is
        // committed.
        final int required = bytes + RingMemory.HEADER;
        final long tail = memory.tail();
        long head = memory.headCache();
        if (!RingMemory.isPosition(tail)) {
            return FULL;
        }
        if (required > memory.available(tail, head)) {
            head = memory.headAcquire();
            if (required > memory.available(tail, head)) {
                return FULL;
            }
            memory.headCache(head);
        }
        final int index = memory.index(tail);
        final int toEnd = memory.capacity - index;
        if (bytes == toEnd || required <= toEnd) {
            memory.tailRelease(tail + bytes);
            memory.clearHeader(memory.index(tail + bytes));
            return index;
        }
        return claimAtFront(tail, head, bytes);
    }

    /** Pads to the end of the data and claims at their front; where the front is too short, it only pads. */
    private int claimAtFront(final long tail, final long cachedHead, final int bytes) {
        final int required = bytes + RingMemory.HEADER;
        final int index = memory.index(tail);
        final int toEnd = memory.capacity - index;
        boolean fits = required <= memory.index(cachedHead);
        if (!fits) {
            final long head = memory.headAcquire();
            fits = required <= memory.index(head);
            memory.headCache(head);
        }
        memory.tailRelease(tail + toEnd + (fits ? bytes : 0));
        memory.clearHeader(0);
        memory.pad(index, toEnd);
        if (!fits) {
            return FULL;
        }
        memory.clearHeader(bytes);
        return 0;
    }

    @Override
    void open() {}

    @Override
    void leave() {}

    @Override
    void drop() {
        memory.buffer.putLongOpaque(dropped, memory.buffer.getLong(dropped) + 1);
    }
}
