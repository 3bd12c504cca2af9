// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.EventForm;
import dev.patchbay.layout.EventMeaning;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Fills event slots in place, moved from slot to slot without allocation. All stores are plain: who makes a slot visible, such
 * as a queue, orders them.
 *
 * <p>What a field holds, its unit and its range stand at the types of {@link EventType}. What is out of its range becomes the nearest
 * value in it, and what is no number the value that stands for none; so an event written here is always {@linkplain
 * Event#isValid() valid}. Nothing is thrown. Real-time safe; in C the same names begin with {@code pb_event_}.
 */
public final class EventEncoder {
    private final AtomicBuffer buffer;
    private int at;

    /**
     * Creates an encoder for slots in this buffer; {@link #moveTo} sets the first.
     *
     * @param buffer the region's bytes, or memory laid out like them
     */
    public EventEncoder(final AtomicBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Moves to the slot at this byte offset.
     *
     * @param slotOffset bytes from the start of the buffer to the slot
     * @return this encoder
     */
    public EventEncoder moveTo(final int slotOffset) {
        at = slotOffset;
        return this;
    }

    /**
     * Writes a {@link EventType#NOTE_ON}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param channel from 0
     * @param key 69 is A4
     * @param noteId the host's name for the note, or −1
     * @param velocity how hard the key is struck
     * @param tuningCents the distance from the key
     */
    public void noteOn(
            final int sampleOffset,
            final int channel,
            final int key,
            final int noteId,
            final double velocity,
            final double tuningCents) {
        begin(EventDescriptor.NOTE_ON, sampleOffset);
        note(channel, key, noteId);
        value(EventForm.VELOCITY, velocity);
        detail(EventForm.TUNING_CENTS, tuningCents);
    }

    /**
     * Writes a {@link EventType#NOTE_OFF}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param channel from 0
     * @param key 69 is A4
     * @param noteId the host's name for the note, or −1
     * @param velocity how hard the key is let go
     */
    public void noteOff(
            final int sampleOffset,
            final int channel,
            final int key,
            final int noteId,
            final double velocity) {
        begin(EventDescriptor.NOTE_OFF, sampleOffset);
        note(channel, key, noteId);
        value(EventForm.VELOCITY, velocity);
    }

    /**
     * Writes a {@link EventType#NOTE_CHOKE}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param channel from 0
     * @param key 69 is A4
     * @param noteId the host's name for the note, or −1
     */
    public void noteChoke(
            final int sampleOffset, final int channel, final int key, final int noteId) {
        begin(EventDescriptor.NOTE_CHOKE, sampleOffset);
        note(channel, key, noteId);
    }

    /**
     * Writes a {@link EventType#POLY_PRESSURE}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param channel from 0
     * @param key 69 is A4
     * @param noteId the host's name for the note, or −1
     * @param pressure how hard the key is held
     */
    public void polyPressure(
            final int sampleOffset,
            final int channel,
            final int key,
            final int noteId,
            final double pressure) {
        begin(EventDescriptor.POLY_PRESSURE, sampleOffset);
        note(channel, key, noteId);
        value(EventForm.PRESSURE, pressure);
    }

    /**
     * Writes a {@link EventType#CONTROLLER}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param channel from 0
     * @param controllerNumber which controller
     * @param controllerValue where it is
     */
    public void controller(
            final int sampleOffset,
            final int channel,
            final int controllerNumber,
            final double controllerValue) {
        begin(EventDescriptor.CONTROLLER, sampleOffset);
        channel(channel);
        index(EventForm.CONTROLLER_NUMBER, controllerNumber);
        value(EventForm.CONTROLLER_VALUE, controllerValue);
    }

    /**
     * Writes a {@link EventType#PITCH_BEND}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param channel from 0
     * @param bend where the wheel is
     */
    public void pitchBend(final int sampleOffset, final int channel, final double bend) {
        begin(EventDescriptor.PITCH_BEND, sampleOffset);
        channel(channel);
        value(EventForm.BEND, bend);
    }

    /**
     * Writes a {@link EventType#CHANNEL_PRESSURE}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param channel from 0
     * @param pressure how hard the keys are held
     */
    public void channelPressure(final int sampleOffset, final int channel, final double pressure) {
        begin(EventDescriptor.CHANNEL_PRESSURE, sampleOffset);
        channel(channel);
        value(EventForm.PRESSURE, pressure);
    }

    /**
     * Writes a {@link EventType#PROGRAM}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param channel from 0
     * @param programNumber from 0
     */
    public void program(final int sampleOffset, final int channel, final int programNumber) {
        begin(EventDescriptor.PROGRAM, sampleOffset);
        channel(channel);
        index(EventForm.PROGRAM_NUMBER, programNumber);
    }

    /**
     * Writes a {@link EventType#PARAMETER}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param parameterIndex which parameter, from 0
     * @param normalized its value
     */
    public void parameter(
            final int sampleOffset, final int parameterIndex, final double normalized) {
        begin(EventDescriptor.PARAMETER, sampleOffset);
        index(EventForm.PARAMETER_INDEX, parameterIndex);
        value(EventForm.NORMALIZED, normalized);
    }

    /**
     * Writes an {@link EventType#ALL_NOTES_OFF}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     */
    public void allNotesOff(final int sampleOffset) {
        begin(EventDescriptor.ALL_NOTES_OFF, sampleOffset);
    }

    /**
     * Writes a {@link EventType#NOTE_EXPRESSION}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param channel from 0
     * @param noteId the host's name for the note, or −1 for all of the channel
     * @param expression one of {@link dev.patchbay.layout.NoteExpression}
     * @param expressionValue normalized
     * @param customNumber which of the plug-in's own, where the expression is custom; else 0
     */
    public void noteExpression(
            final int sampleOffset,
            final int channel,
            final int noteId,
            final int expression,
            final double expressionValue,
            final double customNumber) {
        begin(EventDescriptor.NOTE_EXPRESSION, sampleOffset);
        channel(channel);
        buffer.putInt(at + EventDescriptor.NOTE_ID, noteId);
        index(EventForm.EXPRESSION, expression);
        value(EventForm.EXPRESSION_VALUE, expressionValue);
        detail(EventForm.CUSTOM_NUMBER, customNumber);
    }

    /**
     * Writes a {@link EventType#SYSEX}. {@link SysexWriter} does this, after it has put the message into its ring.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param sysexPosition the record's position in the ring
     * @param sysexLength bytes
     */
    public void sysex(final int sampleOffset, final long sysexPosition, final int sysexLength) {
        begin(EventDescriptor.SYSEX, sampleOffset);
        index(EventForm.SYSEX_LENGTH, sysexLength);
        buffer.putLong(at + EventDescriptor.VALUE, sysexPosition);
    }

    /**
     * Writes a {@link EventType#TRANSPORT}.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param transportChange one of {@link dev.patchbay.layout.TransportChange}
     * @param tempo that holds from here on
     * @param positionQuarters where the song is
     */
    public void transport(
            final int sampleOffset,
            final int transportChange,
            final double tempo,
            final double positionQuarters) {
        begin(EventDescriptor.TRANSPORT, sampleOffset);
        index(EventForm.TRANSPORT_CHANGE, transportChange);
        value(EventForm.TEMPO, tempo);
        detail(EventForm.POSITION_QUARTERS, positionQuarters);
    }

    private void begin(final int type, final int sampleOffset) {
        Event.store(buffer, at, type, Math.max(0, sampleOffset), 0, -1, 0, 0, 0);
    }

    private void note(final int channel, final int key, final int noteId) {
        channel(channel);
        buffer.putInt(at + EventDescriptor.NOTE_ID, noteId);
        index(EventForm.KEY, key);
    }

    private void channel(final int channel) {
        buffer.putShort(
                at + EventDescriptor.CHANNEL, (short) EventForm.CHANNEL_OF.bounded(channel));
    }

    private void index(final EventMeaning meaning, final int index) {
        buffer.putInt(at + EventDescriptor.INDEX, meaning.bounded(index));
    }

    private void value(final EventMeaning meaning, final double value) {
        buffer.putDouble(at + EventDescriptor.VALUE, meaning.bounded(value));
    }

    private void detail(final EventMeaning meaning, final double detail) {
        buffer.putDouble(at + EventDescriptor.DETAIL, meaning.bounded(detail));
    }
}
