// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.Loads;
import dev.patchbay.layout.MeterDescriptor;
import dev.patchbay.layout.SectionEntry;

/**
 * Reads what a {@link MeterWriter} writes, with loads alone, as from a {@link dev.patchbay.layout.ReadOnlyRegion}. Any number of
 * readers, each with an object of its own that remembers the last window it has seen: none takes anything from another, and the
 * writer notices none. One thread each.
 *
 * <p>{@link #poll} gathers all windows since the last one seen. A reader that polls before as many more windows are closed as a
 * meter keeps, 1.28 s, misses none; one that comes later gets those that are still there and is told how many it has
 * {@link #missed}. Clips are not missed in either case: they are counts that only rise. Bounded: a poll loads each meter's windows
 * once, and never waits or tries again. Real-time safe but for the constructors.
 */
public final class MeterReader {
    private static final int NEWEST = MeterDescriptor.HEAD.offset("newest");
    private static final int CLOCK = MeterDescriptor.HEAD.offset("clock");
    private static final int CLIPS = MeterDescriptor.METER.offset("clips");
    private static final int NOT_FINITE = MeterDescriptor.METER.offset("not_finite");
    private static final int WINDOWS = MeterDescriptor.METER.offset("windows");
    private static final int WINDOW_SIZE = MeterDescriptor.WINDOW.size();
    private static final int PEAK = MeterDescriptor.WINDOW.offset("peak");
    private static final int MEAN_SQUARE = MeterDescriptor.WINDOW.offset("mean_square");

    private final Loads loads;
    private final int head;
    private final int meters;
    private final int stride;
    private final int windows;
    private final float[] peaks;
    private final double[] meanSquares;
    private final long[] clips;
    private final long[] totalClips;
    private final long[] notFinite;
    private final long[] totalNotFinite;
    private long seen;
    private long missed;

    /**
     * A reader that has seen the newest window in memory.
     *
     * @param loads from the region
     * @param head bytes from the start of the region to the section's head
     * @param meters bytes from the start of the region to meter 0
     * @param count how many meters
     * @param windows how many windows a meter keeps, a power of two: {@link MeterDescriptor#WINDOWS} in a region
     */
    public MeterReader(
            final Loads loads,
            final int head,
            final int meters,
            final int count,
            final int windows) {
        this(loads, head, meters, WINDOWS + windows * WINDOW_SIZE, count, windows);
    }

    private MeterReader(
            final Loads loads,
            final int head,
            final int meters,
            final int stride,
            final int count,
            final int windows) {
        this.loads = loads;
        this.head = head;
        this.meters = meters;
        this.stride = stride;
        this.windows = windows;
        this.peaks = new float[count];
        this.meanSquares = new double[count];
        this.clips = new long[count];
        this.totalClips = new long[count];
        this.notFinite = new long[count];
        this.totalNotFinite = new long[count];
        // Acquire: pairs with the release in MeterWriter.close and pb_meter_writer_close.
        this.seen = loads.int64(head + NEWEST);
        for (int meter = 0; meter < count; meter++) {
            count(meter);
            clips[meter] = 0;
            notFinite[meter] = 0;
        }
    }

    /**
     * {@return the reader of a section, which has seen the newest window}
     *
     * @param loads from the region
     * @param section the directory's entry of a section of meters
     */
    public static MeterReader over(final Loads loads, final SectionEntry section) {
        return new MeterReader(
                loads,
                (int) section.offset(),
                section.elementOffset(0),
                section.stride(),
                section.count(),
                MeterDescriptor.WINDOWS);
    }

    /** {@return the number of meters} */
    public int count() {
        return peaks.length;
    }

    /** {@return the number of the last window that was seen, from 1; 0 for none} */
    public long seen() {
        return seen;
    }

    /**
     * Makes this a reader that has seen the windows up to one, and none after it: to go on where another stopped, or to begin
     * with what was before.
     *
     * @param window its number; 0, or what is below it, for none
     */
    public void resumeAfter(final long window) {
        seen = Math.max(0, window);
    }

    /**
     * Gathers all windows since the last one seen; the other methods tell of what was gathered. Where none was closed since, or
     * none is left, all of it is 0, but not the totals.
     *
     * @return how many windows were gathered whole, of all meters
     */
    public int poll() {
        // Acquire: pairs with the release in MeterWriter.close and pb_meter_writer_close, so the
        // windows up to this one are seen, or later ones in their place.
        final long newest = loads.int64(head + NEWEST);
        final long closed = newest - seen;
        // Numbers never go back; where a broken writer's do, the reader starts anew with them.
        final long there = closed < 0 ? 0 : Math.min(closed, windows);
        int most = 0;
        for (int meter = 0; meter < peaks.length; meter++) {
            most = Math.max(most, gather(meter, newest - there, (int) there));
            count(meter);
        }
        missed = Math.max(0, closed) - there + most;
        seen = newest;
        return (int) there - most;
    }

