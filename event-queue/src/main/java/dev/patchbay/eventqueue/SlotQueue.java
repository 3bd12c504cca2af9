// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A queue of events in fixed slots of 32 bytes, and the one algorithm of its consumer: with one producer it is an {@link EventQueue}, with
 * many a {@link SharedEventQueue}.
 *
 * <p>Positions count slots since the start, as unsigned numbers of 64 bits that are only ever subtracted and so may wrap; the slot is the
 * position modulo the capacity. When the queue is full, the newest event is refused and counted. Nothing allocates or waits; real-time
 * safe.
 *
 * <p>An object stands for one side of the queue and is for one thread at a time: it keeps, on the heap of its process, what it last saw of
 * the other side, and looks again only where that is not enough. A process that is both producer and consumer makes two.
 *
 * <p>Events are given back to the producers once for each call of {@link #poll} or {@link #pollBefore}, when it returns or its handler
 * throws. The event whose handler threw counts as handled and does not come again. A consumer that is killed during a call has given
 * nothing back: its successor gets the events of that call, and no others, once more.
 */
public abstract sealed class SlotQueue permits EventQueue, SharedEventQueue {
    /** The answer of {@link #tryClaim} where there is no room. */
    public static final int FULL = RecordWriter.FULL;

    private static final int SHIFT = Integer.numberOfTrailingZeros(EventDescriptor.SIZE);

    final AtomicBuffer buffer;
    final int capacity;

    /** Where the tail and the head lie: both kinds of queue have them at the same place. */
    final int tailAt;

    final int headAt;

    private final int mask;
    private final int slots;
    private final Event view;

    /** The position of the first slot of the last {@link #claim}. */
    long claimed;

    /** A head that this producer has seen. */
    private long cachedHead;

    /**
     * A queue's bytes.
     *
     * @param head the byte offset of its head
     * @param slots the byte offset of its first slot
     * @param capacity the number of slots, a power of two
     * @throws IllegalArgumentException if the capacity is no power of two
     */
    SlotQueue(final AtomicBuffer buffer, final int head, final int slots, final int capacity) {
        if (capacity < 1 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "The capacity of an event queue must be a power of two, but it is "
                            + capacity
                            + ".");
        }
        if (Integer.bitCount(EventDescriptor.SIZE) != 1) {
            throw new AssertionError("a slot is found by shifting");
        }
        buffer.boundsCheck(slots, Math.multiplyExact(capacity, EventDescriptor.SIZE));
        this.buffer = buffer;
        this.tailAt = head + Heads.EVENT_QUEUE.offset("tail");
        this.headAt = head + Heads.EVENT_QUEUE.offset("head");
        this.slots = slots;
        this.capacity = capacity;
        this.mask = capacity - 1;
        this.view = new Event(buffer);
        // As if the queue were full: the first claim looks at the head. Opaque: nothing is taken
        // from it.
        this.cachedHead = buffer.getLongOpaque(tailAt) - capacity;
    }

    /** {@return the number of slots} */
    public final int capacity() {
        return capacity;
    }

    /** {@return what the offsets of claims are offsets of} */
    public final AtomicBuffer buffer() {
        return buffer;
    }

    /**
     * {@return how many slots are taken, between 0 and the capacity} Any thread. The producer sees no fewer than there are and the consumer
     * no more; who is neither gets an estimate. Opaque, both loads: nothing is taken from them.
     */
    public final int size() {
        final long head = buffer.getLongOpaque(headAt);
        return (int) Math.max(0, Math.min(capacity, buffer.getLongOpaque(tailAt) - head));
    }

    /** {@return whether no slot is taken} Any thread; as {@link #size}. */
    public final boolean isEmpty() {
        return size() == 0;
    }

    /** {@return the events that could not be sent because the queue was full, of all its producers} Any thread. */
    public abstract long dropped();

    /**
     * Appends an event. By the producer.
     *
     * @param type one of {@link EventType}, which says what the others hold
     * @param sampleOffset the frame within the host's block, 0 and up
     * @param channel 0 to 15
     * @param noteId the host's name for the note, or −1
     * @param index key, controller, program or parameter index
     * @param value velocity, pressure, bend, controller or normalized parameter value
     * @param detail what else the type carries, such as the tuning in cents; else 0
     * @return whether there was room; if not, {@link #dropped} says one more
     */
    public final boolean offer(
            final int type,
            final int sampleOffset,
            final int channel,
            final int noteId,
            final int index,
            final double value,
            final double detail) {
        if (claim(1) == 0) {
            return false;
        }
        final long position = claimed;
        final int at = slotOf(position);
        Event.store(buffer, at, type, sampleOffset, channel, noteId, index, value, detail);
        publish(position, 1);
        return true;
    }

    /**
     * Appends events that lie one behind the other in the bytes of slots, with no other producer's between them: as many of the first as
     * there is room for. By the producer.
     *
     * @param source where the events lie
     * @param offset bytes from its start to the first
     * @param count how many there are, 0 and up
     * @return how many were appended; {@link #dropped} says as many more as were not
     */
    public final int offerBatch(final DirectBuffer source, final int offset, final int count) {
        final int taken = claim(count);
        final long position = claimed;
        for (int i = 0; i < taken; i++) {
            final int from = offset + (i << SHIFT);
            final int to = slotOf(position + i);
            for (int word = 0; word < EventDescriptor.SIZE; word += Long.BYTES) {
                buffer.putLong(to + word, source.getLong(from + word));
            }
        }
        if (taken > 0) {
            publish(position, taken);
        }
        return taken;
    }

    /**
     * Claims a slot, which its producer then fills in place with plain stores, each of the 32 bytes, and ends with {@link #commit} or
     * {@link #abort}. The consumer stops before a claim until then.
     *
     * @return the byte offset of the slot within {@link #buffer}, or {@link #FULL}; {@link #dropped} then says one more
     */
    public int tryClaim() {
        return claim(1) == 0 ? FULL : slotOf(claimed);
    }

    /**
     * Ends a claim: the consumer sees the event.
     *
     * @param offset from {@link #tryClaim}
     * @throws IllegalStateException if nothing is claimed there
     */
    public abstract void commit(int offset);

    /**
     * Ends a claim without an event.
     *
     * @param offset from {@link #tryClaim}
     * @throws IllegalStateException if nothing is claimed there
     */
    public abstract void abort(int offset);

    /**
     * Hands events to a handler, oldest first, and then gives their slots back. By the consumer. One call ends after as many slots as the
     * queue has, however fast the producers are.
     *
     * @param handler takes each event on the calling thread
     * @param limit the most events
     * @return the events handled; fewer than the limit only where no more are there
     */
    public final int poll(final EventHandler handler, final int limit) {
        return drain(handler, Long.MAX_VALUE, limit);
    }

    /**
     * Hands the events to a handler that happen before a frame, oldest first, and then gives their slots back. It stops at the first
     * that does not, even if earlier ones follow. By the consumer.
     *
     * @param handler takes each event on the calling thread
     * @param sampleOffset the frame within the block; an event at this very frame is kept
     * @param limit the most events
     * @return the events handled
     */
    public final int pollBefore(
            final EventHandler handler, final int sampleOffset, final int limit) {
        return drain(handler, sampleOffset, limit);
    }

    /**
     * {@return the oldest event, or null where there is none} It stays until {@link #removeFirst} or a poll. By the consumer; the view is
     * moved by the next call.
     */
    public final Event peekFirst() {
        final long head = head();
        refresh(head, 1);
        for (long position = head; ; position++) {
            final int state = stateOf(position);
            if (state != SKIPPED) {
                advanceFrom(head, position);
                return state == EVENT ? view(position) : null;
            }
        }
    }

    /** Gives the slot of the event that {@link #peekFirst} has just answered back; does nothing where it was null. By the consumer. */
    public final void removeFirst() {
        final long head = head();
        if (stateOf(head) == EVENT) {
            headRelease(head + 1);
        }
    }

    /** {@link #stateOf} a position that the consumer must wait for. */
    static final int EMPTY = 0;

    /** {@link #stateOf} a position with an event. */
    static final int EVENT = 1;

    /** {@link #stateOf} a position that was claimed and holds no event. */
    static final int SKIPPED = 2;

    /**
     * By the producer: takes up to so many slots in a row, from {@link #claimed} on, and counts as refused what there is no room for.
     * How many were taken.
     */
    abstract int claim(int most);

    /** By the producer: shows the consumer so many slots that were claimed. */
    abstract void publish(long position, int count);

    /** By the consumer, before it looks at the states of positions: learns of so many events, if there are as many. */
    abstract void refresh(long from, int most);

    /** By the consumer: what is at a position. */
    abstract int stateOf(long position);

    private int drain(final EventHandler handler, final long before, final int limit) {
        final int most = Math.min(limit, capacity);
        final long head = head();
        long position = head;
        int events = 0;
        refresh(head, most);
        try {
            while (events < most) {
                final int state = stateOf(position);
                if (state == EMPTY) {
                    break;
                }
                if (state == EVENT) {
                    final Event event = view(position);
                    if (event.sampleOffset() >= before) {
                        break;
                    }
                    events++;
                    position++;
                    handler.onEvent(event);
                } else {
                    position++;
                }
            }
        } finally {
            advanceFrom(head, position);
        }
        return events;
    }

    /** Gives slots back, where there are any. */
    private void advanceFrom(final long head, final long position) {
        if (position != head) {
            headRelease(position);
        }
    }

    /** Up to so many free slots from a tail on, of which the producer knows by a head that is as old as will do. */
    final int free(final long tail, final int most) {
        if (tail - cachedHead > capacity - most) {
            cachedHead = headAcquire();
        }
        return (int) Math.max(0, Math.min(most, capacity - (tail - cachedHead)));
    }

    /** Acquire: pairs with {@link #headRelease}, so that no slot is overwritten before it was read. */
    private long headAcquire() {
        return buffer.getLongAcquire(headAt);
    }

    /** Release, by the consumer: pairs with {@link #headAcquire} of the producers. */
    final void headRelease(final long position) {
        buffer.putLongRelease(headAt, position);
    }

    /** Plain: the consumer's own. */
    long head() {
        return buffer.getLong(headAt);
    }

    final int slotOf(final long position) {
        return slots + (((int) position & mask) << SHIFT);
    }

    /** The byte offset behind the last slot. */
    final int slotsEnd() {
        return slots + (capacity << SHIFT);
    }

    /** The number of the slot at an offset, or −1 where none begins. */
    final int indexOf(final int offset) {
        final int bytes = offset - slots;
        final int index = bytes >> SHIFT;
        return bytes == index << SHIFT && index == (index & mask) ? index : -1;
    }

    final Event view(final long position) {
        return view.moveTo(slotOf(position));
    }

    static IllegalStateException nothingClaimed(final int offset) {
        return new IllegalStateException(
                "Nothing is claimed at offset "
                        + offset
                        + ": a claim ends once, with commit or abort.");
    }
}
