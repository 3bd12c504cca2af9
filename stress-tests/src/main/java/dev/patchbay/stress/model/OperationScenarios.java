// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.BroadcastReader;
import dev.patchbay.atomics.BroadcastWriter;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.DoubleCells;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.LongCells;
import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.MeterDescriptor;
import java.util.ArrayList;
import java.util.List;

/**
 * The operations that the scenarios of contention do not meet, each with what it does: most are one actor's, so that a mutant of
 * them is found out too.
 */
public final class OperationScenarios {
    private static final int DATA = 128;

    private OperationScenarios() {}

    /** Cells of integers of either size. */
    private interface Integers {
        long add(int index, long amount);

        long max(int index, long value);

        long load(int index);

        void plain(int index, long value);

        void opaque(int index, long value);

        void release(int index, long value);
    }

    private static Integers integers(final ModelBuffer memory, final boolean wide) {
        final IntCells ints = new IntCells(memory, 0, 16);
        final LongCells longs = new LongCells(memory, 0, 16);
        return new Integers() {
            @Override
            public long add(final int index, final long amount) {
                return wide ? longs.getAndAdd(index, amount) : ints.getAndAdd(index, (int) amount);
            }

            @Override
            public long max(final int index, final long value) {
                return wide ? longs.getAndMax(index, value) : ints.getAndMax(index, (int) value);
            }

            @Override
            public long load(final int index) {
                return wide ? longs.getVolatile(index) : ints.getVolatile(index);
            }

            @Override
            public void plain(final int index, final long value) {
                if (wide) {
                    longs.setPlain(index, value);
                } else {
                    ints.setPlain(index, (int) value);
                }
            }

            @Override
            public void opaque(final int index, final long value) {
                if (wide) {
                    longs.setOpaque(index, value);
                } else {
                    ints.setOpaque(index, (int) value);
                }
            }

            @Override
            public void release(final int index, final long value) {
                if (wide) {
                    longs.setRelease(index, value);
                } else {
                    ints.setRelease(index, (int) value);
                }
            }
        };
    }

    /** Both sides add and raise, mine first and then a look at yours, and store in the lesser orders. */
    public static Scenario integers(final boolean wide) {
        return setup -> {
            final ModelBuffer memory = setup.memory(256);
            setup.name(0, "cells").name(DATA, "data");
            final long[][] seen = new long[2][2];
            for (int side = 0; side < 2; side++) {
                final int own = side;
                setup.actor(
                        own == 0 ? "left" : "right",
                        () -> {
                            final Integers cells = integers(memory, wide);
                            cells.add(own, 1);
                            seen[own][0] = cells.load(1 - own);
                            cells.max(2 + own, 1);
                            seen[own][1] = cells.load(3 - own);
                            cells.plain(4 + own, 5);
                            cells.opaque(6 + own, 6);
                            cells.release(8 + own, 7);
                            cells.max(10, 3 + own);
                            cells.add(11, 3 + own);
                        });
            }
            setup.check(
                    () -> {
                        final Integers cells = integers(memory, wide);
                        expect(seen[0][0] + seen[1][0] > 0, "one sees what the other has added");
                        expect(seen[0][1] + seen[1][1] > 0, "one sees what the other has raised");
                        for (int side = 0; side < 2; side++) {
                            expect(cells.load(4 + side) == 5, "what was stored plainly is there");
                            expect(cells.load(6 + side) == 6, "what was stored opaque is there");
                            expect(cells.load(8 + side) == 7, "what was released is there");
                        }
                        expect(cells.max(10, 0) == 4, "the greatest stays");
                        expect(cells.max(10, 4) == 4, "as great is not greater");
                        expect(cells.max(10, 9) == 4, "what was there before is answered");
                        expect(cells.load(10) == 9, "what is greater is stored");
                        expect(cells.add(11, 1) == 7, "no sum is lost");
                    });
        };
    }

    /** One side raises a cell behind plain data; who finds it raised already sees the data. */
    public static Scenario raised(final boolean wide) {
        return setup -> {
            final ModelBuffer memory = setup.memory(256);
            setup.name(0, "cells").name(DATA, "data");
            setup.actor(
                    "left",
                    () -> {
                        memory.putInt(DATA, 7);
                        integers(memory, wide).max(0, 5);
                    });
            setup.actor(
                    "right",
                    () -> {
                        if (integers(memory, wide).max(0, 3) == 5) {
                            expect(memory.getInt(DATA) == 7, "who meets a maximum sees why");
                        }
                    });
        };
    }

    /** The maximum of floating point numbers, in the corners: what was there, what is offered, what is there then. */
    public static Scenario maxima(final boolean wide) {
        final double[][] cases = {
            {1, 2, 2},
            {2, 1, 2},
            {2, 2, 2},
            {-2, -1, -1},
            {-1, -2, -1},
            {-1, 1, 1},
            {1, -1, 1},
            {-0.0, 0.0, 0.0},
            {0.0, -0.0, 0.0},
            {Double.NaN, 1, 1},
            {1, Double.NaN, 1},
            {1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY},
            {Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY},
            {Double.NEGATIVE_INFINITY, -1, -1}
        };
        return setup -> {
            final ModelBuffer memory = setup.memory(256);
            setup.actor(
                    "one",
                    () -> {
                        final FloatCells floats = new FloatCells(memory, 0, 2);
                        final DoubleCells doubles = new DoubleCells(memory, DATA, 2);
                        for (final double[] c : cases) {
                            floats.setOpaque(0, (float) c[0]);
                            doubles.setOpaque(0, c[0]);
                            final double before =
                                    wide
                                            ? doubles.getAndMax(0, c[1])
                                            : floats.getAndMax(0, (float) c[1]);
                            final double after =
                                    wide ? doubles.getAcquire(0) : floats.getAcquire(0);
                            expect(Double.compare(before, c[0]) == 0, "what was there is answered");
                            expect(Double.compare(after, c[2]) == 0, "the greater stays");
                        }
                    });
        };
    }

