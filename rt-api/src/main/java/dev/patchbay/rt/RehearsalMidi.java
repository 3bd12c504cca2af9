// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.StandardRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.AtomicBuffer;

/** The part of control in a rehearsal that concerns MIDI: maps with every source and mode, and now and then somebody who hears. */
final class RehearsalMidi {
    /** Those that a player moves, the halves of pairs, and those that carry parameter numbers. */
    private static final int[] NUMBERS = {1, 7, 64, 33, 39, 99, 98, 6, 38, 96, 97, 101, 70, 71, 72};

    private final MidiMapWriter writer;
    private final EventQueue heard;
    private final SplittableRandom random;
    private final List<MidiMapEntry> entries = new ArrayList<>();

    RehearsalMidi(
            final AtomicBuffer copy,
            final Sections sections,
            final int parameters,
            final SplittableRandom random) {
        this.writer = new MidiMapWriter(copy, sections.get(StandardRegion.MIDI_MAP));
        this.heard = EventQueue.over(copy, sections.get(StandardRegion.NOTIFICATIONS));
        this.random = random;
        for (int i = 0; parameters > 0 && i < NUMBERS.length; i++) {
            final MidiMode mode = MidiMode.values()[i % MidiMode.values().length];
            add(MidiSource.CONTROLLER, NUMBERS[i], mode, i % parameters);
            // The three that are no steps.
            final MidiMode place = MidiMode.values()[i % 3];
            add(MidiSource.CONTROLLER_PAIR, NUMBERS[i], place, i % parameters);
            add(MidiSource.NRPN, i == 0 ? 0 : NUMBERS[i], place, i % parameters);
            add(MidiSource.PITCH_BEND, 0, place, i % parameters);
            add(MidiSource.CHANNEL_PRESSURE, 0, place, i % parameters);
            add(MidiSource.POLY_PRESSURE, MidiSource.ANY, place, i % parameters);
        }
    }

    private void add(
            final MidiSource source, final int number, final MidiMode mode, final int parameter) {
        if (source.admits(number)) {
            final double exponent = entries.size() % 2 == 0 ? 1 : 2;
            entries.add(
                    new MidiMapEntry(
                            source,
                            MidiSource.ANY,
                            number,
                            mode,
                            parameter,
                            0,
                            1,
                            exponent,
                            1.0 / 128));
        }
    }

    /** What control may do between two blocks. */
    void between() {
        if (random.nextInt(32) == 0) {
            writer.publish(entries.subList(0, random.nextInt(4) == 0 ? 0 : entries.size()));
        }
        if (random.nextInt(4) != 0) {
            heard.advance(heard.tail());
        }
    }

    /** A controller that a map may want. */
    int controller() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }
}
