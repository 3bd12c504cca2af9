// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.EventDescriptor;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Changes parameters within a block, by MIDI or automation. Where the block is split, a change is there at once. A module that gets whole
 * blocks finds the changes in its list; of more than the list has room for, only the last value of each parameter plays, from the next block
 * on. All but the constructor is real-time safe.
 */
final class BlockChanges {
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
    private boolean anyMoved;
    private long version = -1;
    private int listed;

    /**
     * Changes parameters.
     *
     * @param list the events of the block, where the module gets whole blocks; else null
     * @param mostListed how many changes the list has room for
     */
    BlockChanges(
            final ParameterState parameters,
            final DirtyBits dirty,
            final EventList list,
            final int mostListed) {
        this.parameters = parameters;
        this.dirty = dirty;
        this.list = list;
        this.mostListed = mostListed;
        this.within = new float[list == null ? 0 : parameters.count()];
        this.moved = new boolean[within.length];
        this.told = new boolean[within.length];
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
     * @param tells whether the host is to know of it: the bit goes up after the value
     */
    void change(final int index, final float normalized, final int frame, final boolean tells) {
        if (list == null) {
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
        if (listed < mostListed) {
            listed++;
            Event.store(slot, 0, EventType.PARAMETER, frame, 0, -1, index, normalized, 0);
            list.add(change, frame);
        }
    }

    /** Ends a whole block, after the module has played it and the changes of its list have been taken. */
    void end() {
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
}
