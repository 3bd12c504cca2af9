// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.midi;

import static dev.patchbay.eventqueue.midi.MapOnTheTable.controller;
import static dev.patchbay.eventqueue.midi.MapOnTheTable.of;
import static dev.patchbay.eventqueue.midi.MapOnTheTable.random;
import static dev.patchbay.eventqueue.midi.MapOnTheTable.ranged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventEncoder;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table may hold: another map, too long a one, any bytes at all; and what comes beside it. */
class MidiMapTableTest {
    @TempDir private Path folder;
    private MapOnTheTable on;

    @BeforeEach
    void lay() {
        on = new MapOnTheTable(folder);
    }

    @AfterEach
    void clear() {
        on.close();
    }

    @Test
    void aMapIsReplacedWholeAndOutlivesItsWriterAndItsReader() {
        on.play(controller(1, MidiMode.JUMP), controller(2, MidiMode.JUMP));
        on.play(controller(3, MidiMode.JUMP));
        on.controller(0, 1, 9);
        on.controller(0, 2, 9);
        assertEquals(List.of(), on.changes, "nothing is left of the old map");
        new MidiMapWriter(on.region.buffer(), on.section);
        on.takeOver();
        on.mapper.refresh();
        on.controller(0, 3, 127);
        assertEquals(List.of("0=1.0"), on.changes);
        on.play();
        on.controller(0, 3, 0);
        assertEquals(1, on.changes.size(), "an empty map is a map");
    }

    @Test
    void aReaderThatTakesOverHasTheMapThatTheOneBeforeTookMeanwhile() {
        on.play(controller(1, MidiMode.JUMP));
        final MidiMapper successor =
                new MidiMapper(on.region.buffer(), on.section, MapOnTheTable.PARAMETERS, on);
        for (int i = 2; i < 5; i++) {
            on.play(controller(i, MidiMode.JUMP));
        }
        successor.refresh();
        successor.message(0xB0, 1, 127);
        successor.message(0xB0, 4, 127);
        assertEquals(List.of("0=1.0"), on.changes);
    }

