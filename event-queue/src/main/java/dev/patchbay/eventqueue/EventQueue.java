// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A queue of fixed 32-byte slots from one producer to one consumer, wait-free on both sides. Positions count slots and never
 * go back; the slot is the position modulo the capacity. When the queue is full, the newest event is refused and counted.
 * Real-time safe.
 */
public final class EventQueue {
    private static final int TAIL = Heads.EVENT_QUEUE.offset("tail");
    private static final int HEAD = Heads.EVENT_QUEUE.offset("head");
    private static final int DROPPED = Heads.EVENT_QUEUE.offset("dropped");

    private final AtomicBuffer buffer;
    private final int head;
    private final int slots;
    private final int capacity;
    private final Event view;
    private long cachedHead;

    /**
     * A queue.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head the byte offset of its head
     * @param slots the byte offset of its first slot
     * @param capacity the number of slots, a power of two
     * @throws IllegalArgumentException if the capacity is no power of two
     */
    public EventQueue(
            final AtomicBuffer buffer, final int head, final int slots, final int capacity) {
        if (capacity < 1 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "The capacity of an event queue must be a power of two, but it is "
                            + capacity
                            + ".");
        }
        this.buffer = buffer;
        this.head = head;
        this.slots = slots;
        this.capacity = capacity;
        this.view = new Event(buffer);
        this.cachedHead = buffer.getLongAcquire(head + HEAD);
    }

    /**
     * {@return the queue of a section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of an event queue
     * @throws IllegalArgumentException if its count is no power of two
     */
    public static EventQueue over(final AtomicBuffer buffer, final SectionEntry section) {
        return new EventQueue(
                buffer, (int) section.offset(), section.elementOffset(0), section.count());
    }

    /** {@return the number of slots} */
    public int capacity() {
        return capacity;
    }

    /**
     * Appends an event. By the producer only.
     *
     * @param type one of {@link EventType}, which says what the others hold
     * @param sampleOffset the frame within the host's block, 0 and up
     * @param channel 0 to 15
     * @param noteId the host's name for the note, or −1
     * @param index key, controller, program or parameter index
     * @param value velocity, pressure, bend, controller or normalized parameter value
     * @param detail what else the type carries, such as the tuning in cents; else 0
     * @return whether there was room; if not, the drop counter says one more
     */
    public boolean offer(
            final int type,
            final int sampleOffset,
            final int channel,
            final int noteId,
            final int index,
            final double value,
            final double detail) {
        final long tail = buffer.getLong(head + TAIL);
        if (tail - cachedHead >= capacity) {
            // Acquire: pairs with the release of advance(), so a slot is not overwritten before it
            // was read.
            cachedHead = buffer.getLongAcquire(head + HEAD);
            if (tail - cachedHead >= capacity) {
                final int at = head + DROPPED;
                buffer.putLongRelease(at, buffer.getLong(at) + 1);
                return false;
            }
        }
        final int at = slotOf(tail);
        buffer.putInt(at + EventDescriptor.SAMPLE_OFFSET, sampleOffset);
        buffer.putShort(at + EventDescriptor.TYPE, (short) type);
        buffer.putShort(at + EventDescriptor.CHANNEL, (short) channel);
        buffer.putInt(at + EventDescriptor.NOTE_ID, noteId);
        buffer.putInt(at + EventDescriptor.INDEX, index);
        buffer.putDouble(at + EventDescriptor.VALUE, value);
        buffer.putDouble(at + EventDescriptor.DETAIL, detail);
        // Release: pairs with the acquire of tail().
        buffer.putLongRelease(head + TAIL, tail + 1);
        return true;
    }

    /** {@return the position after the last event} Acquire: pairs with the release of {@link #offer}. */
    public long tail() {
        return buffer.getLongAcquire(head + TAIL);
    }

    /** {@return the position of the next event to read} By the consumer, who alone moves it; plain. */
    public long head() {
        return buffer.getLong(head + HEAD);
    }

    /**
     * {@return how many events were refused so far because the queue was full} Acquire: pairs with the release of
     * {@link #offer}.
     */
    public long dropped() {
        return buffer.getLongAcquire(head + DROPPED);
    }

    /**
     * The event at a position from {@link #head()} to before {@link #tail()}. By the consumer only.
     *
     * @param position the position of an event, not yet given back by {@link #advance}
     * @return a view that the next call moves
     */
    public Event peek(final long position) {
        return view.moveTo(slotOf(position));
    }

    /**
     * Gives the slots before a position back to the producer. By the consumer only.
     *
     * @param position the first that is kept, from {@link #head()} to {@link #tail()}
     */
    public void advance(final long position) {
        // Release: pairs with the acquire of offer().
        buffer.putLongRelease(head + HEAD, position);
    }

    private int slotOf(final long position) {
        return slots + ((int) position & capacity - 1) * EventDescriptor.SIZE;
    }
}
