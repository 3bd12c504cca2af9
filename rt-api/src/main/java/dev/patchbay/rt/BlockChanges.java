// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.HandPhase;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Changes parameters within a block, by MIDI or automation. Where the block is split, a change is there at once. A module that gets whole
 * blocks finds the changes in its list; of more than the list has room for, only the last value of each parameter plays, from the next block
 * on. Control and host are told of what they cannot know. All but the constructor and {@link #memoryMoved} is real-time safe.
 */
final class BlockChanges {
    private final AtomicBuffer buffer;
    private final Sections sections;
    private final ParameterState parameters;
    private final DirtyBits dirty;
    private final EventList list;
    private final int mostListed;
    private final AtomicBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
    private final Event change = new Event(slot).moveTo(0);

    /** For a module that gets whole blocks: the values as they are within the block, and which of them have moved. */
    private final float[] within;

    private final boolean[] moved;
    private final boolean[] told;
    private EventQueue toControl;
    private boolean anyMoved;
    private int lastFrame;
    private long version = -1;
    private int listed;

    /**
     * Changes parameters.
     *
     * @param list the events of the block, where the module gets whole blocks; else null
     * @param mostListed how many changes the list has room for
     */
    BlockChanges(
            final AtomicBuffer buffer,
            final Sections sections,
            final ParameterState parameters,
            final DirtyBits dirty,
            final EventList list,
            final int mostListed) {
        this.buffer = buffer;
        this.sections = sections;
        this.parameters = parameters;
        this.dirty = dirty;
        this.list = list;
        this.mostListed = mostListed;
        this.within = new float[list == null ? 0 : parameters.count()];
        this.moved = new boolean[within.length];
        this.told = new boolean[within.length];
        memoryMoved();
    }

    /** The memory has become another's: control is told there. Between two blocks. */
    void memoryMoved() {
        toControl = EventQueue.over(buffer, sections.get(StandardRegion.NOTIFICATIONS));
    }

    /** Begins a block, after all that holds from its first frame on. */
    void begin() {
        listed = 0;
        if (list != null && version != parameters.version()) {
            version = parameters.version();
            for (int i = 0; i < within.length; i++) {
                within[i] = parameters.normalized(i);
            }
        }
    }

    /** The value at the frame that the block has come to. */
    float value(final int index) {
        return list == null ? parameters.normalized(index) : within[index];
    }

    /** Hears of a change that is in the list already. */
    void listed(final int index, final float normalized) {
        if (list != null) {
            within[index] = normalized;
        }
    }

    /**
     * Changes a parameter. What is no value changes nothing.
     *
     * @param frame where in the block; not before the last change
     * @param tells whether control and the host are to know that it was changed here: control before the value, the host after it
     */
    void change(final int index, final float normalized, final int frame, final boolean tells) {
        if (list == null) {
            if (tells
                    && parameters.accepts(index, normalized)
                    && parameters.normalized(index) != normalized) {
                tellControl(index, normalized, frame);
            }
            if (parameters.set(index, normalized) && tells) {
                dirty.set(index);
            }
            return;
        }
        if (!parameters.accepts(index, normalized) || within[index] == normalized) {
            return;
        }
        within[index] = normalized;
        moved[index] = true;
        told[index] |= tells;
        anyMoved = true;
        lastFrame = frame;
        if (listed < mostListed) {
            listed++;
            Event.store(slot, 0, EventType.PARAMETER, frame, 0, -1, index, normalized, 0);
            list.add(change, frame);
        }
    }

    /** Ends a whole block, after the module has played it: only now the parameters get what the list says. */
    void end() {
        if (anyMoved) {
            for (int i = 0; i < moved.length; i++) {
                if (told[i] && parameters.normalized(i) != within[i]) {
                    tellControl(i, within[i], lastFrame);
                }
            }
        }
        for (int i = 0; i < list.count(); i++) {
            final Event event = list.get(i);
            if (event.type() == EventType.PARAMETER) {
                parameters.set(event.parameterIndex(), (float) event.normalized());
            }
        }
        if (!anyMoved) {
            return;
        }
        anyMoved = false;
        for (int i = 0; i < moved.length; i++) {
            if (moved[i]) {
                moved[i] = false;
                parameters.set(i, within[i]);
                if (told[i]) {
                    told[i] = false;
                    dirty.set(i);
                }
            }
        }
    }

    /**
     * Before the value is there, so that control finds who has changed what it sees. A full queue counts what it refuses: control takes the
     * change for the host's then.
     */
    private void tellControl(final int index, final float normalized, final int frame) {
        toControl.offer(EventType.PARAMETER, frame, HandPhase.NONE, -1, index, normalized, 0);
    }
}
