// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.midi;

import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;

/**
 * One entry of the compiled map.
 *
 * @param source what moves the parameter
 * @param channel 0 to 15, or {@link MidiSource#ANY}
 * @param number of the controller, the pair, the key or the NRPN, as {@link MidiSource#admits} says; else 0
 * @param mode how a movement becomes a value; a relative one for {@link MidiSource#CONTROLLER} only
 * @param parameter the parameter's place in the declaration
 * @param minimum normalized, 0 to 1, where the controller is lowest
 * @param maximum normalized, 0 to 1, where the controller is highest; below the minimum where it is inverted
 * @param exponent of the curve between them, above 0 and at most {@link #MAX_EXPONENT}; 1 is linear, more gives the low end more room
 * @param step normalized, above 0 to 1: what one step of a relative controller, or of an NRPN's increment, changes
 */
public record MidiMapEntry(
        MidiSource source,
        int channel,
        int number,
        MidiMode mode,
        int parameter,
        double minimum,
        double maximum,
        double exponent,
        double step) {
    /** The greatest exponent. */
    public static final double MAX_EXPONENT = 32;

    /** {@return whether all values are in their ranges} What plays the map leaves out an entry that is not. Real-time safe. */
    public boolean isValid() {
        return MidiMapTable.isValid(
                source, channel, number, mode, parameter, minimum, maximum, exponent, step);
    }
}
