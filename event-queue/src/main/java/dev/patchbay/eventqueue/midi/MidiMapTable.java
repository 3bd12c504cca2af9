// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.midi;

import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.StandardStructs;

/** Where the fields of an entry lie, and what they may hold. No text: what plays the map is real-time code. */
final class MidiMapTable {
    static final int STRIDE = StandardStructs.MIDI_MAPPING.size();
    static final int MINIMUM = StandardStructs.MIDI_MAPPING.offset("minimum");
    static final int MAXIMUM = StandardStructs.MIDI_MAPPING.offset("maximum");
    static final int EXPONENT = StandardStructs.MIDI_MAPPING.offset("exponent");
    static final int STEP = StandardStructs.MIDI_MAPPING.offset("step");
    static final int SOURCE = StandardStructs.MIDI_MAPPING.offset("source");
    static final int CHANNEL = StandardStructs.MIDI_MAPPING.offset("channel");
    static final int NUMBER = StandardStructs.MIDI_MAPPING.offset("number");
    static final int MODE = StandardStructs.MIDI_MAPPING.offset("mode");
    static final int PARAMETER = StandardStructs.MIDI_MAPPING.offset("parameter_index");

    static final int CHANNELS = 16;

    private static final MidiSource[] SOURCES = MidiSource.values();
    private static final MidiMode[] MODES = MidiMode.values();

    private MidiMapTable() {}

    /** The source of a code, or null. */
    static MidiSource source(final int code) {
        for (int i = 0; i < SOURCES.length; i++) {
            if (SOURCES[i].code() == code) {
                return SOURCES[i];
            }
        }
        return null;
    }

    /** The mode of a code, or null. */
    static MidiMode mode(final int code) {
        for (int i = 0; i < MODES.length; i++) {
            if (MODES[i].code() == code) {
                return MODES[i];
            }
        }
        return null;
    }

    static boolean isValid(
            final MidiSource source,
            final int channel,
            final int number,
            final MidiMode mode,
            final int parameter,
            final double minimum,
            final double maximum,
            final double exponent,
            final double step) {
        return source != null
                && mode != null
                && channel >= MidiSource.ANY
                && channel < CHANNELS
                && source.admits(number)
                && !(mode.isRelative() && source != MidiSource.CONTROLLER)
                && parameter >= 0
                && minimum >= 0
                && minimum <= 1
                && maximum >= 0
                && maximum <= 1
                && exponent > 0
                && exponent <= MidiMapEntry.MAX_EXPONENT
                && step > 0
                && step <= 1;
    }
}
