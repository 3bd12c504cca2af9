// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Parameter;

/**
 * One way from a MIDI controller to a parameter.
 *
 * @param source what moves the parameter
 * @param channel 0 to 15, or {@link MidiSource#ANY}
 * @param number of the controller, pair, key or NRPN; 0 for a source that has none
 * @param parameter the parameter's id: it stays when a new version of the plug-in declares others
 * @param minimum normalized, 0 to 1, where the controller is lowest
 * @param maximum normalized, 0 to 1, where it is highest; below the minimum where it is inverted
 * @param exponent of the curve between them, above 0 and at most {@link MidiMapEntry#MAX_EXPONENT}; 1 is linear
 * @param mode how a movement becomes a value
 * @param step normalized, above 0 to 1: what one step of a relative controller changes
 */
public record MidiMapping(
        MidiSource source,
        int channel,
        int number,
        int parameter,
        double minimum,
        double maximum,
        double exponent,
        MidiMode mode,
        double step) {
    /** As fine as a controller of 7 bits. */
    private static final double USUAL_STEP = 1.0 / 128;

    /** Checks the values against each other. */
    public MidiMapping {
        if (!new MidiMapEntry(source, channel, number, mode, 0, minimum, maximum, exponent, step)
                .isValid()) {
            throw new IllegalArgumentException(
                    "A MIDI mapping needs a channel from 0 to 15 or -1, a number that "
                            + source
                            + " can have, a range within 0…1, an exponent above 0 and at most "
                            + MidiMapEntry.MAX_EXPONENT
                            + ", a step above 0 and at most 1, and a relative mode for a controller"
                            + " of 7 bits only, but was given channel "
                            + channel
                            + ", number "
                            + number
                            + ", range "
                            + minimum
                            + " to "
                            + maximum
                            + ", exponent "
                            + exponent
                            + ", step "
                            + step
                            + " and mode "
                            + mode
                            + ".");
        }
    }

    /**
     * {@return a mapping over the whole range, linear; a relative controller's step is one of the parameter's, or 1/128}
     *
     * @param source what moves the parameter
     * @param channel 0 to 15, or {@link MidiSource#ANY}
     * @param number see {@link #number}
     * @param parameter what is moved
     * @param mode how a movement becomes a value
     */
    public static MidiMapping of(
            final MidiSource source,
            final int channel,
            final int number,
            final Parameter parameter,
            final MidiMode mode) {
        final double step = parameter.stepCount() > 0 ? 1.0 / parameter.stepCount() : USUAL_STEP;
        return new MidiMapping(source, channel, number, parameter.id(), 0, 1, 1, mode, step);
    }

    /** {@return the controller in words: {@code controller 74 on channel 1}} */
    public String controller() {
        final String where = channel == MidiSource.ANY ? "any channel" : "channel " + (channel + 1);
        final String what =
                switch (source) {
                    case CONTROLLER -> "controller " + number;
                    case CONTROLLER_PAIR -> "controllers " + number + " and " + (number + 32);
                    case CHANNEL_PRESSURE -> "channel pressure";
                    case POLY_PRESSURE ->
                            "pressure on "
                                    + (number == MidiSource.ANY ? "any key" : "key " + number);
                    case PITCH_BEND -> "pitch wheel";
                    case NRPN -> "NRPN " + number;
                };
        return what + " on " + where;
    }

    /** Whether a message may move both. */
    boolean sharesMessagesWith(final MidiMapping other) {
        return (channel == MidiSource.ANY
                        || other.channel == MidiSource.ANY
                        || channel == other.channel)
                && (sameSource(other) || isHalfOf(other) || other.isHalfOf(this));
    }

    private boolean sameSource(final MidiMapping other) {
        return source == other.source
                && (number == other.number
                        || number == MidiSource.ANY
                        || other.number == MidiSource.ANY);
    }

    /** Whether this is a controller of 7 bits that is a half of the other, a pair. */
    boolean isHalfOf(final MidiMapping other) {
        return source == MidiSource.CONTROLLER
                && other.source == MidiSource.CONTROLLER_PAIR
                && (number == other.number || number == other.number + 32);
    }
}
