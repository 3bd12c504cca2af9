// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.EventSlot.CHANNEL;
import static dev.patchbay.layout.EventSlot.DETAIL;
import static dev.patchbay.layout.EventSlot.INDEX;
import static dev.patchbay.layout.EventSlot.VALUE;

import java.util.Arrays;
import java.util.List;

/**
 * What each field of an event of one type holds. This is the one declaration: the C header's types, encoders and accessors, the
 * checks of Java's, and the tables of the documentation are made from it.
 */
public final class EventForm {
    /** A MIDI channel. */
    public static final EventMeaning CHANNEL_OF = of("channel", CHANNEL, 0, 15, "");

    /** A note's name. */
    public static final EventMeaning NOTE_ID =
            new EventMeaning(
                    "note_id",
                    EventSlot.NOTE_ID,
                    Integer.MIN_VALUE,
                    Integer.MAX_VALUE,
                    -1,
                    "the host's name for the note, -1 where it has none",
                    List.of());

    /** A key. */
    public static final EventMeaning KEY = of("key", INDEX, 0, 127, "69 is A4");

    /** How hard a key is struck or let go. */
    public static final EventMeaning VELOCITY = of("velocity", VALUE, 0, 1, "");

    /** A note's distance from its key. */
    public static final EventMeaning TUNING_CENTS =
            of("tuning_cents", DETAIL, -12_000, 12_000, "cents");

    /** How hard a key is held. */
    public static final EventMeaning PRESSURE = of("pressure", VALUE, 0, 1, "");

    /** Which controller. */
    public static final EventMeaning CONTROLLER_NUMBER = of("controller_number", INDEX, 0, 127, "");

    /** Where the controller is. */
    public static final EventMeaning CONTROLLER_VALUE = of("controller_value", VALUE, 0, 1, "");

    /** Where the pitch wheel is. */
    public static final EventMeaning BEND = of("bend", VALUE, -1, 1, "0 in the middle");

    /** Which program. */
    public static final EventMeaning PROGRAM_NUMBER = of("program_number", INDEX, 0, 127, "");

    /** Which parameter. */
    public static final EventMeaning PARAMETER_INDEX =
            of("parameter_index", INDEX, 0, Integer.MAX_VALUE, "in the order of the declaration");

    /** A parameter's value. */
    public static final EventMeaning NORMALIZED = of("normalized", VALUE, 0, 1, "");

    /** Which expression. */
    public static final EventMeaning EXPRESSION =
            choice(
                    "expression",
                    NoteExpression.all().stream().map(NoteExpression.Range::name).toList());

    /** How much of the expression. */
    public static final EventMeaning EXPRESSION_VALUE =
            of("expression_value", VALUE, 0, 1, "normalized, as the host has it");

    /** Which of the plug-in's own expressions. */
    public static final EventMeaning CUSTOM_NUMBER =
            of("custom_number", DETAIL, 0, 100_000, "a whole number; 0 for all but custom");

    /** How long a message is. */
    public static final EventMeaning SYSEX_LENGTH =
            of(
                    "sysex_length",
                    INDEX,
                    0,
                    Integer.MAX_VALUE,
                    "bytes; 0 for no message: what the ring has before the position is done with");

    /** Where a message is. */
    public static final EventMeaning SYSEX_POSITION =
            new EventMeaning(
                    "sysex_position",
                    EventSlot.VALUE_BITS,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    0,
                    "the record's position in the ring, as 64 bits in the place of the number",
                    List.of());

    /** What the transport does. */
    public static final EventMeaning TRANSPORT_CHANGE =
            choice("transport_change", TransportChange.names());

    /** The tempo that holds from the event on. */
    public static final EventMeaning TEMPO =
            new EventMeaning(
                    "tempo", VALUE, 1, 100_000, 120, "quarter notes per minute", List.of());

    /** Where the song is at the event. */
    public static final EventMeaning POSITION_QUARTERS =
            of("position_quarters", DETAIL, -1e12, 1e12, "quarter notes from the song's start");

