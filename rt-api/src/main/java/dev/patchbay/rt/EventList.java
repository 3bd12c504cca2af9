// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.SysexReader;
import dev.patchbay.layout.EventDescriptor;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The events of one block in a copy of their own: their slots are the producers' again, and nothing that these do changes what was
 * checked. All but the constructor is real-time safe.
 */
final class EventList implements BlockEvents {
    private final UnsafeBuffer slots;
    private final Event view;
    private SysexReader messages;
    private final int capacity;
    private int count;
    private int last;

    /**
     * A list.
     *
     * @param capacity the most events of a block
     * @param messages where those of them that are messages have their bytes
     */
    EventList(final int capacity, final SysexReader messages) {
        this.capacity = capacity;
        this.slots = new UnsafeBuffer(new byte[capacity * EventDescriptor.SIZE]);
        this.view = new Event(slots);
        this.messages = messages;
    }

    /** From now on messages have their bytes in another ring; between two blocks. */
    void messagesIn(final SysexReader other) {
        messages = other;
    }

    void clear() {
        count = 0;
        last = 0;
    }

    /**
     * Appends a copy of an event.
     *
     * @param frame where in the block it happens; not before the one that was added last
     */
    void add(final Event event, final int frame) {
        if (count == capacity) {
            return; // the queues together hold no more
        }
        last = Math.max(last, frame);
        final int at = count * EventDescriptor.SIZE;
        Event.store(
                slots,
                at,
                event.type(),
                last,
                event.channel(),
                event.noteId(),
                event.index(),
                event.value(),
                event.detail());
        if (event.type() == EventType.SYSEX) {
            // A position, no number: its bits must stay as they are.
            slots.putLong(at + EventDescriptor.VALUE, event.sysexPosition());
        }
        count++;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public Event get(final int index) {
        Objects.checkIndex(index, count);
        view.moveTo(index * EventDescriptor.SIZE);
        messages.find(view);
        return view;
    }
}
