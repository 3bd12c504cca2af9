// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.midi.MidiMapper;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.StandardRegion;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Moves parameters by MIDI as the region's map says, and lets control hear the controllers, which it learns from. A module that gets
 * whole blocks finds the changes in its list; of more than the queue from the host has slots, only the last value of each parameter
 * plays, from the next block on. All but the constructor and {@link #moved} is real-time safe.
 */
final class MidiMoves implements MidiMapper.Target {
    private final ParameterState parameters;
    private final DirtyBits dirty;
    private final AtomicBuffer buffer;
    private final Sections sections;
    private final MidiMapper mapper;
    private final EventList list;
    private final int mostListed;
    private final AtomicBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
    private final Event change = new Event(slot).moveTo(0);

    /** For a module that gets whole blocks: the values as they are within the block, and which of them MIDI has moved. */
    private final float[] within;

    private final boolean[] moved;
    private EventQueue toControl;
    private boolean anyMoved;
    private long version = -1;
    private int listed;
    private int frame;

    /**
     * Moves parameters.
     *
     * @param list the events of the block, where the module gets whole blocks; else null
     * @param mostListed how many changes the list has room for
     */
    MidiMoves(
            final AtomicBuffer buffer,
            final Sections sections,
            final ParameterState parameters,
            final DirtyBits dirty,
            final EventList list,
            final int mostListed) {
        this.parameters = parameters;
        this.dirty = dirty;
        this.list = list;
        this.mostListed = mostListed;
        this.buffer = buffer;
        this.sections = sections;
        this.mapper =
                new MidiMapper(
                        buffer, sections.get(StandardRegion.MIDI_MAP), parameters.count(), this);
        this.within = new float[list == null ? 0 : parameters.count()];
        this.moved = new boolean[within.length];
        connect();
    }

    private void connect() {
        toControl = EventQueue.over(buffer, sections.get(StandardRegion.NOTIFICATIONS));
    }

    /** The memory has become another region's: the map and the queue to control are those of that one. Between two blocks. */
    void moved() {
        connect();
        mapper.forget();
    }

    /** Begins a block: a new map is taken whole, before the first event. */
    void begin() {
        mapper.refresh();
        listed = 0;
        if (list != null && version != parameters.version()) {
            version = parameters.version();
            for (int i = 0; i < within.length; i++) {
                within[i] = parameters.normalized(i);
            }
        }
    }

    /** Hears a valid event, before the module gets it. */
    void hear(final Event event, final int at) {
        switch (event.type()) {
            case EventType.CONTROLLER,
                    EventType.PITCH_BEND,
                    EventType.CHANNEL_PRESSURE,
                    EventType.POLY_PRESSURE -> {
                // A full queue counts what it refuses; whoever learns wants the next ones as well.
                toControl.offer(
                        event.type(),
                        at,
                        event.channel(),
                        event.noteId(),
                        event.index(),
                        event.value(),
                        event.detail());
                frame = at;
                mapper.event(event);
            }
            case EventType.PARAMETER -> {
                if (list != null) {
                    within[event.parameterIndex()] = (float) event.normalized();
                }
            }
            default -> {
                // No controller.
            }
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
                tellControl(i, within[i]);
                parameters.set(i, within[i]);
                dirty.set(i);
            }
        }
    }

    @Override
    public float value(final int index) {
        return list == null ? parameters.normalized(index) : within[index];
    }

    /** The host does not know what MIDI changes: the bit goes up after the value. */
    @Override
    public void change(final int index, final float normalized) {
        if (list == null) {
            if (parameters.accepts(index, normalized)
                    && parameters.normalized(index) != normalized) {
                tellControl(index, normalized);
                parameters.set(index, normalized);
                dirty.set(index);
            }
            return;
        }
        if (within[index] == normalized) {
            return;
        }
        within[index] = normalized;
        moved[index] = true;
        anyMoved = true;
        if (listed < mostListed) {
            listed++;
            Event.store(slot, 0, EventType.PARAMETER, frame, 0, -1, index, normalized, 0);
            list.add(change, frame);
        }
    }

    /** Before the value, so that control, which sees the value, finds who has changed it. */
    private void tellControl(final int index, final float normalized) {
        toControl.offer(EventType.PARAMETER, frame, 0, -1, index, normalized, 0);
    }
}