    /** Gathers so many windows of a meter behind one, and gives how many of them are gone. */
    private int gather(final int meter, final long after, final int there) {
        final int at = meters + meter * stride + WINDOWS;
        float peak = 0;
        double sum = 0;
        int taken = 0;
        for (int i = 1; i <= there; i++) {
            final long number = after + i;
            final int window = at + ((int) number & windows - 1) * WINDOW_SIZE;
            // Opaque: pairs with the stores in MeterWriter.close. The acquire of the newest number
            // makes sure that the word is not of an older window; the number in it, of no newer.
            final long p = loads.int64Opaque(window + PEAK);
            final long m = loads.int64Opaque(window + MEAN_SQUARE);
            if (MeterDescriptor.isOf(p, number) && MeterDescriptor.isOf(m, number)) {
                peak = Math.max(peak, MeterDescriptor.value(p));
                sum += MeterDescriptor.value(m);
                taken++;
            }
        }
        peaks[meter] = peak;
        meanSquares[meter] = taken == 0 ? 0 : sum / taken;
        return there - taken;
    }

    private void count(final int meter) {
        final int at = meters + meter * stride;
        // Opaque: behind the acquire of a window's number, they hold what its window held at least.
        final long clipped = loads.int64Opaque(at + CLIPS);
        final long strange = loads.int64Opaque(at + NOT_FINITE);
        clips[meter] = clipped - totalClips[meter];
        totalClips[meter] = clipped;
        notFinite[meter] = strange - totalNotFinite[meter];
        totalNotFinite[meter] = strange;
    }

    /**
     * {@return how many windows the last poll has missed: those that the writer has closed since the poll before, and of which,
     * for one meter at least, a later one had already taken the place}
     */
    public long missed() {
        return missed;
    }

    /**
     * {@return the largest absolute value in the windows gathered: linear, 0 or more, finite; 1 is full scale}
     *
     * @param meter the number of the meter, 0 to below {@link #count()}
     */
    public float peak(final int meter) {
        return peaks[meter];
    }

    /**
     * {@return the mean square of the windows gathered, which are equally long: linear, 0 or more, finite}
     *
     * @param meter the number of the meter, 0 to below {@link #count()}
     */
    public double meanSquare(final int meter) {
        return meanSquares[meter];
    }

    /**
     * {@return the root of the mean square: linear; 0.707 for a sine of peak 1}
     *
     * @param meter the number of the meter, 0 to below {@link #count()}
     */
    public double rms(final int meter) {
        return Math.sqrt(meanSquares[meter]);
    }

    /**
     * {@return the samples beyond full scale that were counted since the poll before, or since this reader was made: in all
     * windows gathered or missed, and perhaps in one that was about to be closed}
     *
     * @param meter the number of the meter, 0 to below {@link #count()}
     */
    public long clips(final int meter) {
        return clips[meter];
    }

    /**
     * {@return the samples beyond full scale since the region was made}
     *
     * @param meter the number of the meter, 0 to below {@link #count()}
     */
    public long totalClips(final int meter) {
        return totalClips[meter];
    }

    /**
     * {@return the samples that were NaN or infinite, counted since when {@link #clips} are}
     *
     * @param meter the number of the meter, 0 to below {@link #count()}
     */
    public long notFinite(final int meter) {
        return notFinite[meter];
    }

    /**
     * {@return the samples that were NaN or infinite since the region was made}
     *
     * @param meter the number of the meter, 0 to below {@link #count()}
     */
    public long totalNotFinite(final int meter) {
        return totalNotFinite[meter];
    }

    /** {@return how many frames a window has, as the present writer says; 0 where none has started yet} */
    public int windowFrames() {
        return MeterDescriptor.frames(loads.int64Opaque(head + CLOCK));
    }

    /** {@return how long a window is in seconds, as the present writer says; 0 where none has started yet} */
    public double windowSeconds() {
        final long clock = loads.int64Opaque(head + CLOCK);
        final double rate = MeterDescriptor.value(clock);
        return rate > 0 ? MeterDescriptor.frames(clock) / rate : 0;
    }
}
