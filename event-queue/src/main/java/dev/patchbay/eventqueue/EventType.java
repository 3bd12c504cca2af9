// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;

/**
 * What an {@link Event} means. The numbers are those of the macros {@code PB_EVENT_…} in C. The comments on the fields are made
 * from {@link dev.patchbay.layout.EventForm}.
 */
public final class EventType {
    /**
     * A note begins.
     *
     * <ul>
     *   <li>channel, 0 to 15
     *   <li>index: key, 0 to 127, 69 is A4
     *   <li>note_id, the host's name for the note, -1 where it has none
     *   <li>value: velocity, 0 to 1
     *   <li>detail: tuning_cents, -12000 to 12000, cents
     * </ul>
     */
    public static final int NOTE_ON = EventDescriptor.NOTE_ON;

    /**
     * A note is released.
     *
     * <ul>
     *   <li>channel, 0 to 15
     *   <li>index: key, 0 to 127, 69 is A4
     *   <li>note_id, the host's name for the note, -1 where it has none
     *   <li>value: velocity, 0 to 1
     * </ul>
     */
    public static final int NOTE_OFF = EventDescriptor.NOTE_OFF;

    /**
     * A note ends at once, without its release.
     *
     * <ul>
     *   <li>channel, 0 to 15
     *   <li>index: key, 0 to 127, 69 is A4
     *   <li>note_id, the host's name for the note, -1 where it has none
     * </ul>
     */
    public static final int NOTE_CHOKE = EventDescriptor.NOTE_CHOKE;

    /**
     * The pressure on one key changes.
     *
     * <ul>
     *   <li>channel, 0 to 15
     *   <li>index: key, 0 to 127, 69 is A4
     *   <li>note_id, the host's name for the note, -1 where it has none
     *   <li>value: pressure, 0 to 1
     * </ul>
     */
    public static final int POLY_PRESSURE = EventDescriptor.POLY_PRESSURE;

    /**
     * A MIDI controller moves.
     *
     * <ul>
     *   <li>channel, 0 to 15
     *   <li>index: controller_number, 0 to 127
     *   <li>value: controller_value, 0 to 1
     * </ul>
     */
    public static final int CONTROLLER = EventDescriptor.CONTROLLER;

    /**
     * The pitch wheel moves.
     *
     * <ul>
     *   <li>channel, 0 to 15
     *   <li>value: bend, -1 to 1, 0 in the middle
     * </ul>
     */
    public static final int PITCH_BEND = EventDescriptor.PITCH_BEND;

    /**
     * The pressure on a channel changes.
     *
     * <ul>
     *   <li>channel, 0 to 15
     *   <li>value: pressure, 0 to 1
     * </ul>
     */
    public static final int CHANNEL_PRESSURE = EventDescriptor.CHANNEL_PRESSURE;

    /**
     * Another program is wanted.
     *
     * <ul>
     *   <li>channel, 0 to 15
     *   <li>index: program_number, 0 to 127
     * </ul>
     */
    public static final int PROGRAM = EventDescriptor.PROGRAM;

    /**
     * A parameter has a new value from this sample on.
     *
     * <ul>
     *   <li>index: parameter_index, 0 to 2147483647, in the order of the declaration
     *   <li>value: normalized, 0 to 1
     * </ul>
     */
    public static final int PARAMETER = EventDescriptor.PARAMETER;

    /** All notes are released. */
    public static final int ALL_NOTES_OFF = EventDescriptor.ALL_NOTES_OFF;

    /**
     * One note changes; without a note id, all notes of the channel.
     *
     * <ul>
     *   <li>channel, 0 to 15
     *   <li>note_id, the host's name for the note, -1 where it has none
     *   <li>index: expression, 0 volume, 1 pan, 2 tuning, 3 vibrato, 4 expression, 5 brightness, 6 custom
     *   <li>value: expression_value, 0 to 1, normalized, as the host has it
     *   <li>detail: custom_number, 0 to 100000, a whole number; 0 for all but custom
     * </ul>
     */
    public static final int NOTE_EXPRESSION = EventDescriptor.NOTE_EXPRESSION;

    /**
     * A system exclusive message of MIDI; its bytes are in a ring.
     *
     * <ul>
     *   <li>value: sysex_position, the record's position in the ring, as 64 bits in the place of the number
     *   <li>index: sysex_length, 0 to 2147483647, bytes; 0 for no message: what the ring has before the position is done with
     * </ul>
     */
    public static final int SYSEX = EventDescriptor.SYSEX;

    /**
     * The host's transport changes at this sample.
     *
     * <ul>
     *   <li>index: transport_change, 0 stop, 1 start, 2 locate, 3 tempo
     *   <li>value: tempo, 1 to 100000, quarter notes per minute, else 120
     *   <li>detail: position_quarters, -1000000000000 to 1000000000000, quarter notes from the song's start
     * </ul>
     */
    public static final int TRANSPORT = EventDescriptor.TRANSPORT;

    private EventType() {}
}
