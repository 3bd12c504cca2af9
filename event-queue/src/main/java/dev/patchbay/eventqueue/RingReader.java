// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.MessageHandler;

/**
 * The consumer of a ring with one producer or with many, wait-free. A record is believed only where it lies within the data and is
 * no longer than a message may be: whatever a broken producer stores, no message reaches past the ring. Its methods are for
 * one thread at a time; nothing allocates.
 *
 * <p>Messages are given back to the producers when a call of {@link #read} returns, or its handler throws. A consumer that is killed
 * before sees those of that call again, in its successor.
 */
public final class RingReader {
    /** The answer where no record can be read because what lies at the head is none. It stays so until the region is replaced. */
    public static final int CORRUPT = -1;

    private static final int CLEARED = RingDescriptor.SHARED_HEAD.offset("cleared");

    private final RingMemory memory;
    private final int maxRecord;

    /** Where to note how far the data are being cleared; −1 for a ring whose producer clears ahead of itself. */
    private final int cleared;

    private int index;
    private int bytes;
    private int length;
    private int type;

    private RingReader(final RingMemory memory, final int cleared) {
        this.memory = memory;
        this.maxRecord = memory.maxLength() + RingMemory.HEADER;
        this.cleared = cleared;
    }

    /**
     * {@return the consumer of a ring with one producer}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param data the byte offset of its data
     * @param capacity the bytes of data, a power of two; the trailer follows
     */
    public static RingReader single(final AtomicBuffer buffer, final int data, final int capacity) {
        return new RingReader(new RingMemory(buffer, data, capacity), -1);
    }

    /**
     * {@return the consumer of a ring with many producers} It finishes what a killed predecessor was clearing.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head the byte offset of the ring's head, {@link RingDescriptor#SHARED_HEAD}
     * @param data the byte offset of its data
     * @param capacity the bytes of data, a power of two; the trailer follows
     */
    public static RingReader shared(
            final AtomicBuffer buffer, final int head, final int data, final int capacity) {
        final RingReader reader =
                new RingReader(new RingMemory(buffer, data, capacity), head + CLEARED);
        reader.finishClearing();
        return reader;
    }

    /**
     * {@return the consumer of a section of kind {@code RING} or {@code SHARED_RING}}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the ring, which tells its kind
     */
    public static RingReader over(final AtomicBuffer buffer, final SectionEntry section) {
        return section.kind() == SectionKind.SHARED_RING
                ? shared(buffer, (int) section.offset(), section.elementOffset(0), section.count())
                : single(buffer, section.elementOffset(0), section.count());
    }

    /** {@return the bytes that records take at this moment, those of claims included} Any thread. */
    public int size() {
        return memory.size();
    }

    /**
     * Hands messages to a handler, oldest first, with the buffer that this was made with and the byte offset of the payload in it.
     * One call does not cross the end of the data: 0 does not mean that the ring is empty.
     *
     * @param handler takes each message on the calling thread; the payload stays in place until it returns
     * @param limit the most messages
     * @return the messages handled, or {@link #CORRUPT}
     */
    public int read(final MessageHandler handler, final int limit) {
        final long head = memory.head();
        int messages = 0;
        boolean sound = begin(head);
        try {
            while (sound && messages < limit && bytes < memory.capacity - index) {
                sound = next();
                if (length == 0) {
                    break;
                }
                bytes += RingMemory.align(length);
                if (type != RingDescriptor.PADDING) {
                    handler.onMessage(type, memory.buffer, payload(), length - RingMemory.HEADER);
                    messages++;
                }
            }
        } finally {
            publish(head);
        }
        return sound || bytes > 0 ? messages : CORRUPT;
    }

    /**
     * Hands messages to a handler that says after each whether it is done with and whether to go on, as Agrona's controlled read
     * does.
     *
     * @param handler takes each message on the calling thread; the payload stays in place until it returns
     * @param limit the most messages
     * @return the messages handled, or {@link #CORRUPT}
     */
    public int controlledRead(final ControlledMessageHandler handler, final int limit) {
        long head = memory.head();
        int messages = 0;
        boolean sound = begin(head);
        try {
            while (sound && messages < limit && bytes < memory.capacity - index) {
                sound = next();
                if (length == 0) {
                    break;
                }
                final int record = RingMemory.align(length);
                bytes += record;
                if (type == RingDescriptor.PADDING) {
                    continue;
                }
                final Action action =
                        handler.onMessage(
                                type, memory.buffer, payload(), length - RingMemory.HEADER);
                if (action == Action.ABORT) {
                    bytes -= record;
                    break;
                }
                messages++;
                if (action == Action.BREAK) {
                    break;
                }
                if (action == Action.COMMIT) {
                    publish(head);
                    head += bytes;
                    index += bytes;
                    bytes = 0;
                }
            }
        } finally {
            publish(head);
        }
        return sound || messages > 0 || bytes > 0 ? messages : CORRUPT;
    }

    private boolean begin(final long head) {
        index = memory.index(head);
        bytes = 0;
        return RingMemory.isPosition(head);
    }

    /** Loads the header of the next record: its length, or 0 where there is none yet. False where it is no record. */
    private boolean next() {
        final int at = index + bytes;
        length = 0;
        final int found = memory.lengthAcquire(at);
        if (found <= 0) {
            return true;
        }
        type = memory.type(at);
        final int most =
                type == RingDescriptor.PADDING
                        ? memory.capacity - at
                        : Math.min(maxRecord, memory.capacity - at);
        if (found < RingMemory.HEADER
                || found > most
                || type < 1 && type != RingDescriptor.PADDING) {
            return false;
        }
        length = found;
        return true;
    }

    /** The offset of the payload of the record that was last added to {@code bytes}. */
    private int payload() {
        return memory.offset(index + bytes - RingMemory.align(length)) + RingMemory.HEADER;
    }

    /** Gives what was read back to the producers. */
    private void publish(final long head) {
        if (bytes > 0) {
            if (cleared >= 0) {
                // Before the first byte is cleared: a successor must know which bytes are half
                // cleared. Sequentially consistent, since release lets later stores pass.
                memory.buffer.putLongVolatile(cleared, head + bytes);
                memory.clear(index, bytes);
            }
            memory.headRelease(head + bytes);
        }
    }

    private void finishClearing() {
        final long head = memory.head();
        final long end = memory.buffer.getLong(cleared);
        final int at = memory.index(head);
        if (end - head > 0
                && end - head <= memory.capacity - at
                && RingMemory.isPosition(head)
                && RingMemory.isPosition(end)) {
            memory.clear(at, (int) (end - head));
            memory.headRelease(end);
        }
    }
}
