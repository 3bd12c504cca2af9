// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.EventForm;
import dev.patchbay.layout.EventMeaning;
import dev.patchbay.layout.EventSlot;
import dev.patchbay.layout.NoteExpression;
import dev.patchbay.layout.TransportChange;
import java.util.Random;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final int SLOT = 64;

    private final AtomicBuffer buffer = new UnsafeBuffer(new byte[SLOT + 2 * EventDescriptor.SIZE]);
    private final EventEncoder encoder = new EventEncoder(buffer).moveTo(SLOT);
    private final Event event = new Event(buffer).moveTo(SLOT);

    @Test
    void whatIsInItsRangeComesBackAsItWas() {
        encoder.noteOn(17, 15, 127, 1234, 0.25, -50);
        assertEquals(EventType.NOTE_ON, event.type());
        assertEquals(17, event.sampleOffset());
        assertEquals(15, event.channel());
        assertEquals(127, event.key());
        assertEquals(1234, event.noteId());
        assertEquals(0.25, event.velocity());
        assertEquals(-50, event.tuningCents());
        encoder.pitchBend(0, 3, -0.75);
        assertEquals(EventType.PITCH_BEND, event.type());
        assertEquals(-0.75, event.bend());
        assertEquals(-1, event.noteId(), "no note is meant");
        encoder.sysex(9, Long.MIN_VALUE + 8, 700);
        assertEquals(Long.MIN_VALUE + 8, event.sysexPosition());
        assertEquals(700, event.sysexLength());
        encoder.transport(5, TransportChange.LOCATE, 90.5, -2.25);
        assertEquals(TransportChange.LOCATE, event.transportChange());
        assertEquals(90.5, event.tempo());
        assertEquals(-2.25, event.positionQuarters());
    }

    @Test
    void anExpressionsPlainValueIsInItsUnit() {
        final double[] plain = {1, -0.5, -6_000, 0.25, 0.25, 0.25, 0.25};
        for (int expression = 0; expression <= NoteExpression.CUSTOM; expression++) {
            encoder.noteExpression(0, 0, 5, expression, 0.25, 0);
            assertEquals(expression, event.expression());
            assertEquals(0.25, event.expressionValue());
            assertEquals(plain[expression], event.plainExpression());
        }
        encoder.noteExpression(0, 0, 5, NoteExpression.CUSTOM, 1, 77_777);
        assertEquals(77_777, event.customNumber());
    }

    @Test
    void whatIsOutOfItsRangeIsWrittenAsTheNearestAndWhatIsNoNumberAsNone() {
        encoder.noteOn(-5, 16, 128, -1, Double.NaN, Double.POSITIVE_INFINITY);
        assertEquals(0, event.sampleOffset());
        assertEquals(15, event.channel());
        assertEquals(127, event.index());
        assertEquals(0, event.value());
        assertEquals(12_000, event.detail());
        encoder.transport(0, 99, Double.NaN, Double.NaN);
        assertEquals(TransportChange.TEMPO, event.index());
        assertEquals(120, event.value());
        assertEquals(0, event.detail());
    }

    @Test
    void whateverAnEncoderIsGivenTheEventIsValid() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            final EventForm form = EventForm.all().get(i % EventForm.all().size());
            buffer.setMemory(SLOT, EventDescriptor.SIZE, (byte) 0xA5);
            EventCases.encode(encoder, form, EventCases.arguments(form, random));
            assertTrue(event.isValid(), () -> form.name() + ", seed " + seed);
            assertEquals(form.code(), event.type());
            for (final EventSlot slot : EventSlot.values()) {
                assertTrue(form.in(slot) != null || isEmpty(form, slot), () -> form.name() + slot);
            }
        }
        assertEquals(0, buffer.getLong(SLOT + EventDescriptor.SIZE), "nothing beyond the slot");
        assertEquals(0, buffer.getLong(SLOT - Long.BYTES), "nothing before it");
    }

    private boolean isEmpty(final EventForm form, final EventSlot slot) {
        return switch (slot) {
            case CHANNEL -> event.channel() == 0;
            case NOTE_ID -> event.noteId() == -1;
            case INDEX -> event.index() == 0;
            case DETAIL -> event.detail() == 0;
            default ->
                    form.in(EventSlot.VALUE) != null
                            || form.in(EventSlot.VALUE_BITS) != null
                            || event.value() == 0;
        };
    }

    @Test
    void whateverLiesInASlotEachAccessorStaysInItsRange() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final byte[] bytes = new byte[EventDescriptor.SIZE];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            buffer.putBytes(SLOT, bytes);
            for (final EventMeaning meaning : EventCases.accessors()) {
                final double found = EventCases.read(event, meaning).doubleValue();
                assertTrue(
                        meaning.admits(found),
                        () -> meaning.name() + " is " + found + ", seed " + seed);
            }
            final double plain = event.plainExpression();
            assertTrue(plain >= -12_000 && plain <= 12_000, () -> plain + ", seed " + seed);
        }
    }

    @Test
    void anEventIsInvalidForEachFieldThatItsTypeUses() {
        for (final EventForm form : EventForm.all()) {
            for (final EventMeaning m : form.meanings()) {
                if (m.slot() == EventSlot.NOTE_ID || m.slot() == EventSlot.VALUE_BITS) {
                    continue;
                }
                EventCases.encode(encoder, form, EventCases.arguments(form, new Random(1)));
                spoil(m.slot());
                assertFalse(event.isValid(), form.name() + " with a wild " + m.name());
            }
            EventCases.encode(encoder, form, EventCases.arguments(form, new Random(1)));
            buffer.putInt(SLOT + EventDescriptor.SAMPLE_OFFSET, -1);
            assertFalse(event.isValid(), form.name() + " before the block");
        }
        for (final int type : new int[] {0, 14, 0x7FFF, 0xFFFF}) {
            encoder.allNotesOff(0);
            buffer.putShort(SLOT + EventDescriptor.TYPE, (short) type);
            assertFalse(event.isValid(), "type " + type);
        }
    }

    private void spoil(final EventSlot slot) {
        switch (slot) {
            case CHANNEL -> buffer.putShort(SLOT + EventDescriptor.CHANNEL, (short) -1);
            case INDEX -> buffer.putInt(SLOT + EventDescriptor.INDEX, -1);
            case VALUE -> buffer.putDouble(SLOT + EventDescriptor.VALUE, Double.NaN);
            default -> buffer.putDouble(SLOT + EventDescriptor.DETAIL, Double.NaN);
        }
    }

    @Test
    void aFieldThatATypeDoesNotUseMakesNoEventInvalid() {
        encoder.allNotesOff(0);
        buffer.putShort(SLOT + EventDescriptor.CHANNEL, (short) -7);
        buffer.putInt(SLOT + EventDescriptor.INDEX, -7);
        buffer.putDouble(SLOT + EventDescriptor.VALUE, Double.NaN);
        buffer.putDouble(SLOT + EventDescriptor.DETAIL, Double.NaN);
        assertTrue(event.isValid());
    }

    @Test
    void withoutAMessageThereIsNoPayload() {
        encoder.sysex(0, 0, 100);
        assertEquals(0, event.payloadLength());
        assertEquals(0, event.payloadByte(0));
        assertEquals(0, event.copyPayload(0, new byte[8], 0, 8));
    }
}