    private static final EventForm[] BY_CODE = {
        null,
        new EventForm(
                EventDescriptor.NOTE_ON,
                "note_on",
                "A note begins.",
                CHANNEL_OF,
                KEY,
                NOTE_ID,
                VELOCITY,
                TUNING_CENTS),
        new EventForm(
                EventDescriptor.NOTE_OFF,
                "note_off",
                "A note is released.",
                CHANNEL_OF,
                KEY,
                NOTE_ID,
                VELOCITY),
        new EventForm(
                EventDescriptor.NOTE_CHOKE,
                "note_choke",
                "A note ends at once, without its release.",
                CHANNEL_OF,
                KEY,
                NOTE_ID),
        new EventForm(
                EventDescriptor.POLY_PRESSURE,
                "poly_pressure",
                "The pressure on one key changes.",
                CHANNEL_OF,
                KEY,
                NOTE_ID,
                PRESSURE),
        new EventForm(
                EventDescriptor.CONTROLLER,
                "controller",
                "A MIDI controller moves.",
                CHANNEL_OF,
                CONTROLLER_NUMBER,
                CONTROLLER_VALUE),
        new EventForm(
                EventDescriptor.PITCH_BEND,
                "pitch_bend",
                "The pitch wheel moves.",
                CHANNEL_OF,
                BEND),
        new EventForm(
                EventDescriptor.CHANNEL_PRESSURE,
                "channel_pressure",
                "The pressure on a channel changes.",
                CHANNEL_OF,
                PRESSURE),
        new EventForm(
                EventDescriptor.PROGRAM,
                "program",
                "Another program is wanted.",
                CHANNEL_OF,
                PROGRAM_NUMBER),
        new EventForm(
                EventDescriptor.PARAMETER,
                "parameter",
                "A parameter has a new value from this sample on.",
                PARAMETER_INDEX,
                NORMALIZED),
        new EventForm(EventDescriptor.ALL_NOTES_OFF, "all_notes_off", "All notes are released."),
        new EventForm(
                EventDescriptor.NOTE_EXPRESSION,
                "note_expression",
                "One note changes; without a note id, all notes of the channel.",
                CHANNEL_OF,
                NOTE_ID,
                EXPRESSION,
                EXPRESSION_VALUE,
                CUSTOM_NUMBER),
        new EventForm(
                EventDescriptor.SYSEX,
                "sysex",
                "A system exclusive message of MIDI; its bytes are in a ring.",
                SYSEX_POSITION,
                SYSEX_LENGTH),
        new EventForm(
                EventDescriptor.TRANSPORT,
                "transport",
                "The host's transport changes at this sample.",
                TRANSPORT_CHANGE,
                TEMPO,
                POSITION_QUARTERS)
    };

    private final int code;
    private final String name;
    private final String comment;
    private final List<EventMeaning> meanings;
    private final EventMeaning[] bySlot = new EventMeaning[EventSlot.values().length];

    private EventForm(
            final int code,
            final String name,
            final String comment,
            final EventMeaning... meanings) {
        this.code = code;
        this.name = name;
        this.comment = comment;
        this.meanings = List.of(meanings);
        for (final EventMeaning meaning : meanings) {
            bySlot[meaning.slot().ordinal()] = meaning;
        }
    }

    private static EventMeaning of(
            final String name,
            final EventSlot slot,
            final double minimum,
            final double maximum,
            final String unit) {
        return new EventMeaning(name, slot, minimum, maximum, 0, unit, List.of());
    }

    private static EventMeaning choice(final String name, final List<String> choices) {
        return new EventMeaning(name, EventSlot.INDEX, 0, choices.size() - 1, 0, "", choices);
    }

    /** {@return the forms of all types in the order of their codes} */
    public static List<EventForm> all() {
        return Arrays.asList(BY_CODE).subList(1, BY_CODE.length);
    }

    /**
     * {@return the form of a type, or null where there is no such type} Real-time safe.
     *
     * @param type any number
     */
    public static EventForm ofType(final int type) {
        return type > 0 && type < BY_CODE.length ? BY_CODE[type] : null;
    }

    /** {@return the number of the type} */
    public int code() {
        return code;
    }

    /** {@return the name in the manner of C: {@code note_on}} */
    public String name() {
        return name;
    }

    /** {@return what such an event says, a sentence} */
    public String comment() {
        return comment;
    }

    /** {@return what the fields hold, in the order in which an encoder takes them} The fields that are not among them hold 0, the note id −1. */
    public List<EventMeaning> meanings() {
        return meanings;
    }

    /**
     * {@return what a field holds, or null where this type does not use it} Real-time safe.
     *
     * @param slot the field
     */
    public EventMeaning in(final EventSlot slot) {
        return bySlot[slot.ordinal()];
    }

    /**
     * {@return whether the fields that this type uses are in their ranges} Real-time safe.
     *
     * @param channel the field's content, whatever it is; likewise the others
     * @param index see channel
     * @param value see channel
     * @param detail see channel
     */
    public boolean admits(
            final int channel, final int index, final double value, final double detail) {
        return admits(CHANNEL, channel)
                && admits(INDEX, index)
                && admits(VALUE, value)
                && admits(DETAIL, detail);
    }

    private boolean admits(final EventSlot slot, final double found) {
        final EventMeaning meaning = bySlot[slot.ordinal()];
        return meaning == null || meaning.admits(found);
    }
}
