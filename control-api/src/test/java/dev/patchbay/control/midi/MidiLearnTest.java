// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventEncoder;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Parameter;
import java.util.Optional;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MidiLearnTest {
    private static final Parameter CUTOFF = Parameter.of(201, "cutoff", "Cutoff").build();

    private final EventEncoder encoder;
    private final Event event;
    private MidiLearn learn = new MidiLearn(CUTOFF);

    MidiLearnTest() {
        final UnsafeBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
        encoder = new EventEncoder(slot);
        event = new Event(slot).moveTo(0);
    }

    private Optional<MidiMapping> controller(
            final int channel, final int number, final int... values) {
        Optional<MidiMapping> learned = Optional.empty();
        for (final int value : values) {
            assertTrue(learned.isEmpty(), "learned before its last message");
            encoder.controller(0, channel, number, value / 127.0);
            learned = learn.event(event);
        }
        return learned;
    }

    private static void is(
            final MidiSource source,
            final int channel,
            final int number,
            final MidiMode mode,
            final Optional<MidiMapping> learned) {
        assertEquals(Optional.of(MidiMapping.of(source, channel, number, CUTOFF, mode)), learned);
    }

    @Test
    void aKnobIsLearnedOnceItHasMovedByFour() {
        assertEquals(Optional.empty(), controller(2, 74, 50, 51, 52, 53));
        is(MidiSource.CONTROLLER, 2, 74, MidiMode.JUMP, controller(2, 74, 54));
    }

    @Test
    void aButtonIsLearnedWhenItIsLetGo() {
        is(MidiSource.CONTROLLER, 0, 80, MidiMode.JUMP, controller(0, 80, 127, 0));
    }

    @Test
    void aKnobThatTremblesIsPassedOver() {
        final Random r = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Optional.empty(), controller(0, 70, 60 + r.nextInt(4)));
        }
        is(MidiSource.CONTROLLER, 0, 71, MidiMode.JUMP, controller(0, 71, 10, 30));
    }

    @Test
    void bankSelectParameterNumbersAndModesAreNoMovement() {
        for (final int number : new int[] {0, 32, 6, 38, 96, 97, 100, 101, 120, 121, 123, 127}) {
            assertEquals(Optional.empty(), controller(0, number, 0, 127, 0, 127), "" + number);
        }
    }

    @Test
    void aPairIsLearnedAsOneControllerOf14Bits() {
        controller(1, 16, 10);
        controller(1, 48, 99);
        controller(1, 16, 12);
        assertEquals(Optional.empty(), controller(1, 48, 3), "the fine half leaps");
        is(MidiSource.CONTROLLER_PAIR, 1, 16, MidiMode.JUMP, controller(1, 16, 14));
    }

    @Test
    void aFineHalfAloneIsAControllerOf7BitsAfterManyMessages() {
        for (int i = 0; i < MidiLearn.ALONE - 1; i++) {
            assertEquals(Optional.empty(), controller(0, 40, i * 5));
        }
        is(MidiSource.CONTROLLER, 0, 40, MidiMode.JUMP, controller(0, 40, 100));
    }

    @Test
    void anNrpnIsLearnedByItsNumber() {
        controller(3, 99, 2);
        controller(3, 98, 44);
        controller(3, 6, 0);
        controller(3, 38, 127);
        is(MidiSource.NRPN, 3, 300, MidiMode.JUMP, controller(3, 6, 4));
        learn = new MidiLearn(CUTOFF);
        controller(3, 99, 2);
        controller(3, 98, 44);
        controller(3, 101, 0);
        assertEquals(Optional.empty(), controller(3, 6, 0, 50, 100), "a registered number");
    }

    @Test
    void encodersAreToldByTheirValuesOnceTheyAreTurnedBack() {
        assertEquals(Optional.empty(), controller(0, 70, 1, 1, 2, 1, 1, 3));
        is(MidiSource.CONTROLLER, 0, 70, MidiMode.TWOS_COMPLEMENT, controller(0, 70, 127));
        learn = new MidiLearn(CUTOFF);
        is(MidiSource.CONTROLLER, 0, 70, MidiMode.SIGN_BIT, controller(0, 70, 1, 1, 65));
        learn = new MidiLearn(CUTOFF);
        is(MidiSource.CONTROLLER, 0, 70, MidiMode.BINARY_OFFSET, controller(0, 70, 65, 65, 63));
    }

    @Test
    void aKnobThatPassesAnEncodersValuesIsAKnob() {
        is(MidiSource.CONTROLLER, 0, 70, MidiMode.JUMP, controller(0, 70, 61, 62, 63, 64, 65));
        learn = new MidiLearn(CUTOFF);
        is(MidiSource.CONTROLLER, 0, 70, MidiMode.JUMP, controller(0, 70, 3, 2, 1, 0, 5));
        learn = new MidiLearn(CUTOFF);
        is(MidiSource.CONTROLLER, 0, 70, MidiMode.JUMP, controller(0, 70, 127, 127, 127, 0));
    }

    @Test
    void thePitchWheelIsLearnedAndPressureOnlyWhenItIsStrong() {
        encoder.channelPressure(0, 0, 0);
        learn.event(event);
        encoder.channelPressure(0, 0, 0.2);
        assertEquals(Optional.empty(), learn.event(event));
        encoder.pitchBend(0, 0, 0);
        assertEquals(Optional.empty(), learn.event(event));
        encoder.pitchBend(0, 0, 0.1);
        is(MidiSource.PITCH_BEND, 0, 0, MidiMode.JUMP, learn.event(event));
        encoder.channelPressure(0, 0, 0.5);
        is(MidiSource.CHANNEL_PRESSURE, 0, 0, MidiMode.JUMP, learn.event(event));
        encoder.polyPressure(0, 5, 60, -1, 0);
        learn.event(event);
        encoder.polyPressure(0, 5, 61, -1, 0.9);
        is(MidiSource.POLY_PRESSURE, 5, MidiSource.ANY, MidiMode.JUMP, learn.event(event));
    }

    @Test
    void notesAndProgramsAreNoMovement() {
        encoder.noteOn(0, 0, 60, -1, 1, 0);
        assertEquals(Optional.empty(), learn.event(event));
        encoder.program(0, 0, 5);
        assertEquals(Optional.empty(), learn.event(event));
    }
}
