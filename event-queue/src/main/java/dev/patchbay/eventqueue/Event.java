// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A view of one event slot, moved from slot to slot without allocation. What each field means depends on {@link #type()};
 * {@link EventType} says it. All loads are plain: the queue's head and tail order them.
 */
public final class Event {
    private final AtomicBuffer buffer;
    private int offset;

    /**
     * Creates a view over slots in this buffer; {@link #moveTo} sets the first.
     *
     * @param buffer the region's bytes, or memory laid out like them
     */
    public Event(final AtomicBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Moves the view to the slot at this byte offset.
     *
     * @param slotOffset bytes from the start of the buffer to the slot
     * @return this view
     */
    public Event moveTo(final int slotOffset) {
        offset = slotOffset;
        return this;
    }

    /** {@return one of {@link EventType}, as the producer wrote it, unsigned 16 bits} */
    public int type() {
        return buffer.getShort(offset + EventDescriptor.TYPE) & 0xFFFF;
    }

    /** {@return the frame within the host's block at which the event happens, 0 and up} */
    public int sampleOffset() {
        return buffer.getInt(offset + EventDescriptor.SAMPLE_OFFSET);
    }

    /** {@return the channel, 0 to 15} */
    public int channel() {
        return buffer.getShort(offset + EventDescriptor.CHANNEL);
    }

    /** {@return the host's name for the note, or −1 where only channel and key name it} */
    public int noteId() {
        return buffer.getInt(offset + EventDescriptor.NOTE_ID);
    }

    /** {@return the key, controller number, program number or parameter index, as the type says} */
    public int index() {
        return buffer.getInt(offset + EventDescriptor.INDEX);
    }

    /** {@return the key, 0 to 127; 69 is A4} */
    public int key() {
        return index();
    }

    /** {@return the velocity, pressure, controller or parameter value, as the type says} */
    public double value() {
        return buffer.getDouble(offset + EventDescriptor.VALUE);
    }

    /** {@return what else the type carries, such as a note's tuning in cents} */
    public double detail() {
        return buffer.getDouble(offset + EventDescriptor.DETAIL);
    }
}
