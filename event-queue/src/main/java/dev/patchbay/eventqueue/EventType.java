// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;

/** What an {@link Event} means. The numbers are those of the C enumeration {@code pb_event_type}. */
public final class EventType {
    /** A note begins: channel, key, note id, velocity in value 0…1, tuning in cents in detail. */
    public static final int NOTE_ON = EventDescriptor.NOTE_ON;

    /** A note is released: channel, key, note id, release velocity in value 0…1. */
    public static final int NOTE_OFF = EventDescriptor.NOTE_OFF;

    /** A note ends at once, without its release: channel, key, note id. */
    public static final int NOTE_CHOKE = EventDescriptor.NOTE_CHOKE;

    /** Pressure on one key: channel, key, note id, value 0…1. */
    public static final int POLY_PRESSURE = EventDescriptor.POLY_PRESSURE;

    /** A controller moved: channel, controller number 0…127 in index, value 0…1. */
    public static final int CONTROLLER = EventDescriptor.CONTROLLER;

    /** The pitch wheel moved: channel, value −1…1. */
    public static final int PITCH_BEND = EventDescriptor.PITCH_BEND;

    /** Pressure on a channel: channel, value 0…1. */
    public static final int CHANNEL_PRESSURE = EventDescriptor.CHANNEL_PRESSURE;

    /** Another program is wanted: channel, program number in index. */
    public static final int PROGRAM = EventDescriptor.PROGRAM;

    /** A parameter has a new value: parameter index in index, normalized value in value. The engine applies it itself. */
    public static final int PARAMETER = EventDescriptor.PARAMETER;

    /** All notes are released. */
    public static final int ALL_NOTES_OFF = EventDescriptor.ALL_NOTES_OFF;

    private EventType() {}
}
