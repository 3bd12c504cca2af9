// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.rt.BridgeSide;
import java.util.ArrayList;
import java.util.List;

/** Control's part of a storm that concerns MIDI: every controller moves a parameter, in all modes, in some of the blocks. */
final class StormKnobs {
    /** So many blocks have a map, and as many after them none. */
    private static final int BLOCKS = 500;

    /** In so many blocks control does not hear what is played, and the queue to it fills up. */
    private static final int DEAF = 50;

    private final BridgeSide bridge;
    private final List<MidiMapEntry> entries = new ArrayList<>();

    StormKnobs(final BridgeSide bridge, final int parameters) {
        this.bridge = bridge;
        for (int i = 0; i < 128 && parameters > 0; i++) {
            final int parameter = i % parameters;
            add(
                    MidiSource.CONTROLLER,
                    i,
                    MidiMode.values()[i % MidiMode.values().length],
                    parameter);
            // The three that are no steps.
            final MidiMode place = MidiMode.values()[i % 3];
            add(MidiSource.CONTROLLER_PAIR, i, place, parameter);
            if (i < 8) {
                add(MidiSource.NRPN, i, place, parameter);
                add(MidiSource.POLY_PRESSURE, i == 0 ? MidiSource.ANY : i, place, parameter);
            }
        }
        for (int i = 0; i < Math.min(3, parameters); i++) {
            add(MidiSource.PITCH_BEND, 0, MidiMode.values()[i], i);
            add(MidiSource.CHANNEL_PRESSURE, 0, MidiMode.values()[i], i);
        }
    }

    private void add(
            final MidiSource source, final int number, final MidiMode mode, final int parameter) {
        if (source.admits(number)) {
            final double exponent = entries.size() % 2 == 0 ? 1 : 0.5;
            entries.add(
                    new MidiMapEntry(
                            source,
                            entries.size() % 3 == 0 ? entries.size() % 16 : MidiSource.ANY,
                            number,
                            mode,
                            parameter,
                            1,
                            0.25,
                            exponent,
                            1.0 / 64));
        }
    }

    /** What happens before a block; it depends on the block's number alone. */
    void before(final int block) {
        if (block % BLOCKS == 0) {
            bridge.midiMap().publish(block / BLOCKS % 2 == 0 ? entries : List.of());
        }
        if (block / DEAF % 2 == 0) {
            bridge.notifications().advance(bridge.notifications().tail());
        }
    }
}
