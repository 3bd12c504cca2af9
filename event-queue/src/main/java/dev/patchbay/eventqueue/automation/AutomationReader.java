// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.automation;

import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import dev.patchbay.layout.SectionEntry;
import java.util.Arrays;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Reads the compiled automation to play it. The value of a lane depends on the time alone, not on what was played before; the reader
 * remembers only where it looked last, so that going on costs a step, and a jump a search through a half at a time.
 *
 * <p>A point is reached at the frame that is nearest to it. So each time comes with half a frame's length: what lies up to that much
 * later counts as now.
 *
 * <p>Whatever a broken writer leaves in the table, nothing outside of it is read; what is no value is given as it is, and refused by the
 * parameters.
 *
 * <p>One thread, the section's reader. All methods are real-time safe and allocate nothing.
 */
public final class AutomationReader {
    /** No lane. */
    public static final int NONE = -1;

    // Taken here, so that nothing is initialised while a block is rendered.
    private static final int STRIDE = AutomationTable.STRIDE;
    private static final int QUARTERS = AutomationBase.QUARTERS.code();
    private static final int SECONDS = AutomationBase.SECONDS.code();
    private static final AutomationShape HOLD = AutomationShape.HOLD;

    /** So many points are passed one by one before the search begins. */
    private static final int STEPS = 8;

    /** A search takes at most as many halvings as a count has bits. */
    private static final int HALVINGS = 32;

    private final AtomicBuffer buffer;
    private final TripleBuffer table;
    private final int capacity;
    private final int[] laneOf;
    private final int[] parameters;
    private final boolean[] seconds;
    private final double[] loops;
    private final int[] firsts;
    private final int[] counts;
    private final int[] cursors;
    private final double[] times;
    private final double[] reaches;
    private int start;
    private int lanes;
    private boolean loaded;
    private long refused;

    /**
     * Starts without a lane; {@link #refresh} takes them.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the automation
     * @param parameters how many parameters there are
     */
    public AutomationReader(
            final AtomicBuffer buffer, final SectionEntry section, final int parameters) {
        this.buffer = buffer;
        this.table = TripleBuffer.over(buffer, section);
        this.capacity = section.count();
        this.laneOf = new int[parameters];
        this.parameters = new int[parameters];
        this.seconds = new boolean[parameters];
        this.loops = new double[parameters];
        this.firsts = new int[parameters];
        this.counts = new int[parameters];
        this.cursors = new int[parameters];
        this.times = new double[parameters];
        this.reaches = new double[parameters];
        Arrays.fill(laneOf, NONE);
    }

    /**
     * Takes new automation, if there is any; the first time, what was published last. Once a block, from the moment on when no other
     * process reads the section; its time is bounded by the number of parameters.
     *
     * @return whether the lanes are others now
     */
    public boolean refresh() {
        // The first time in any case: until then, another reader may have taken what was on offer.
        if (table.refresh() || !loaded) {
            loaded = true;
            load();
            return true;
        }
        return false;
    }

    /** Lets the next refresh take what was published last in any case: the memory has become another's. */
    public void forget() {
        loaded = false;
    }

    /** {@return how many lanes there are, at most one for each parameter} */
    public int lanes() {
        return lanes;
    }

    /** {@return how many lanes were left out so far, because they are none} */
    public long refused() {
        return refused;
    }

    /**
     * {@return the lane of a parameter, or {@link #NONE}}
     *
     * @param parameter its place in the declaration
     */
    public int laneOf(final int parameter) {
        return parameter >= 0 && parameter < laneOf.length ? laneOf[parameter] : NONE;
    }

    /**
     * {@return the parameter of a lane}
     *
     * @param lane 0 to less than {@link #lanes}
     */
    public int parameter(final int lane) {
        return parameters[lane];
    }

    /**
     * {@return whether a lane counts seconds, else quarter notes}
     *
     * @param lane 0 to less than {@link #lanes}
     */
    public boolean isInSeconds(final int lane) {
        return seconds[lane];
    }

    private void load() {
        Arrays.fill(laneOf, NONE);
        lanes = 0;
        start = table.readerOffset();
        final int all = buffer.getInt(start + AutomationTable.COUNT);
        // Each parameter has one lane at most.
        final int most = Math.max(0, Math.min(Math.min(all, laneOf.length), capacity - 1));
        for (int i = 0; i < most; i++) {
            load(start + (1 + i) * STRIDE);
        }
    }

