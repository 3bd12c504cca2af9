// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Finds the messages of {@link EventType#SYSEX} in the ring that {@link SysexWriter} has put them into. Wait-free; nothing allocates or
 * throws, whatever a broken producer wrote. For the one thread that is the consumer of both, queue and ring.
 *
 * <p>The consumer takes each event as it comes, gives the events back to their queue, and then calls {@link #release()}, in this order: so a
 * consumer that is killed in between leaves records that nobody asks for, which the next message passes over, and never an
 * event without its message. A record is found by the event's position alone; what lies before it is done with, for events come in
 * the order of their records.
 */
public final class SysexReader {
    private final RingMemory memory;
    private final int maxLength;
    private long position;
    private long released;

    /**
     * A reader, which goes on where its predecessor ended.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param data the byte offset of the ring's data
     * @param capacity the bytes of data, a power of two; the trailer follows
     */
    public SysexReader(final AtomicBuffer buffer, final int data, final int capacity) {
        this.memory = new RingMemory(buffer, data, capacity);
        this.maxLength = memory.maxLength();
        this.position = memory.head();
        this.released = position;
    }

    /**
     * {@return the reader of a section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param ring the directory's entry of a ring with one producer
     */
    public static SysexReader over(final AtomicBuffer buffer, final SectionEntry ring) {
        return new SysexReader(buffer, ring.elementOffset(0), ring.count());
    }

    /**
     * Finds the message of an event, which can then be read as its payload ({@link Event#payloadLength()}) until the view moves. By
     * the consumer, once for each event of the type, in their order.
     *
     * @param event from the queue
     * @return whether there is a message: false for an event of another type, for one without a message, and where a broken producer
     *     names a record that is none
     */
    public boolean take(final Event event) {
        if (event.type() != EventType.SYSEX) {
            return false;
        }
        final long at = event.sysexPosition();
        final int length = event.sysexLength();
        final int bytes = bytes(length);
        if (length > maxLength || !lies(at, bytes) || length > 0 && !open(event, at, length)) {
            return false;
        }
        position = at + bytes;
        return length > 0;
    }

    /**
     * Finds the message of an event again that was taken since {@link #release()} was last called, in any order and as often as
     * wanted; it can then be read as the event's payload until the view moves. By the consumer.
     *
     * @param event of which {@link #take} has found the message
     * @return whether its message is there
     */
    public boolean find(final Event event) {
        if (event.type() != EventType.SYSEX) {
            return false;
        }
        final long at = event.sysexPosition();
        final int length = event.sysexLength();
        final long taken = position - released;
        final long skipped = at - released;
        return length > 0
                && length <= maxLength
                && RingMemory.isPosition(at)
                && skipped >= 0
                && skipped <= taken - bytes(length)
                && open(event, at, length);
    }

    private static int bytes(final int length) {
        return length == 0 ? 0 : RingMemory.align(length + RingMemory.HEADER);
    }

    /** Lets the message of a record be read, if it is the record of this event. */
    private boolean open(final Event event, final long at, final int length) {
        final int index = memory.index(at);
        // Opaque: the queue's tail, which the event came with, has ordered all of the record.
        if (bytes(length) > memory.capacity - index
                || memory.lengthOpaque(index) != length + RingMemory.HEADER
                || memory.type(index) != EventType.SYSEX) {
            return false;
        }
        event.payload(memory.buffer, memory.offset(index) + RingMemory.HEADER, length);
        return true;
    }

    /** Whether a record of so many bytes can be at a position: not before what was taken, and not behind what was written. */
    private boolean lies(final long at, final int bytes) {
        final long left = memory.tail() - position;
        final long skipped = at - position;
        return RingMemory.isPosition(at)
                && left <= memory.capacity
                && skipped >= 0
                && skipped <= left - bytes;
    }

    /**
     * Gives the records of the messages that were taken back to the producer. By the consumer, after the queue's slots were given back, and
     * when nothing reads the messages any more.
     */
    public void release() {
        if (position != released) {
            // Release: pairs with RingMemory.headAcquire, so that no message is overwritten while
            // it is read.
            memory.headRelease(position);
            released = position;
        }
    }
}
