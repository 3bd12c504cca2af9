// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonWriter;
import dev.patchbay.eventqueue.automation.LaneEntry;
import dev.patchbay.eventqueue.automation.PointEntry;
import dev.patchbay.layout.AutomationBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * How one parameter moves with the host's song. Immutable: each edit gives another lane, so an editor can go back by keeping the old one.
 *
 * <p>At one time there are at most two points: the first ends the way before, the second begins the one after.
 */
public final class AutomationLane {
    private final int parameter;
    private final AutomationBase base;
    private final double loop;
    private final boolean on;
    private final List<AutomationPoint> points;
    private final Members further;

    /**
     * A lane.
     *
     * @param parameter the parameter's id: it stays when a new version of the plug-in declares others
     * @param base what its times count
     * @param loop where it begins anew, above 0 and at most {@link AutomationPoint#MAX_TIME}, or 0 for a lane that does not
     * @param on whether it is played
     * @param points in any order; of those at one time the order counts
     * @throws IllegalArgumentException if the id or the loop is out of its range
     */
    public AutomationLane(
            final int parameter,
            final AutomationBase base,
            final double loop,
            final boolean on,
            final List<AutomationPoint> points) {
        this(parameter, base, loop, on, points, Members.empty());
    }

    AutomationLane(
            final int parameter,
            final AutomationBase base,
            final double loop,
            final boolean on,
            final List<AutomationPoint> points,
            final Members further) {
        if (parameter < 0 || !(loop >= 0 && loop <= AutomationPoint.MAX_TIME)) {
            throw new IllegalArgumentException(
                    "A lane needs a parameter's id from 0, and a loop from 0 to "
                            + AutomationPoint.MAX_TIME
                            + ", but was given id "
                            + parameter
                            + " and loop "
                            + loop
                            + ".");
        }
        this.parameter = parameter;
        this.base = Objects.requireNonNull(base);
        this.loop = loop + 0.0;
        this.on = on;
        this.points = tidied(points);
        this.further = further;
    }

    /**
     * {@return an empty lane that is played}
     *
     * @param parameter see the constructor
     * @param base see the constructor
     */
    public static AutomationLane empty(final int parameter, final AutomationBase base) {
        return new AutomationLane(parameter, base, 0, true, List.of());
    }