    /** Bits of two words that end where memory does are handed on once each, by rising number. */
    public static Scenario drainEach() {
        return setup -> {
            final ModelBuffer memory = setup.memory(16);
            setup.name(0, "bits");
            setup.actor(
                    "one",
                    () -> {
                        final DirtyBits bits = new DirtyBits(memory, 0, 2);
                        for (final int bit : new int[] {127, 64, 63, 0, 0}) {
                            bits.set(bit);
                        }
                        final List<Integer> drained = new ArrayList<>();
                        bits.drainEach(drained::add);
                        expect(
                                drained.equals(List.of(0, 63, 64, 127)),
                                "each bit is drained, by rising number");
                        bits.drainEach(drained::add);
                        expect(drained.size() == 4, "a bit is drained once");
                        bits.set(5);
                        expect(bits.drain(0) == 32, "a bit that is set again is drained again");
                        expect(bits.drain(0) == 0, "a bit is drained once");
                    });
        };
    }

    /** A reader of a broadcast without a message, with one, and with one that a broken writer has left. */
    public static Scenario broadcastPlaces() {
        final int slots = 64;
        return setup -> {
            final ModelBuffer memory = setup.memory(slots + 2 * (Heads.BROADCAST_SLOT.size() + 8));
            setup.name(0, "tail");
            setup.actor(
                    "one",
                    () -> {
                        final BroadcastWriter writer = new BroadcastWriter(memory, 0, slots, 2, 1);
                        final BroadcastReader reader =
                                new BroadcastReader(Loads.over(memory), 0, slots, 2, 1);
                        final long[] copy = new long[1];
                        reader.seekNewest();
                        expect(reader.position() == 0, "before the first message all begin at 0");
                        reader.seekOldest();
                        expect(reader.position() == 0, "before the first message all begin at 0");
                        expect(
                                reader.read(copy) == BroadcastReader.Result.NOTHING,
                                "there is no message before the first");
                        writer.write(new long[] {7});
                        reader.seekOldest();
                        expect(reader.position() == 0, "the oldest is the first");
                        expect(
                                reader.read(copy) == BroadcastReader.Result.MESSAGE && copy[0] == 7,
                                "the first message is read");
                        writer.write(new long[] {8});
                        reader.seekOldest();
                        expect(reader.position() == 0, "the oldest is the first");
                        reader.seekNewest();
                        expect(reader.position() == 1, "the newest is the last");
                        memory.putLongRelease(slots, 1);
                        reader.seek(0);
                        expect(
                                reader.read(copy) == BroadcastReader.Result.NOTHING
                                        && reader.position() == 0,
                                "what a broken writer left is nothing, and nobody moves");
                    });
        };
    }

    /** Windows of eight frames that blocks fill in pieces, a level that is set, and a writer whose numbers go back. */
    public static Scenario meterWindows() {
        final int window = 8;
        return setup -> {
            final ModelBuffer memory = setup.memory(512);
            final double rate = window * MeterDescriptor.WINDOWS_PER_SECOND;
            setup.name(0, "head").name(DATA, "meter");
            setup.actor(
                    "one",
                    () -> {
                        final MeterReader reader =
                                new MeterReader(Loads.over(memory), 0, DATA, 1, 2);
                        expect(reader.windowSeconds() == 0, "no writer, no length");
                        final MeterWriter writer = new MeterWriter(memory, 0, DATA, 1, 2, rate);
                        expect(reader.windowFrames() == window, "a window has its frames");
                        expect(
                                Math.abs(reader.windowSeconds() - window / rate) < 1e-9,
                                "a window has its length");
                        writer.addBlock(new float[][] {{1, 2, 3, 4, 5}}, 0, 5);
                        expect(reader.poll() == 0, "a window that is not full is not closed");
                        writer.addBlock(new float[][] {{6, 7, 8}}, 0, 3);
                        expect(reader.poll() == 1, "a window that is full is closed");
                        expect(
                                reader.peak(0) == 8 && reader.meanSquare(0) == 204 / 8.0,
                                "peak and mean are those of its samples");
                        writer.setLevel(0, 0.5f);
                        writer.advance(2 * window);
                        expect(reader.poll() == 2, "time that passes closes windows");
                        expect(reader.peak(0) == 0.5f, "a level holds until it is set again");
                        writer.setLevel(0, 0.75f);
                        writer.setLevel(0, 0);
                        writer.advance(window);
                        expect(
                                reader.poll() == 1 && reader.peak(0) == 0.75f,
                                "a window has the highest of the levels that were set in it");
                        writer.setLevel(0, 0.9f);
                        writer.advance(window);
                        writer.setLevel(0, 0.25f);
                        writer.advance(window);
                        reader.resumeAfter(reader.seen() + 1);
                        expect(
                                reader.poll() == 1 && reader.peak(0) == 0.25f,
                                "a level that is set at a window's start replaces the one before");
                        writer.advance(window / 2);
                        writer.setLevel(0, 0.125f);
                        writer.advance(window / 2);
                        expect(
                                reader.poll() == 1 && reader.peak(0) == 0.25f,
                                "a level counts in the window that it ends in");
                        memory.putLongRelease(MeterDescriptor.HEAD.offset("newest"), 1);
                        expect(
                                reader.poll() == 0 && reader.seen() == 1,
                                "a reader begins anew with numbers that go back");
                    });
        };
    }
}
