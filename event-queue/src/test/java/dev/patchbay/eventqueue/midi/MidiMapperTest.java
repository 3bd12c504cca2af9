// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.midi;

import static dev.patchbay.eventqueue.midi.MapOnTheTable.controller;
import static dev.patchbay.eventqueue.midi.MapOnTheTable.of;
import static dev.patchbay.eventqueue.midi.MapOnTheTable.random;
import static dev.patchbay.eventqueue.midi.MapOnTheTable.ranged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MidiMapperTest {
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
    void withoutAMapNothingMoves() {
        for (int number = 0; number < 128; number++) {
            on.controller(0, number, 127);
        }
        assertEquals(List.of(), on.changes);
        assertEquals(0, on.mapper.size());
    }

    @Test
    void aControllerMovesItsParameterFromEndToEnd() {
        on.play(controller(74, MidiMode.JUMP));
        for (int value = 0; value < 128; value++) {
            on.controller(value % 16, 74, value);
            assertEquals((float) (value / 127.0), on.values[0]);
        }
        assertEquals(128, on.changes.size());
        on.controller(0, 75, 3);
        assertEquals(128, on.changes.size());
    }

    @Test
    void rangeAndCurveHoldAtBothEndsAndBetween() {
        final Random r = random("MidiMapperTest, ranges");
        for (int i = 0; i < 2_000; i++) {
            final double low = r.nextInt(4) == 0 ? r.nextInt(2) : r.nextDouble();
            final double high = r.nextInt(4) == 0 ? r.nextInt(2) : r.nextDouble();
            final double exponent = r.nextInt(4) == 0 ? 1 : Math.pow(2, r.nextDouble() * 10 - 5);
            on.play(ranged(MidiMode.JUMP, low, high, exponent));
            on.controller(0, 20, 0);
            assertEquals((float) low, on.values[0]);
            on.controller(0, 20, 127);
            assertEquals((float) high, on.values[0]);
            double before = low;
            for (int value = 0; value < 128; value += 1 + r.nextInt(30)) {
                on.controller(0, 20, value);
                final double expected = low + (high - low) * Math.pow(value / 127.0, exponent);
                assertEquals(expected, on.values[0], 1e-7);
                assertTrue((on.values[0] - before) * (high - low) >= -1e-7);
                before = on.values[0];
            }
        }
    }

    @Test
    void channelsAreKeptApartUnlessAnyIsWanted() {
        final MidiMapEntry third =
                new MidiMapEntry(MidiSource.CONTROLLER, 2, 20, MidiMode.JUMP, 1, 0, 1, 1, 0.1);
        on.play(third, of(MidiSource.CONTROLLER, 20, MidiMode.JUMP, 2));
        on.controller(2, 20, 127);
        on.controller(3, 20, 0);
        assertEquals(List.of("1=1.0", "2=1.0", "2=0.0"), on.changes, "in the order of the table");
    }

    @Test
    void oneControllerMovesSeveralParametersAndSeveralMoveOne() {
        on.play(
                controller(1, MidiMode.JUMP),
                of(MidiSource.CONTROLLER, 1, MidiMode.JUMP, 3),
                controller(2, MidiMode.JUMP));
        on.controller(0, 1, 127);
        on.controller(0, 2, 0);
        assertEquals(List.of("0=1.0", "3=1.0", "0=0.0"), on.changes);
    }

    @Test
    void thePitchWheelHasItsMiddleAndBothEndsExactly() {
        on.play(of(MidiSource.PITCH_BEND, 0, MidiMode.JUMP, 0));
        on.mapper.message(0xE5, 0, 64);
        on.mapper.message(0xE5, 127, 127);
        on.mapper.message(0xE5, 0, 0);
        assertEquals(List.of("0=0.5", "0=1.0", "0=0.0"), on.changes);
        float before = -1;
        for (int value = 0; value < 16_384; value++) {
            on.mapper.message(0xE0, value & 127, value >> 7);
            assertTrue(on.values[0] > before, "every one of 14 bits counts");
            before = on.values[0];
        }
    }

    @Test
    void pressureMovesByChannelAndByKey() {
        on.play(
                of(MidiSource.CHANNEL_PRESSURE, 0, MidiMode.JUMP, 0),
                of(MidiSource.POLY_PRESSURE, 60, MidiMode.JUMP, 1),
                of(MidiSource.POLY_PRESSURE, MidiSource.ANY, MidiMode.JUMP, 2));
        on.mapper.message(0xD0, 127, 999);
        on.mapper.message(0xA0, 60, 127);
        on.mapper.message(0xA0, 61, 0);
        assertEquals(List.of("0=1.0", "1=1.0", "2=1.0", "2=0.0"), on.changes);
    }

    @Test
    void aPairIsCoarseUntilItsFineHalfIsSeenAndReachesBothEnds() {
        on.play(of(MidiSource.CONTROLLER_PAIR, 1, MidiMode.JUMP, 0));
        on.controller(0, 33, 99);
        assertEquals(List.of(), on.changes, "a fine half alone says nothing");
        on.controller(0, 1, 127);
        on.controller(0, 1, 0);
        assertEquals(List.of("0=1.0", "0=0.0"), on.changes);
        on.changes.clear();
        on.controller(0, 1, 127);
        on.controller(0, 33, 127);
        assertEquals(1f, on.values[0]);
        on.controller(0, 33, 126);
        assertEquals((float) (16_382 / 16_383.0), on.values[0], "a fine step alone");
        on.changes.clear();
        on.controller(0, 1, 127);
        assertEquals(List.of(), on.changes, "the first half of a value");
    }

    @Test
    void aPairNeverLeavesTheWayFromOneValueToTheNext() {
        final Random r = random("MidiMapperTest, pairs");
        on.play(of(MidiSource.CONTROLLER_PAIR, 10, MidiMode.JUMP, 0));
        int before = 0;
        on.controller(3, 10, 0);
        on.controller(3, 42, 0);
        for (int i = 0; i < 20_000; i++) {
            final int next =
                    r.nextInt(4) == 0
                            ? r.nextInt(16_384)
                            : Math.max(0, Math.min(16_383, before + r.nextInt(401) - 200));
            on.changes.clear();
            // Some send both halves each time, some the coarse one only where it is new.
            if (next >> 7 != before >> 7 || r.nextBoolean()) {
                on.controller(3, 10, next >> 7);
            }
            on.controller(3, 42, next & 127);
            assertEquals((float) (next / 16_383.0), on.values[0]);
            for (final String change : on.changes) {
                final float at = Float.parseFloat(change.substring(2));
                assertTrue(
                        at >= (float) (Math.min(before, next) / 16_383.0)
                                && at <= (float) (Math.max(before, next) / 16_383.0),
                        before + " to " + next + " by " + on.changes);
            }
            before = next;
        }
    }

    @Test
    void nonRegisteredNumbersMoveAndRegisteredOnesAreLeftAlone() {
        on.play(of(MidiSource.NRPN, 300, MidiMode.JUMP, 0));
        on.controller(0, 99, 300 >> 7);
        on.controller(0, 6, 127);
        assertEquals(List.of(), on.changes, "half a number");
        on.controller(0, 98, 300 & 127);
        on.controller(0, 6, 64);
        on.controller(0, 38, 5);
        assertEquals((float) ((64 << 7 | 5) / 16_383.0), on.values[0]);
        on.controller(0, 96, 0);
        on.controller(0, 97, 127);
        on.controller(0, 97, 0);
        assertEquals((float) ((64 << 7 | 5) / 16_383.0 - 1 / 128.0), on.values[0], 1e-6);
        on.changes.clear();
        on.controller(1, 6, 1);
        on.controller(0, 98, 1);
        on.controller(0, 6, 1);
        on.controller(0, 101, 0);
        on.controller(0, 100, 0);
        on.controller(0, 6, 12);
        on.controller(0, 96, 0);
        assertEquals(List.of(), on.changes, "other channels, other numbers, registered numbers");
        on.controller(0, 99, 127);
        on.controller(0, 98, 127);
        on.controller(0, 6, 12);
        assertEquals(List.of(), on.changes, "the number that is none");
    }

    @Test
    void whatCarriesNumbersAndModesIsNoController() {
        for (final int number : new int[] {6, 38, 96, 97, 98, 99, 100, 101, 120, 123, 127}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> on.play(controller(number, MidiMode.JUMP)),
                    "" + number);
        }
    }

    @Test
    void aKnobThatHasToPickUpMovesNothingBeforeItComesToTheValue() {
        on.play(ranged(MidiMode.PICK_UP, 0, 1, 1));
        on.values[0] = 0.5f;
        on.controller(0, 20, 10);
        on.controller(0, 20, 60);
        assertEquals(List.of(), on.changes);
        on.controller(0, 20, 70);
        assertEquals((float) (70 / 127.0), on.values[0], "it has passed the value");
        on.controller(0, 20, 0);
        assertEquals(0f, on.values[0], "and keeps it");
        on.values[0] = 0.25f;
        on.controller(0, 20, 10);
        assertEquals(0.25f, on.values[0], "somebody else has moved it");
        on.controller(0, 20, 32);
        assertEquals((float) (32 / 127.0), on.values[0], "near enough");
    }

    @Test
    void aKnobThatPicksUpNeverMakesTheValueJump() {
        final Random r = random("MidiMapperTest, pick-up");
        for (int run = 0; run < 200; run++) {
            final double low = r.nextDouble();
            final double high = r.nextDouble();
            on.play(ranged(MidiMode.PICK_UP, low, high, 1));
            int knob = r.nextInt(128);
            int given = 0;
            for (int i = 0; i < 500; i++) {
                if (r.nextInt(50) == 0) {
                    on.values[0] = r.nextFloat();
                }
                knob = Math.max(0, Math.min(127, knob + r.nextInt(7) - 3));
                final float before = on.values[0];
                on.changes.clear();
                on.controller(0, 20, knob);
                given += on.changes.size();
                final boolean inside =
                        before >= Math.min(low, high) && before <= Math.max(low, high);
                // From outside it comes to the nearest end of the range, and from there on as
                // others do.
                final double outside =
                        inside ? 0 : Math.min(Math.abs(before - low), Math.abs(before - high));
                assertTrue(
                        Math.abs(on.values[0] - before)
                                <= outside + 4 * Math.abs(high - low) / 127 + 1e-6);
            }
            for (knob = 0; knob < 128; knob++) {
                on.changes.clear();
                on.controller(0, 20, knob);
                given += on.changes.size();
            }
            assertTrue(given > 0, "all the way it meets the value somewhere");
            assertEquals((float) high, on.values[0]);
        }
    }

    @Test
    void aScalingKnobMovesInItsDirectionAndMeetsTheValueAtTheEnds() {
        final Random r = random("MidiMapperTest, scale");
        for (int run = 0; run < 300; run++) {
            final double low = r.nextDouble();
            final double high = r.nextDouble();
            on.play(ranged(MidiMode.SCALE, low, high, r.nextBoolean() ? 1 : 2.5));
            on.values[0] = (float) (low + (high - low) * r.nextDouble());
            int knob = 1 + r.nextInt(126);
            final float start = on.values[0];
            on.controller(0, 20, knob);
            assertEquals(start, on.values[0], "the first message only tells the place");
            for (int i = 0; i < 200; i++) {
                final int next = Math.max(0, Math.min(127, knob + r.nextInt(21) - 10));
                final float before = on.values[0];
                on.controller(0, 20, next);
                final double moved = (on.values[0] - before) * Math.signum(high - low);
                assertTrue(moved * (next - knob) >= 0, "the other way");
                if (next == 0 || next == 127) {
                    assertEquals((float) (next == 0 ? low : high), on.values[0]);
                }
                knob = next;
            }
        }
    }

    @Test
    void relativeEncodersCountInTheThreeUsualWays() {
        final int[][] steps = {
            // value, two's complement, binary offset, sign bit
            {0, 0, -64, 0},
            {1, 1, -63, 1},
            {63, 63, -1, 63},
            {64, -64, 0, 0},
            {65, -63, 1, -1},
            {127, -1, 63, -63},
        };
        for (final int[] line : steps) {
            assertEquals(line[1], MidiMode.TWOS_COMPLEMENT.steps(line[0]));
            assertEquals(line[2], MidiMode.BINARY_OFFSET.steps(line[0]));
            assertEquals(line[3], MidiMode.SIGN_BIT.steps(line[0]));
        }
        on.play(ranged(MidiMode.TWOS_COMPLEMENT, 0.75, 0.25, 1));
        on.values[0] = 0.5f;
        on.controller(0, 20, 1);
        assertEquals(0.375f, on.values[0], "inverted");
        on.controller(0, 20, 5);
        assertEquals(0.25f, on.values[0], "no further than the range");
        on.controller(0, 20, 125);
        assertEquals(0.625f, on.values[0]);
        on.changes.clear();
        on.controller(0, 20, 0);
        assertEquals(List.of(), on.changes);
        assertThrows(
                IllegalArgumentException.class,
                () -> on.play(of(MidiSource.PITCH_BEND, 0, MidiMode.SIGN_BIT, 0)));
    }
}