    private void load(final int at) {
        final int kind = buffer.getInt(at + AutomationTable.KIND);
        final int parameter = buffer.getInt(at + AutomationTable.PARAMETER);
        final int first = buffer.getInt(at + AutomationTable.FIRST);
        final int count = buffer.getInt(at + AutomationTable.COUNT);
        final double loop = buffer.getDouble(at + AutomationTable.TIME);
        final boolean inSeconds = kind == SECONDS;
        if (parameter < 0
                || parameter >= laneOf.length
                || laneOf[parameter] != NONE
                || !inSeconds && kind != QUARTERS
                || first < 1
                || count < 1
                || count > capacity - first
                || !(loop >= 0 && loop <= Double.MAX_VALUE)) {
            refused++;
            return;
        }
        laneOf[parameter] = lanes;
        parameters[lanes] = parameter;
        seconds[lanes] = inSeconds;
        loops[lanes] = loop;
        firsts[lanes] = first;
        counts[lanes] = count;
        cursors[lanes] = NONE;
        lanes++;
    }

    /**
     * Goes to a time.
     *
     * @param lane 0 to less than {@link #lanes}
     * @param time of the frame, as the lane counts
     * @param half half the length of a frame, as the lane counts
     */
    public void move(final int lane, final double time, final double half) {
        final double loop = loops[lane];
        double reach = time + half;
        if (loop > 0) {
            reach -= Math.floor(reach / loop) * loop;
            // What is rounded up to the end is the beginning.
            reach = reach >= 0 && reach < loop ? reach : 0;
        }
        times[lane] = reach - half;
        reaches[lane] = reach;
        cursors[lane] = find(lane, cursors[lane], reach);
    }

    /** The last point up to a time, or none where all are later. */
    private int find(final int lane, final int from, final double reach) {
        final int count = counts[lane];
        int low = from;
        int high = count;
        if (low != NONE && time(lane, low) > reach) {
            high = low;
            low = NONE;
        } else {
            for (int step = 0; step < STEPS; step++) {
                if (low + 1 >= count || !(time(lane, low + 1) <= reach)) {
                    return low;
                }
                low++;
            }
        }
        // All up to low are reached, and none from high on.
        for (int halving = 0; halving < HALVINGS && high - low > 1; halving++) {
            final int middle = low + (high - low) / 2;
            if (time(lane, middle) <= reach) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * {@return the value at the time that was gone to, or a while before it, normalized} Before the first point that of the first, after
     * the last that of the last.
     *
     * @param lane 0 to less than {@link #lanes}
     * @param before how much earlier, as the lane counts, 0 and up; but not before the last point that was reached
     */
    public float value(final int lane, final double before) {
        final int cursor = cursors[lane];
        if (cursor == NONE) {
            return value(lane, 0);
        }
        final float from = value(lane, cursor);
        if (cursor + 1 >= counts[lane]) {
            return from;
        }
        final float to = value(lane, cursor + 1);
        final AutomationShape shape = shape(lane, cursor);
        if (from == to || shape == null || shape == HOLD) {
            return from;
        }
        final double begin = time(lane, cursor);
        final double passed = (times[lane] - before - begin) / (time(lane, cursor + 1) - begin);
        // Outside of its way, and up to half a frame within, a point's value is exact.
        final double part = shape.part(Math.max(0, Math.min(1, passed)), curve(lane, cursor));
        return (float) (from + part * (to - from));
    }

    /**
     * {@return whether the value changes before the next point}
     *
     * @param lane 0 to less than {@link #lanes}
     */
    public boolean isMoving(final int lane) {
        final int cursor = cursors[lane];
        return cursor != NONE
                && cursor + 1 < counts[lane]
                && shape(lane, cursor) != HOLD
                && value(lane, cursor) != value(lane, cursor + 1);
    }

    /**
     * {@return how long it is from the reach of the time that was gone to (half a frame after it) to the next point, or to where the lane
     * begins anew; infinite where neither comes}
     *
     * @param lane 0 to less than {@link #lanes}
     */
    public double untilNext(final int lane) {
        final int next = cursors[lane] + 1;
        final double loop = loops[lane];
        final double end = loop > 0 ? loop : Double.POSITIVE_INFINITY;
        final double time = next < counts[lane] ? Math.min(end, time(lane, next)) : end;
        return time - reaches[lane];
    }

    private int at(final int lane, final int point) {
        return start + (firsts[lane] + point) * STRIDE;
    }

    private double time(final int lane, final int point) {
        return buffer.getDouble(at(lane, point) + AutomationTable.TIME);
    }

    private float value(final int lane, final int point) {
        return buffer.getFloat(at(lane, point) + AutomationTable.VALUE);
    }

    private float curve(final int lane, final int point) {
        return buffer.getFloat(at(lane, point) + AutomationTable.CURVE);
    }

    private AutomationShape shape(final int lane, final int point) {
        return AutomationShape.of(buffer.getInt(at(lane, point) + AutomationTable.KIND));
    }
}
