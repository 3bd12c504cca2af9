// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/** Events to the host, over the region's queue. Holds no text, for the reason that {@link SmoothingTime} gives. */
final class HostEventQueue implements HostEvents {
    private final AtomicBuffer buffer;
    private final SectionEntry section;
    private EventQueue queue;

    HostEventQueue(final AtomicBuffer buffer, final SectionEntry section) {
        this.buffer = buffer;
        this.section = section;
        connect();
    }

    /** The memory has become another region's: goes on at its producer's position. */
    void connect() {
        queue = EventQueue.over(buffer, section);
    }

    /** Where the events of the next block begin. */
    long tail() {
        return queue.tail();
    }

    @Override
    public boolean noteOn(
            final int frame,
            final int channel,
            final int key,
            final int noteId,
            final double velocity) {
        return queue.offer(EventType.NOTE_ON, frame, channel, noteId, key, velocity, 0);
    }

    @Override
    public boolean noteOff(
            final int frame,
            final int channel,
            final int key,
            final int noteId,
            final double velocity) {
        return queue.offer(EventType.NOTE_OFF, frame, channel, noteId, key, velocity, 0);
    }

    @Override
    public boolean polyPressure(
            final int frame,
            final int channel,
            final int key,
            final int noteId,
            final double pressure) {
        return queue.offer(EventType.POLY_PRESSURE, frame, channel, noteId, key, pressure, 0);
    }

    @Override
    public boolean controller(
            final int frame, final int channel, final int controller, final double value) {
        return queue.offer(EventType.CONTROLLER, frame, channel, -1, controller, value, 0);
    }

    @Override
    public boolean channelPressure(final int frame, final int channel, final double pressure) {
        return queue.offer(EventType.CHANNEL_PRESSURE, frame, channel, -1, 0, pressure, 0);
    }

    @Override
    public boolean pitchBend(final int frame, final int channel, final double bend) {
        return queue.offer(EventType.PITCH_BEND, frame, channel, -1, 0, bend, 0);
    }
}
