// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.midi.MidiMapper;
import dev.patchbay.layout.StandardRegion;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Moves parameters by MIDI as the region's map says, and lets control hear the controllers, which it learns from. All but the constructor
 * is real-time safe.
 */
final class MidiMoves implements MidiMapper.Target {
    private final BlockChanges changes;
    private final Automation automation;
    private final AtomicBuffer buffer;
    private final Sections sections;
    private final MidiMapper mapper;
    private EventQueue toControl;
    private int frame;

    MidiMoves(
            final AtomicBuffer buffer,
            final Sections sections,
            final int parameters,
            final BlockChanges changes,
            final Automation automation) {
        this.changes = changes;
        this.automation = automation;
        this.buffer = buffer;
        this.sections = sections;
        this.mapper =
                new MidiMapper(buffer, sections.get(StandardRegion.MIDI_MAP), parameters, this);
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
            default -> {
                // No controller.
            }
        }
    }

    @Override
    public float value(final int index) {
        return changes.value(index);
    }

    @Override
    public void change(final int index, final float normalized) {
        automation.take(index, frame);
        changes.change(index, normalized, frame, true);
        automation.moved(index, normalized, frame);
    }
}
