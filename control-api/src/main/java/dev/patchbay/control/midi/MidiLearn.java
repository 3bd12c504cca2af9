// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which controller a person moves. The first that has moved wins. Its first message only tells where it is; it has moved once
 * its values lie {@value #ENOUGH} of 127 apart, pressure {@value #ENOUGH_PRESSURE}, so that a knob that trembles and keys that are
 * played are passed over.
 *
 * <p>A controller n from 0 to 31 that n + 32 was heard of is learned as a pair of 14 bits; one from 32 to 63 alone after
 * {@value #ALONE} messages without its coarse half. An encoder that sends steps is told by its values, all within three of 0, 64 or 128, and
 * by a value that comes twice in a row, which no knob sends: turn it a little and back. Bank select, parameter numbers and channel mode
 * messages are not learned; data for an NRPN is learned as that NRPN.
 */
final class MidiLearn {
    static final int ENOUGH = 4;
    static final int ENOUGH_PRESSURE = 32;
    static final int ALONE = 16;

    private static final int PAIRS = 32;
    private static final int DATA_COARSE = 6;
    private static final int NRPN_FINE = 98;
    private static final int NRPN_COARSE = 99;
    private static final int RPN_FINE = 100;
    private static final int RPN_COARSE = 101;
    private static final int NONE = -1;

    private final Parameter parameter;
    private final Map<Place, MidiTrace> traces = new HashMap<>();
    private final Map<Integer, int[]> nrpn = new HashMap<>();

    /** What of MIDI on which channel. */
    private record Place(MidiSource source, int channel, int number) {}

    MidiLearn(final Parameter parameter) {
        this.parameter = parameter;
    }

    Parameter parameter() {
        return parameter;
    }

    /** Listens to a valid event; the mapping, once something has moved. */
    Optional<MidiMapping> event(final Event event) {
        final int channel = event.channel();
        return switch (event.type()) {
            case EventType.CONTROLLER ->
                    controller(channel, event.controllerNumber(), seven(event.controllerValue()));
            case EventType.PITCH_BEND ->
                    absolute(
                            new Place(MidiSource.PITCH_BEND, channel, 0),
                            seven((event.bend() + 1) / 2),
                            ENOUGH);
            case EventType.CHANNEL_PRESSURE ->
                    absolute(
                            new Place(MidiSource.CHANNEL_PRESSURE, channel, 0),
                            seven(event.pressure()),
                            ENOUGH_PRESSURE);
            case EventType.POLY_PRESSURE ->
                    absolute(
                            new Place(MidiSource.POLY_PRESSURE, channel, MidiSource.ANY),
                            seven(event.pressure()),
                            ENOUGH_PRESSURE);
            default -> Optional.empty();
        };
    }

    private static int seven(final double value) {
        return (int) Math.rint(value * Byte.MAX_VALUE);
    }

    private Optional<MidiMapping> absolute(final Place place, final int value, final int enough) {
        return trace(place).take(value).range() >= enough
                ? learned(place, MidiMode.JUMP)
                : Optional.empty();
    }

    private Optional<MidiMapping> controller(final int channel, final int number, final int value) {
        if (MidiSource.isReserved(number)) {
            return number(channel, number, value);
        }
        if (number % PAIRS == 0 && number < 2 * PAIRS) {
            return Optional.empty();
        }
        final Place place = new Place(MidiSource.CONTROLLER, channel, number);
        final MidiTrace trace = trace(place).take(value);
        final MidiMode relative = trace.relative();
        if (relative != null) {
            return learned(place, relative);
        }
        if (trace.range() < ENOUGH || trace.mayBeRelative()) {
            return Optional.empty();
        }
        if (number < PAIRS) {
            final boolean fine =
                    traces.containsKey(new Place(MidiSource.CONTROLLER, channel, number + PAIRS));
            return learned(
                    fine ? new Place(MidiSource.CONTROLLER_PAIR, channel, number) : place,
                    MidiMode.JUMP);
        }
        if (number < 2 * PAIRS) {
            final boolean coarse =
                    traces.containsKey(new Place(MidiSource.CONTROLLER, channel, number - PAIRS));
            return coarse || trace.count() < ALONE
                    ? Optional.empty()
                    : learned(place, MidiMode.JUMP);
        }
        return learned(place, MidiMode.JUMP);
    }

    private Optional<MidiMapping> number(final int channel, final int number, final int value) {
        final int[] selected = nrpn.computeIfAbsent(channel, c -> new int[] {NONE, NONE});
        switch (number) {
            case NRPN_COARSE -> selected[0] = value;
            case NRPN_FINE -> selected[1] = value;
            case RPN_COARSE, RPN_FINE -> {
                selected[0] = NONE;
                selected[1] = NONE;
            }
            case DATA_COARSE -> {
                final int which = selected[0] << 7 | selected[1];
                if (selected[0] != NONE && selected[1] != NONE && which != 0x3FFF) {
                    return absolute(new Place(MidiSource.NRPN, channel, which), value, ENOUGH);
                }
            }
            default -> {
                // The fine half, steps and modes: not what tells a movement.
            }
        }
        return Optional.empty();
    }

    private MidiTrace trace(final Place place) {
        return traces.computeIfAbsent(place, p -> new MidiTrace());
    }

    private Optional<MidiMapping> learned(final Place place, final MidiMode mode) {
        return Optional.of(
                MidiMapping.of(place.source(), place.channel(), place.number(), parameter, mode));
    }
}
