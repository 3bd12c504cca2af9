// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.FieldType.FLOAT64;
import static dev.patchbay.layout.FieldType.INT16;
import static dev.patchbay.layout.FieldType.INT32;
import static dev.patchbay.layout.FieldType.UINT16;

/**
 * The bytes of an event slot: 32, so that two fill a cache line.
 *
 * <pre>
 *    0  int32    sample_offset
 *    4  uint16   type
 *    6  int16    channel
 *    8  int32    note_id
 *   12  int32    index
 *   16  float64  value; of a system exclusive message the 64 bits of a position
 *   24  float64  detail
 * </pre>
 *
 * <p>What each field holds, in which unit and range, is declared once for each type: {@link EventForm}.
 */
public final class EventDescriptor {
    /** The fields. What each holds depends on the type. */
    public static final StructType STRUCT =
            StructType.named("event", "One event, in a slot of an event queue.")
                    .field(INT32, "sample_offset", "frame within the host's block")
                    .field(UINT16, "type", "one of the event types")
                    .field(INT16, "channel", "0 to 15")
                    .field(INT32, "note_id", "the host's name for the note, or -1")
                    .field(INT32, "index", "key, number, length or choice, as the type says")
                    .field(
                            FLOAT64,
                            "value",
                            "velocity, pressure, bend, tempo or normalized value, as the type says")
                    .field(
                            FLOAT64,
                            "detail",
                            "what else the type carries, such as the tuning in cents")
                    .build();

    /** Offset of the frame within the block. */
    public static final int SAMPLE_OFFSET = STRUCT.offset("sample_offset");

    /** Offset of the type. */
    public static final int TYPE = STRUCT.offset("type");

    /** Offset of the channel. */
    public static final int CHANNEL = STRUCT.offset("channel");

    /** Offset of the note id. */
    public static final int NOTE_ID = STRUCT.offset("note_id");

    /** Offset of the key, controller, program or parameter index. */
    public static final int INDEX = STRUCT.offset("index");

    /** Offset of the value. */
    public static final int VALUE = STRUCT.offset("value");

    /** Offset of the detail. */
    public static final int DETAIL = STRUCT.offset("detail");

    /** The size of a slot in bytes. */
    public static final int SIZE = STRUCT.size();

    /** A note begins. */
    public static final int NOTE_ON = 1;

    /** A note is released. */
    public static final int NOTE_OFF = 2;

    /** A note ends at once. */
    public static final int NOTE_CHOKE = 3;

    /** Pressure on one key. */
    public static final int POLY_PRESSURE = 4;

    /** A MIDI controller. */
    public static final int CONTROLLER = 5;

    /** The pitch wheel. */
    public static final int PITCH_BEND = 6;

    /** Pressure on a channel. */
    public static final int CHANNEL_PRESSURE = 7;

    /** A program change. */
    public static final int PROGRAM = 8;

    /** A parameter's new value. */
    public static final int PARAMETER = 9;

    /** The release of all notes. */
    public static final int ALL_NOTES_OFF = 10;

    /** What one note sounds like. */
    public static final int NOTE_EXPRESSION = 11;

    /** A system exclusive message of MIDI. */
    public static final int SYSEX = 12;

    /** The host starts, stops, jumps or changes its tempo. */
    public static final int TRANSPORT = 13;

    private EventDescriptor() {}
}
