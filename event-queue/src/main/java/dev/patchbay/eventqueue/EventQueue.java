// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A queue of events from one producer to one consumer, wait-free on both sides.
 *
 * <p>An event is published by the tail alone. So a producer that is killed leaves its last event there whole or not at all, and its successor
 * has nothing to repair; of the drop counter the last refusal may be missing.
 */
public final class EventQueue extends SlotQueue {
    private static final int DROPPED = Heads.EVENT_QUEUE.offset("dropped");
    private static final int NOTHING = -1;

    private final int dropped;

    /** The offset of the open claim, or {@link #NOTHING}. */
    private int open = NOTHING;

    /** A tail that this consumer has seen. */
    private long cachedTail;

    /**
     * A queue.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head the byte offset of its head, {@link Heads#EVENT_QUEUE}
     * @param slots the byte offset of its first slot
     * @param capacity the number of slots, a power of two
     * @throws IllegalArgumentException if the capacity is no power of two
     */
    public EventQueue(
            final AtomicBuffer buffer, final int head, final int slots, final int capacity) {
        super(buffer, head, slots, capacity);
        this.dropped = head + DROPPED;
        // As if the queue were empty: the first poll looks at the tail. Opaque: nothing is taken
        // from it.
        this.cachedTail = buffer.getLongOpaque(headAt);
    }

    /**
     * {@return the queue of a section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of an event queue
     * @throws IllegalArgumentException if its count is no power of two, or its slots have not the size of an event
     */
    public static EventQueue over(final AtomicBuffer buffer, final SectionEntry section) {
        checkStride(section);
        return new EventQueue(
                buffer, (int) section.offset(), section.elementOffset(0), section.count());
    }

    static void checkStride(final SectionEntry section) {
        if (section.stride() != EventDescriptor.SIZE) {
            throw new IllegalArgumentException(
                    "The slots of the event queue \""
                            + section.name()
                            + "\" have "
                            + section.stride()
                            + " bytes, expected "
                            + EventDescriptor.SIZE
                            + ". Build both sides with the same version of Patchbay.");
        }
    }

    /** {@return the position after the last event} Any thread. Acquire: pairs with the release of a producer's {@link #publish}. */
    public long tail() {
        return buffer.getLongAcquire(tailAt);
    }

    /** {@return the position of the next event to read} By the consumer, who alone moves it; plain. */
    @Override
    public long head() {
        return super.head();
    }

    /**
     * The event at a position from {@link #head()} to before {@link #tail()}. By the consumer only.
     *
     * @param position the position of an event, not yet given back by {@link #advance}
     * @return a view that the next call moves
     */
    public Event peek(final long position) {
        return view(position);
    }

    /**
     * Gives the slots before a position back to the producer. By the consumer only.
     *
     * @param position the first that is kept, from {@link #head()} to {@link #tail()}
     */
    public void advance(final long position) {
        headRelease(position);
    }

    @Override
    public long dropped() {
        // Opaque, as in claim(): the count says nothing of any other word.
        return buffer.getLongOpaque(dropped);
    }

    /**
     * Claims the next slot. One claim may be open at a time, and no event may be offered meanwhile.
     *
     * @throws IllegalStateException if one is open
     */
    @Override
    public int tryClaim() {
        if (open != NOTHING) {
            throw new IllegalStateException(
                    "The slot at offset "
                            + open
                            + " is still claimed: end that claim with commit or abort before the"
                            + " next.");
        }
        final int offset = super.tryClaim();
        if (offset != FULL) {
            open = offset;
        }
        return offset;
    }

    @Override
    public void commit(final int offset) {
        end(offset);
        publish(claimed, 1);
    }

    /** Ends a claim without an event: nothing is published, and the slot is free as before. */
    @Override
    public void abort(final int offset) {
        end(offset);
    }

    private void end(final int offset) {
        if (offset == NOTHING || offset != open || offset != slotOf(buffer.getLong(tailAt))) {
            throw nothingClaimed(offset);
        }
        open = NOTHING;
    }

    @Override
    int claim(final int most) {
        // Plain: the producer's own.
        final long tail = buffer.getLong(tailAt);
        final int free = free(tail, most);
        if (free < most) {
            buffer.putLongOpaque(dropped, buffer.getLong(dropped) + most - free);
        }
        claimed = tail;
        return free;
    }

    @Override
    void publish(final long position, final int count) {
        // Release: pairs with the acquire of refresh() and tail().
        buffer.putLongRelease(tailAt, position + count);
    }

    @Override
    void refresh(final long from, final int most) {
        if (cachedTail - from < most) {
            // Acquire: pairs with the release of publish(), so that events are whole.
            cachedTail = tail();
        }
    }

    @Override
    int stateOf(final long position) {
        return cachedTail - position > 0 ? EVENT : EMPTY;
    }
}
