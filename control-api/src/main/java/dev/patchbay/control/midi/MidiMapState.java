// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import dev.patchbay.control.state.StatePart;
import java.util.Arrays;

/**
 * The MIDI map, as JSON, before the rest of control's state: a {@link StatePart} with the letters PBMM.
 *
 * @param map the map
 * @param rest the rest of control's state; not copied, and not to be changed
 */
public record MidiMapState(MidiMap map, byte[] rest) {
    private static final StatePart PART = new StatePart("PBMM", "MIDI map");

    /** {@return the bytes} */
    public byte[] encode() {
        return PART.join(map.mappings().isEmpty() ? new byte[0] : MidiMapJson.write(map), rest);
    }

    /**
     * {@return the map and the rest}
     *
     * @param state what {@link #encode} gave, or a state without a map
     * @throws IllegalArgumentException if it begins like one with a map but cannot be read, with a sentence that says why
     */
    public static MidiMapState decode(final byte[] state) {
        final StatePart.Split split = PART.split(state);
        return new MidiMapState(
                split.part().length == 0 ? MidiMap.EMPTY : MidiMapJson.read(split.part()),
                split.rest());
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof MidiMapState
                && map.equals(((MidiMapState) other).map)
                && Arrays.equals(rest, ((MidiMapState) other).rest);
    }

    @Override
    public int hashCode() {
        return 31 * map.hashCode() + Arrays.hashCode(rest);
    }

    @Override
    public String toString() {
        return map + " and " + rest.length + " bytes";
    }
}
