// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.RingDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * The producer's side of a ring of records of any length. When the ring is full, the message is refused and counted. The
 * bytes are those of Agrona's rings, so that one of Agrona's classes may be at the other side. Nothing allocates or waits.
 */
public abstract sealed class RecordWriter permits RingWriter, SharedRingWriter {
    /** The answer of {@link #tryClaim} where there is no room. */
    public static final int FULL = RingBuffer.INSUFFICIENT_CAPACITY;

    final RingMemory memory;
    private final int maxLength;

    RecordWriter(final RingMemory memory) {
        this.memory = memory;
        this.maxLength = memory.maxLength();
    }

    /** {@return the bytes of data, a power of two} */
    public final int capacity() {
        return memory.capacity;
    }

    /** {@return the longest message in bytes: an eighth of the capacity} */
    public final int maxLength() {
        return maxLength;
    }

    /** {@return the bytes that records take at this moment, those of claims included} Any thread. */
    public final int size() {
        return memory.size();
    }

    /** {@return the messages that these producers could not send because the ring was full} Any thread. */
    public abstract long dropped();

    /**
     * Appends a message.
     *
     * @param type 1 and up
     * @param source holds the payload
     * @param offset bytes from the start of the source to the payload
     * @param length of the payload in bytes
     * @return whether there was room; if not, {@link #dropped} says one more
     * @throws IllegalArgumentException if the type is below 1 or the message longer than {@link #maxLength}
     */
    public final boolean write(
            final int type, final DirectBuffer source, final int offset, final int length) {
        final int index = enter(type, length);
        if (index == FULL) {
            return false;
        }
        final int recordLength = length + RingMemory.HEADER;
        memory.claim(index, recordLength);
        memory.buffer.putBytes(memory.offset(index) + RingMemory.HEADER, source, offset, length);
        memory.type(index, type);
        memory.commit(index, recordLength);
        leave();
        return true;
    }

    /**
     * Claims room for a message, which its producer then stores in place with plain stores and ends with {@link #commit} or
     * {@link #abort}. The reader stops before a claim until then.
     *
     * @param type 1 and up
     * @param length of the payload in bytes
     * @return the byte offset of the payload within {@link #buffer}, or {@link #FULL}; {@link #dropped} then says one more
     * @throws IllegalArgumentException if the type is below 1 or the message longer than {@link #maxLength}
     */
    public final int tryClaim(final int type, final int length) {
        final int index = enter(type, length);
        if (index == FULL) {
            return FULL;
        }
        memory.claim(index, length + RingMemory.HEADER);
        memory.type(index, type);
        return memory.offset(index) + RingMemory.HEADER;
    }

    /**
     * Ends a claim: the reader sees the message.
     *
     * @param offset from {@link #tryClaim}
     * @throws IllegalStateException if nothing is claimed there
     */
    public final void commit(final int offset) {
        final int index = claimed(offset);
        memory.commit(index, -memory.lengthOpaque(index));
        leave();
    }

    /**
     * Ends a claim without a message: the reader skips it.
     *
     * @param offset from {@link #tryClaim}
     * @throws IllegalStateException if nothing is claimed there
     */
    public final void abort(final int offset) {
        final int index = claimed(offset);
        memory.type(index, RingDescriptor.PADDING);
        memory.commit(index, -memory.lengthOpaque(index));
        leave();
    }

    /** {@return what the offsets of claims are offsets of} */
    public final AtomicBuffer buffer() {
        return memory.buffer;
    }

    /** Claims this many bytes, a multiple of 8: the index of the record, or {@link #FULL}. */
    abstract int claim(int bytes);

    /** Before a claim. */
    abstract void open();

    /** After a commit, or a claim that failed. */
    abstract void leave();

    /** Counts a refusal. */
    abstract void drop();

    private int enter(final int type, final int length) {
        if (type < 1) {
            throw RingMisuse.type(type);
        }
        if (length < 0 || length > maxLength) {
            throw RingMisuse.length(length, maxLength);
        }
        open();
        final int index = claim(RingMemory.align(length + RingMemory.HEADER));
        if (index == FULL) {
            drop();
            leave();
        }
        return index;
    }

    private int claimed(final int offset) {
        final int index = offset - RingMemory.HEADER - memory.offset(0);
        if (index < 0
                || index > memory.capacity - RingMemory.HEADER
                || !RingMemory.isPosition(index)
                || memory.lengthOpaque(index) >= 0) {
            throw RingMisuse.claim(offset);
        }
        return index;
    }
}
