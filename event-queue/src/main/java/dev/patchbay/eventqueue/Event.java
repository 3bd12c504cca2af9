// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.EventForm;
import dev.patchbay.layout.NoteExpression;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A view of one event slot, moved from slot to slot without allocation. All loads are plain: the queue's positions order them.
 *
 * <p>There are two ways to read an event. {@link #type()}, {@link #sampleOffset()}, {@link #channel()}, {@link #noteId()}, {@link
 * #index()}, {@link #value()} and {@link #detail()} give the fields as the producer wrote them. The others are named after what
 * {@link EventType} says that a field holds, and give it within the range that is stated there, whatever a broken process
 * wrote: the nearest value of the range, and for what is no number the value that stands for none. Asked of a type that has no such
 * field, they give a value of the range without a meaning. {@link #isValid()} tells whether an event is as it should be; the
 * engine hands no other to a module. Real-time safe; in C the same names begin with {@code pb_event_}.
 */
public final class Event {
    private final AtomicBuffer buffer;
    private int offset;
    private AtomicBuffer payloadBuffer;
    private int payloadOffset;
    private int payloadLength;

    /**
     * Creates a view over slots in this buffer; {@link #moveTo} sets the first.
     *
     * @param buffer the region's bytes, or memory laid out like them
     */
    public Event(final AtomicBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Stores the seven fields of an event as they are, in range or not; {@link EventEncoder} stores events of each type in their ranges.
     * Plain stores: the queue's tail, or the end of a claim, orders them.
     *
     * @param target where the slot lies
     * @param at bytes from its start to the slot
     * @param type one of {@link EventType}, which says what the others hold; its low 16 bits are stored
     * @param sampleOffset the frame within the host's block
     * @param channel the channel; its low 16 bits are stored
     * @param noteId the host's name for the note, or −1
     * @param index key, controller, program or parameter index
     * @param value velocity, pressure, bend, controller or normalized parameter value
     * @param detail what else the type carries, such as the tuning in cents; else 0
     */
    public static void store(
            final MutableDirectBuffer target,
            final int at,
            final int type,
            final int sampleOffset,
            final int channel,
            final int noteId,
            final int index,
            final double value,
            final double detail) {
        target.putInt(at + EventDescriptor.SAMPLE_OFFSET, sampleOffset);
        target.putShort(at + EventDescriptor.TYPE, (short) type);
        target.putShort(at + EventDescriptor.CHANNEL, (short) channel);
        target.putInt(at + EventDescriptor.NOTE_ID, noteId);
        target.putInt(at + EventDescriptor.INDEX, index);
        target.putDouble(at + EventDescriptor.VALUE, value);
        target.putDouble(at + EventDescriptor.DETAIL, detail);
    }

    /**
     * Moves the view to the slot at this byte offset.
     *
     * @param slotOffset bytes from the start of the buffer to the slot
     * @return this view
     */
    public Event moveTo(final int slotOffset) {
        offset = slotOffset;
        payloadLength = 0;
        return this;
    }

    /**
     * {@return whether the type is one of {@link EventType}, the sample offset 0 or more, and each field that the type uses in its
     * range}
     */
    public boolean isValid() {
        final EventForm form = EventForm.ofType(type());
        return form != null
                && sampleOffset() >= 0
                && form.admits(channel(), index(), value(), detail());
    }

    /** {@return one of {@link EventType}, as the producer wrote it, unsigned 16 bits} */
    public int type() {
        return buffer.getShort(offset + EventDescriptor.TYPE) & 0xFFFF;
    }

    /** {@return the frame within the host's block at which the event happens, 0 and up in a valid event} */
    public int sampleOffset() {
        return buffer.getInt(offset + EventDescriptor.SAMPLE_OFFSET);
    }

    /** {@return the channel, 0 to 15 in a valid event of a type that has one} */
    public int channel() {
        return buffer.getShort(offset + EventDescriptor.CHANNEL);
    }

    /** {@return the host's name for the note, or −1 where only channel and key name it} */
    public int noteId() {
        return buffer.getInt(offset + EventDescriptor.NOTE_ID);
    }

    /** {@return the field that holds a whole number, as the producer wrote it} */
    public int index() {
        return buffer.getInt(offset + EventDescriptor.INDEX);
    }

    /** {@return the field that holds the first number, as the producer wrote it} */
    public double value() {
        return buffer.getDouble(offset + EventDescriptor.VALUE);
    }

    /** {@return the field that holds the second number, as the producer wrote it} */
    public double detail() {
        return buffer.getDouble(offset + EventDescriptor.DETAIL);
    }

    /** {@return the key of {@link EventType#NOTE_ON} and what else is about one note} */
    public int key() {
        return EventForm.KEY.bounded(index());
    }

    /** {@return how hard the key of {@link EventType#NOTE_ON} or {@link EventType#NOTE_OFF} is struck or let go} */
    public double velocity() {
        return EventForm.VELOCITY.bounded(value());
    }

    /** {@return how far the note of {@link EventType#NOTE_ON} is from its key, in cents} */
    public double tuningCents() {
        return EventForm.TUNING_CENTS.bounded(detail());
    }

    /** {@return the pressure of {@link EventType#POLY_PRESSURE} or {@link EventType#CHANNEL_PRESSURE}} */
    public double pressure() {
        return EventForm.PRESSURE.bounded(value());
    }

    /** {@return which controller {@link EventType#CONTROLLER} moves} */
    public int controllerNumber() {
        return EventForm.CONTROLLER_NUMBER.bounded(index());
    }

    /** {@return where the controller of {@link EventType#CONTROLLER} is} */
    public double controllerValue() {
        return EventForm.CONTROLLER_VALUE.bounded(value());
    }

    /** {@return where the wheel of {@link EventType#PITCH_BEND} is} */
    public double bend() {
        return EventForm.BEND.bounded(value());
    }

    /** {@return the program that {@link EventType#PROGRAM} asks for} */
    public int programNumber() {
        return EventForm.PROGRAM_NUMBER.bounded(index());
    }

    /** {@return which parameter {@link EventType#PARAMETER} sets} */
    public int parameterIndex() {
        return EventForm.PARAMETER_INDEX.bounded(index());
    }

    /** {@return the parameter's value in {@link EventType#PARAMETER}} */
    public double normalized() {
        return EventForm.NORMALIZED.bounded(value());
    }

    /** {@return which of {@link NoteExpression} changes in {@link EventType#NOTE_EXPRESSION}} */
    public int expression() {
        return EventForm.EXPRESSION.bounded(index());
    }

    /** {@return the expression's normalized value in {@link EventType#NOTE_EXPRESSION}, as the host has it} */
    public double expressionValue() {
        return EventForm.EXPRESSION_VALUE.bounded(value());
    }

    /** {@return the expression's value in {@link EventType#NOTE_EXPRESSION} in its unit, which {@link NoteExpression} says} */
    public double plainExpression() {
        return NoteExpression.plain(expression(), expressionValue());
    }

    /** {@return which of the plug-in's own expressions changes, where {@link #expression()} is {@link NoteExpression#CUSTOM}} */
    public double customNumber() {
        return EventForm.CUSTOM_NUMBER.bounded(detail());
    }

    /** {@return where in its ring the message of {@link EventType#SYSEX} is; {@link SysexReader} knows what to do with it} */
    public long sysexPosition() {
        return buffer.getLong(offset + EventDescriptor.VALUE);
    }

    /** {@return how many bytes the message of {@link EventType#SYSEX} has, as its producer says} */
    public int sysexLength() {
        return EventForm.SYSEX_LENGTH.bounded(index());
    }

    /** {@return which of {@link dev.patchbay.layout.TransportChange} {@link EventType#TRANSPORT} is} */
    public int transportChange() {
        return EventForm.TRANSPORT_CHANGE.bounded(index());
    }

    /** {@return the tempo that holds from {@link EventType#TRANSPORT} on} */
    public double tempo() {
        return EventForm.TEMPO.bounded(value());
    }

    /** {@return where the song is at {@link EventType#TRANSPORT}} */
    public double positionQuarters() {
        return EventForm.POSITION_QUARTERS.bounded(detail());
    }

    /**
     * {@return how many bytes of payload can be read} Those of a message that {@link SysexReader#take} has found, until the view
     * moves on; otherwise 0.
     */
    public int payloadLength() {
        return payloadLength;
    }

    /**
     * {@return a byte of the payload, 0 to 255; 0 beyond its end}
     *
     * @param index of the byte, from 0
     */
    public int payloadByte(final int index) {
        return index >= 0 && index < payloadLength
                ? payloadBuffer.getByte(payloadOffset + index) & 0xFF
                : 0;
    }

    /**
     * Copies bytes of the payload. It copies because a view of shared memory could outlive the mapping, or change while it is read
     * where the producer is broken.
     *
     * @param index of the first byte, from 0
     * @param target takes the bytes
     * @param at where in the target
     * @param length the most bytes
     * @return how many were copied: fewer where the payload or the target ends before, never less than 0
     */
    public int copyPayload(final int index, final byte[] target, final int at, final int length) {
        if (index < 0 || index >= payloadLength || at < 0 || at >= target.length || length <= 0) {
            return 0;
        }
        final int count = Math.min(length, Math.min(payloadLength - index, target.length - at));
        payloadBuffer.getBytes(payloadOffset + index, target, at, count);
        return count;
    }

    /** Lets a payload be read, until the view moves on. */
    void payload(final AtomicBuffer from, final int payloadAt, final int length) {
        payloadBuffer = from;
        payloadOffset = payloadAt;
        payloadLength = length;
    }
}