    @Test
    void aMapThatIsTooLongOrOutOfRangeLeavesTheLastInUse() {
        on.play(controller(1, MidiMode.JUMP));
        final List<MidiMapEntry> nine =
                new ArrayList<>(Collections.nCopies(9, controller(2, MidiMode.JUMP)));
        assertEquals(
                "The MIDI map has 9 entries, but the region has room for 8; the last map stays in"
                        + " use.",
                assertThrows(IllegalArgumentException.class, () -> on.writer.publish(nine))
                        .getMessage());
        for (final double bad : new double[] {Double.NaN, -0.1, 1.1, Double.POSITIVE_INFINITY}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> on.play(ranged(MidiMode.JUMP, bad, 1, 1)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> on.play(ranged(MidiMode.JUMP, 0, bad, 1)));
        }
        for (final double bad : new double[] {Double.NaN, 0, -1, 33}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> on.play(ranged(MidiMode.JUMP, 0, 1, bad)));
        }
        on.mapper.refresh();
        on.controller(0, 1, 127);
        assertEquals(List.of("0=1.0"), on.changes);
        on.play(Collections.nCopies(8, controller(2, MidiMode.JUMP)).toArray(MidiMapEntry[]::new));
        assertEquals(8, on.mapper.size(), "a full table has no end mark");
    }

    @Test
    void whateverBytesAreInTheTableNothingFallsOver() {
        final Random r = random("MidiMapTableTest, hostile tables");
        for (int run = 0; run < 3_000; run++) {
            on.play(
                    controller(1, MidiMode.JUMP),
                    controller(2, MidiMode.SCALE),
                    of(MidiSource.NRPN, 5, MidiMode.PICK_UP, 2));
            final int start = on.section.elementOffset(0);
            final int bytes = 3 * on.section.copyStride();
            for (int n = r.nextInt(200); n >= 0; n--) {
                on.region.buffer().putByte(start + r.nextInt(bytes), (byte) r.nextInt(256));
            }
            on.takeOver();
            for (int i = 0; i < 50; i++) {
                on.mapper.message(0xA0 + r.nextInt(0x50), r.nextInt(128), r.nextInt(128));
                on.controller(r.nextInt(16), r.nextInt(8), r.nextInt(128));
            }
            assertTrue(on.mapper.size() <= MapOnTheTable.CAPACITY);
        }
        assertTrue(on.changes.size() > 1_000, "some of it moved something");
    }

    @Test
    void garbageIsCountedAndMovesNothing() {
        final Random r = random("MidiMapTableTest, garbage");
        on.play(
                controller(1, MidiMode.JUMP),
                of(MidiSource.CONTROLLER_PAIR, 2, MidiMode.JUMP, 1),
                of(MidiSource.PITCH_BEND, 0, MidiMode.JUMP, 2),
                of(MidiSource.CHANNEL_PRESSURE, 0, MidiMode.JUMP, 3));
        long garbage = 0;
        for (int i = 0; i < 100_000; i++) {
            final int status = r.nextInt(4) == 0 ? r.nextInt() : 0x70 + r.nextInt(0x98);
            final int data1 = r.nextInt(4) == 0 ? r.nextInt() : r.nextInt(128);
            final int data2 = r.nextInt(4) == 0 ? r.nextInt() : r.nextInt(128);
            final int moved = on.changes.size();
            on.mapper.message(status, data1, data2);
            final boolean system = status >= 0xF0 && status <= 0xFF;
            final boolean one = status >= 0xC0 && status < 0xE0;
            final boolean good =
                    status >= 0x80
                            && status < 0xF0
                            && data1 >= 0
                            && data1 < 128
                            && (one || data2 >= 0 && data2 < 128);
            garbage += system || good ? 0 : 1;
            assertTrue(good || on.changes.size() == moved);
        }
        assertEquals(garbage, on.mapper.garbage());
        assertTrue(on.changes.size() > 100 && garbage > 1_000);
    }

    @Test
    void eventsMoveWhatTheirMessagesMove() {
        final Random r = random("MidiMapTableTest, events");
        final UnsafeBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
        final EventEncoder encoder = new EventEncoder(slot);
        final Event event = new Event(slot).moveTo(0);
        try (MapOnTheTable other = new MapOnTheTable(folder)) {
            final MidiMapEntry[] map = {
                controller(1, MidiMode.JUMP),
                controller(16, MidiMode.BINARY_OFFSET),
                of(MidiSource.CONTROLLER_PAIR, 1, MidiMode.PICK_UP, 1),
                of(MidiSource.NRPN, 129, MidiMode.JUMP, 1),
                of(MidiSource.CHANNEL_PRESSURE, 0, MidiMode.SCALE, 2),
                of(MidiSource.POLY_PRESSURE, 3, MidiMode.JUMP, 3)
            };
            on.play(map);
            other.play(map);
            final int[] numbers = {1, 33, 16, 6, 38, 98, 99, 101, 96, 123};
            for (int i = 0; i < 20_000; i++) {
                final int channel = r.nextInt(2);
                final int value = r.nextInt(128);
                final int number = numbers[r.nextInt(numbers.length)];
                switch (r.nextInt(3)) {
                    case 0 -> {
                        on.mapper.message(0xD0 | channel, value, 0);
                        encoder.channelPressure(0, channel, value / 127.0);
                    }
                    case 1 -> {
                        on.mapper.message(0xA0 | channel, 3, value);
                        encoder.polyPressure(0, channel, 3, -1, value / 127.0);
                    }
                    default -> {
                        final int data = number >= 98 ? r.nextInt(3) : value;
                        on.controller(channel, number, data);
                        encoder.controller(0, channel, number, data / 127.0);
                    }
                }
                other.mapper.event(event);
            }
            assertEquals(on.changes, other.changes);
            assertTrue(on.changes.size() > 5_000);
            encoder.controller(0, 0, 1, 0.5);
            slot.putDouble(EventDescriptor.VALUE, Double.NaN);
            other.changes.clear();
            other.mapper.event(event);
            assertEquals(1, other.mapper.garbage());
            assertEquals(List.of(), other.changes);
        }
    }
}
