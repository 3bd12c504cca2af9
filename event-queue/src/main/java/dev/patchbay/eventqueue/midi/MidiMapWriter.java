// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.midi;

import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.SectionEntry;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;

/** Publishes the compiled map: control's side of the section. One writer; not for audio threads. */
public final class MidiMapWriter {
    private final AtomicBuffer buffer;
    private final TripleBuffer triple;
    private final int capacity;

    /**
     * The writer's side of a section. What was published last stays until the next publication, also where a process before this one
     * published it.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the map
     */
    public MidiMapWriter(final AtomicBuffer buffer, final SectionEntry section) {
        this.buffer = buffer;
        this.triple = TripleBuffer.over(buffer, section);
        this.capacity = section.count();
    }

    /** {@return the most entries of a map} */
    public int capacity() {
        return capacity;
    }

    /**
     * Replaces the map: the engine plays the whole new one from its next block on.
     *
     * @param entries at most {@link #capacity()}, in the order in which they are applied
     * @throws IllegalArgumentException if there are too many, or a value is out of its range; the last map stays then
     */
    public void publish(final List<MidiMapEntry> entries) {
        if (entries.size() > capacity) {
            throw new IllegalArgumentException(
                    "The MIDI map has "
                            + entries.size()
                            + " entries, but the region has room for "
                            + capacity
                            + "; the last map stays in use.");
        }
        for (final MidiMapEntry entry : entries) {
            if (!entry.isValid()) {
                throw new IllegalArgumentException(
                        "The MIDI map has an entry out of its range: "
                                + entry
                                + "; the last map stays in use.");
            }
        }
        final int start = triple.writerOffset();
        for (int i = 0; i < entries.size(); i++) {
            final MidiMapEntry entry = entries.get(i);
            final int at = start + i * MidiMapTable.STRIDE;
            buffer.putDouble(at + MidiMapTable.MINIMUM, entry.minimum());
            buffer.putDouble(at + MidiMapTable.MAXIMUM, entry.maximum());
            buffer.putDouble(at + MidiMapTable.EXPONENT, entry.exponent());
            buffer.putDouble(at + MidiMapTable.STEP, entry.step());
            buffer.putInt(at + MidiMapTable.SOURCE, entry.source().code());
            buffer.putInt(at + MidiMapTable.CHANNEL, entry.channel());
            buffer.putInt(at + MidiMapTable.NUMBER, entry.number());
            buffer.putInt(at + MidiMapTable.MODE, entry.mode().code());
            buffer.putInt(at + MidiMapTable.PARAMETER, entry.parameter());
        }
        if (entries.size() < capacity) {
            buffer.putInt(start + entries.size() * MidiMapTable.STRIDE + MidiMapTable.SOURCE, 0);
        }
        triple.publish();
    }
}
