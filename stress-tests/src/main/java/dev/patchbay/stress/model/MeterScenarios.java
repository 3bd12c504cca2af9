// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.MeterDescriptor;

/** Meters, as production runs them, with what they promise. */
public final class MeterScenarios {
    private static final int METER = 128;
    private static final int BYTES = 512;

    /** So slow a rate that each frame is a window. */
    private static final double RATE = 1;

    private MeterScenarios() {}

    /** What a window of this place in the scenario has as its peak: above full scale, so that it counts a clip. */
    private static float peak(final long place) {
        return place + 1;
    }

    /**
     * One side closes so many windows of one frame; the other begins to read at any time and polls so often.
     *
     * @param kept how many windows the meter keeps, a power of two
     * @param start the number of the last window that was closed before
     */
    public static Scenario meters(
            final int closed, final int polls, final int kept, final long start) {
        return meters(closed, polls, kept, start, false);
    }

    /**
     * The same by a writer that was there before: its memory has become another's, in which windows up to this number were closed by
     * a clock of another rate.
     */
    public static Scenario movedMeters(
            final int closed, final int polls, final int kept, final long start) {
        return meters(closed, polls, kept, start, true);
    }

    private static Scenario meters(
            final int closed,
            final int polls,
            final int kept,
            final long start,
            final boolean moved) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            final int newest = MeterDescriptor.HEAD.offset("newest");
            final int clock = MeterDescriptor.HEAD.offset("clock");
            setup.name(newest, "newest").name(clock, "clock");
            setup.name(METER + MeterDescriptor.METER.offset("clips"), "clips");
            setup.name(METER + MeterDescriptor.METER.offset("not_finite"), "not_finite");
            setup.name(METER + MeterDescriptor.METER.offset("windows"), "windows");
            memory.putLong(newest, moved ? 0 : start);
            final MeterWriter writer = new MeterWriter(memory, 0, METER, 1, kept, RATE);
            if (moved) {
                memory.putLong(newest, start);
                memory.putLong(clock, 0);
            }
            final MeterReader[] reader = new MeterReader[1];
            final long[] clips = new long[1];
            setup.actor(
                    "writer",
                    () -> {
                        final MeterWriter own;
                        if (moved) {
                            own = writer;
                            own.resume();
                        } else {
                            own = new MeterWriter(memory, 0, METER, 1, kept, RATE);
                        }
                        for (int n = 1; n <= closed; n++) {
                            own.addBlock(new float[][] {{peak(n)}}, 0, 1);
                        }
                    });
            final Runnable poll =
                    () -> {
                        final long before = reader[0].seen() - start;
                        final int taken = reader[0].poll();
                        check(reader[0], taken, before, reader[0].seen() - start);
                        clips[0] += reader[0].clips(0);
                        expect(
                                closed > kept || reader[0].missed() == 0,
                                "who looks often enough misses nothing");
                    };
            setup.actor(
                    "reader",
                    () -> {
                        reader[0] = new MeterReader(Loads.over(memory), 0, METER, 1, kept);
                        clips[0] = reader[0].totalClips(0);
                        expect(
                                clips[0] >= reader[0].seen() - start,
                                "who sees a window sees its clips");
                        for (int n = 0; n < polls; n++) {
                            poll.run();
                        }
                    });
            setup.check(
                    () -> {
                        poll.run();
                        expect(reader[0].seen() == start + closed, "the newest window is seen");
                        expect(clips[0] == closed, "each clip is counted once");
                        expect(reader[0].totalClips(0) == closed, "no clip is lost");
                        expect(writer.windowFrames() == reader[0].windowFrames(), "one clock");
                    });
            setup.outcome(() -> reader[0].missed());
        };
    }

    private static void check(
            final MeterReader reader, final int taken, final long before, final long seen) {
        expect(taken + reader.missed() == seen - before, "a window is gathered or missed");
        final float peak = reader.peak(0);
        if (taken == 0) {
            expect(peak == 0 && reader.meanSquare(0) == 0, "nothing is 0");
        } else {
            expect(peak > peak(before) && peak <= peak(seen), "the peak is of these windows");
        }
        if (taken == 1) {
            expect(
                    reader.meanSquare(0) == peak * peak,
                    "the peak and the mean square are of one window");
        }
        if (taken > 0 && reader.missed() == 0) {
            double sum = 0;
            for (long place = before + 1; place <= seen; place++) {
                sum += peak(place) * peak(place);
            }
            expect(peak == peak(seen), "the peak is the highest of all");
            expect(reader.meanSquare(0) == sum / taken, "the mean is of all");
        }
        expect(reader.totalClips(0) >= seen, "who sees a window sees its clips");
    }
}