    static List<AutomationPoint> tidied(final List<AutomationPoint> points) {
        final List<AutomationPoint> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparingDouble(AutomationPoint::time));
        final List<AutomationPoint> tidy = new ArrayList<>(sorted.size());
        for (int i = 0; i < sorted.size(); ) {
            int end = i + 1;
            while (end < sorted.size() && sorted.get(end).time() == sorted.get(i).time()) {
                end++;
            }
            if (sorted.get(i).value() != sorted.get(end - 1).value()) {
                tidy.add(sorted.get(i));
            }
            tidy.add(sorted.get(end - 1));
            i = end;
        }
        return List.copyOf(tidy);
    }

    /** {@return the parameter's id} */
    public int parameter() {
        return parameter;
    }

    /** {@return what the times count} */
    public AutomationBase base() {
        return base;
    }

    /** {@return where the lane begins anew, or 0} */
    public double loop() {
        return loop;
    }

    /** {@return whether it is played} */
    public boolean on() {
        return on;
    }

    /** {@return the points in the order of their times} */
    public List<AutomationPoint> points() {
        return points;
    }

    /** What a newer version has written of it. */
    Members further() {
        return further;
    }

    private AutomationLane having(final List<AutomationPoint> others) {
        return new AutomationLane(parameter, base, loop, on, others, further);
    }

    /**
     * {@return the same lane, played or not}
     *
     * @param played whether it is played
     */
    public AutomationLane on(final boolean played) {
        return new AutomationLane(parameter, base, loop, played, points, further);
    }

    /**
     * {@return the same lane with another loop}
     *
     * @param length where it begins anew, or 0
     * @throws IllegalArgumentException if it is out of its range
     */
    public AutomationLane loop(final double length) {
        return new AutomationLane(parameter, base, length, on, points, further);
    }

    /**
     * {@return the normalized value at a time} Before the first point that of the first, after the last that of the last.
     *
     * @param time as the lane counts, in the song; in a loop, in any of its turns
     * @throws IllegalStateException if there is no point
     */
    public double value(final double time) {
        if (points.isEmpty()) {
            throw new IllegalStateException(
                    "The lane of parameter " + parameter + " has no point, so it has no value.");
        }
        final double local = loop > 0 ? time - Math.floor(time / loop) * loop : time;
        return valueWithin(local, upTo(local));
    }

    private double valueWithin(final double time, final int last) {
        if (last < 0) {
            return points.get(0).value();
        }
        final AutomationPoint from = points.get(last);
        if (last + 1 == points.size()) {
            return from.value();
        }
        final AutomationPoint to = points.get(last + 1);
        final double passed = (time - from.time()) / (to.time() - from.time());
        return from.value() + from.shape().part(passed, from.curve()) * (to.value() - from.value());
    }

    /** The number of the last point up to a time, or -1. */
    private int upTo(final double time) {
        int low = -1;
        int high = points.size();
        while (high - low > 1) {
            final int middle = (low + high) >>> 1;
            if (points.get(middle).time() <= time) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The number of the last point before a time, or -1. */
    private int before(final double time) {
        int last = upTo(time);
        while (last >= 0 && points.get(last).time() == time) {
            last--;
        }
        return last;
    }

    /**
     * {@return this lane and a point} Where two are at its time, it takes the place of the second.
     *
     * @param point to be added
     */
    public AutomationLane with(final AutomationPoint point) {
        final List<AutomationPoint> all = new ArrayList<>(points);
        all.add(point);
        return having(all);
    }

    /**
     * {@return this lane without a point}
     *
     * @param index its number, from 0
     * @throws IndexOutOfBoundsException if there is none
     */
    public AutomationLane without(final int index) {
        final List<AutomationPoint> all = new ArrayList<>(points);
        all.remove(index);
        return having(all);
    }

    /**
     * {@return this lane with a point moved, but no further than to its neighbours}
     *
     * @param index its number, from 0
     * @param time where to
     * @param value 0 to 1
     * @throws IndexOutOfBoundsException if there is none
     * @throws IllegalArgumentException if the value is out of its range
     */
    public AutomationLane move(final int index, final double time, final double value) {
        final AutomationPoint point = points.get(index);
        final double low = index > 0 ? points.get(index - 1).time() : Double.NEGATIVE_INFINITY;
        final double high =
                index + 1 < points.size() ? points.get(index + 1).time() : Double.POSITIVE_INFINITY;
        final List<AutomationPoint> all = new ArrayList<>(points);
        all.set(
                index,
                new AutomationPoint(
                        Math.max(low, Math.min(high, time)), value, point.shape(), point.curve()));
        return having(all);
    }

    /**
     * {@return this lane with other points in a range} Before and after the range nothing changes: where a way crosses its ends, points are
     * put there, and a bent way stays as it was.
     *
     * @param from the range's start
     * @param to its end, not before the start
     * @param others those within the range, its ends included, count
     * @throws IllegalArgumentException if the end is before the start, or one of them is no number
     */
    public AutomationLane replace(
            final double from, final double to, final List<AutomationPoint> others) {
        if (!(from <= to)) {
            throw new IllegalArgumentException(
                    "A range of automation must end at or after its start, but this one is from "
                            + from
                            + " to "
                            + to
                            + ".");
        }
        final List<AutomationPoint> all = new ArrayList<>();
        if (!points.isEmpty()) {
            addUpTo(from, all);
        }
        others.stream().filter(p -> p.time() >= from && p.time() <= to).forEach(all::add);
        if (!points.isEmpty()) {
            addFrom(to, all);
        }
        return having(all);
    }

    private void addUpTo(final double from, final List<AutomationPoint> all) {
        final int last = before(from);
        all.addAll(points.subList(0, last + 1));
        if (last >= 0 && last + 1 < points.size()) {
            final AutomationPoint crossing = points.get(last);
            final double length = points.get(last + 1).time() - crossing.time();
            all.set(last, crossing.piece((from - crossing.time()) / length));
        }
        all.add(AutomationPoint.linear(from, valueWithin(from, last)));
    }

    private void addFrom(final double to, final List<AutomationPoint> all) {
        final int last = upTo(to);
        if (last < 0 || last + 1 == points.size()) {
            all.add(AutomationPoint.hold(to, valueWithin(to, last)));
        } else {
            final AutomationPoint crossing = points.get(last);
            final double end = points.get(last + 1).time();
            final double part = (end - to) / (end - crossing.time());
            all.add(
                    new AutomationPoint(
                            to, valueWithin(to, last), crossing.shape(), crossing.curve() * part));
        }
        all.addAll(points.subList(last + 1, points.size()));
    }

    /**
     * {@return this lane without the points of a range; nothing changes outside of it}
     *
     * @param from the range's start
     * @param to its end
     * @throws IllegalArgumentException as {@link #replace}
     */
    public AutomationLane clear(final double from, final double to) {
        return replace(from, to, List.of());
    }

    /**
     * {@return what the lane does in a range, to be pasted elsewhere}
     *
     * @param from the range's start
     * @param to its end
     * @throws IllegalArgumentException as {@link #replace}
     */
    public AutomationClip copy(final double from, final double to) {
        if (points.isEmpty()) {
            return new AutomationClip(to - from, List.of());
        }
        final AutomationLane from0 = replace(from, from, List.of()).replace(to, to, List.of());
        return new AutomationClip(
                to - from,
                from0.points.stream()
                        .filter(p -> p.time() >= from && p.time() <= to)
                        .map(p -> p.at(p.time() - from))
                        .toList());
    }

    /**
     * {@return this lane with what was copied in the place of what was there}
     *
     * @param at where it begins
     * @param clip what was copied, from this or another lane
     */
    public AutomationLane paste(final double at, final AutomationClip clip) {
        return replace(
                at,
                at + clip.length(),
                clip.points().stream()
                        .map(p -> p.at(Math.min(at + clip.length(), at + p.time())))
                        .toList());
    }

    /**
     * {@return this lane with each point at the nearest line of a grid}
     *
     * @param grid the distance of its lines, above 0, as the lane counts
     * @throws IllegalArgumentException if it is not
     */
    public AutomationLane quantise(final double grid) {
        if (!(grid > 0 && grid <= AutomationPoint.MAX_TIME)) {
            throw new IllegalArgumentException(
                    "A grid's lines lie above 0 and at most "
                            + AutomationPoint.MAX_TIME
                            + " apart, but these lie "
                            + grid
                            + " apart.");
        }
        return having(points.stream().map(p -> p.at(Math.rint(p.time() / grid) * grid)).toList());
    }

    /** The lane for the engine. */
    LaneEntry compile(final int index) {
        return new LaneEntry(
                index,
                base,
                loop,
                points.stream()
                        .map(
                                p ->
                                        new PointEntry(
                                                p.time(),
                                                (float) p.value(),
                                                p.shape(),
                                                (float) p.curve()))
                        .toList());
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof AutomationLane
                && parameter == ((AutomationLane) other).parameter
                && base == ((AutomationLane) other).base
                && loop == ((AutomationLane) other).loop
                && on == ((AutomationLane) other).on
                && points.equals(((AutomationLane) other).points)
                && Arrays.equals(
                        JsonWriter.compact(further),
                        JsonWriter.compact(((AutomationLane) other).further));
    }

    @Override
    public int hashCode() {
        return Objects.hash(parameter, base, loop, on, points);
    }

    @Override
    public String toString() {
        return "lane of " + parameter + " in " + base + ", loop " + loop + ": " + points;
    }
}
