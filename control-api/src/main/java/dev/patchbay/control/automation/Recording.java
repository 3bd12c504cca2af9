// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import java.util.ArrayList;
import java.util.List;

/** What a hand does with one parameter from taking hold of it to letting go. */
final class Recording {
    /** Times are kept to a millionth of a quarter note or second, which is less than half a frame at any rate. */
    private static final double TICKS = 1e6;

    /** The shortest loop whose turns can be recorded. */
    static final double SHORTEST = 1 / TICKS;

    private final boolean stepped;
    private final List<AutomationPoint> points = new ArrayList<>();

    /**
     * Begins.
     *
     * @param stepped whether the parameter has steps: its values are held, not gone through
     */
    Recording(final boolean stepped, final double time, final double value) {
        this.stepped = stepped;
        add(rounded(time), value);
    }

    private static double rounded(final double time) {
        return Math.rint(time * TICKS) / TICKS;
    }

    /** The shortest number that is the same float. */
    private static double shortest(final double value) {
        return Double.parseDouble(Float.toString((float) value));
    }

    private void add(final double time, final double value) {
        final double shortValue = shortest(value);
        points.add(
                stepped
                        ? AutomationPoint.hold(time, shortValue)
                        : AutomationPoint.linear(time, shortValue));
    }

    double start() {
        return points.get(0).time();
    }

    double lastTime() {
        return last().time();
    }

    double lastValue() {
        return last().value();
    }

    private AutomationPoint last() {
        return points.get(points.size() - 1);
    }

    /**
     * Takes a value.
     *
     * @param gap after so long without a change, the value was held, as the lane counts
     */
    void move(final double time, final double value, final double gap) {
        final double at = Math.max(last().time(), rounded(time));
        if (!stepped && at - last().time() > gap) {
            add(at, last().value());
        }
        add(at, value);
    }

    /** Ends; the answer is the time. */
    double end(final double time) {
        final double at = Math.max(last().time(), rounded(time));
        if (at > last().time()) {
            add(at, last().value());
        }
        return at;
    }

    /** The points that remain. */
    List<AutomationPoint> points(final double error) {
        final List<AutomationPoint> single = AutomationLane.tidied(points);
        if (!stepped) {
            return Thinning.thin(single, error);
        }
        final List<AutomationPoint> changes = new ArrayList<>();
        for (final AutomationPoint point : single) {
            if (changes.isEmpty()
                    || changes.get(changes.size() - 1).value() != point.value()
                    || point == single.get(single.size() - 1)) {
                changes.add(point);
            }
        }
        return changes;
    }
}
