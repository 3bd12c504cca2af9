// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Leaves out points of a polyline as long as none of them is further than a stated error from what remains, measured in the value at the point's
 * own time (the method of Ramer, Douglas and Peucker, with the vertical distance).
 */
final class Thinning {
    private Thinning() {}

    /**
     * The points that remain: the first, the last, both of two at one time, and what the error demands.
     *
     * @param points in the order of their times; of at most two at one time, all lines between them
     * @param error normalized, 0 and up
     */
    static List<AutomationPoint> thin(final List<AutomationPoint> points, final double error) {
        final BitSet kept = new BitSet(points.size());
        final Deque<int[]> ranges = new ArrayDeque<>();
        int first = 0;
        for (int i = 0; i < points.size(); i++) {
            final boolean last = i + 1 == points.size();
            if (last || points.get(i).time() == points.get(i + 1).time()) {
                ranges.push(new int[] {first, i});
                first = i + 1;
            }
        }
        while (!ranges.isEmpty()) {
            final int[] range = ranges.pop();
            kept.set(range[0]);
            kept.set(range[1]);
            final int furthest = furthest(points, range[0], range[1], error);
            if (furthest > 0) {
                ranges.push(new int[] {range[0], furthest});
                ranges.push(new int[] {furthest, range[1]});
            }
        }
        final List<AutomationPoint> thin = new ArrayList<>(kept.cardinality());
        kept.stream().forEach(i -> thin.add(points.get(i)));
        return thin;
    }

    /** The point between two that is furthest from their line, if further than the error; else -1. */
    private static int furthest(
            final List<AutomationPoint> points, final int from, final int to, final double error) {
        final AutomationPoint a = points.get(from);
        final AutomationPoint b = points.get(to);
        double most = error;
        int furthest = -1;
        for (int i = from + 1; i < to; i++) {
            final AutomationPoint p = points.get(i);
            final double part = (p.time() - a.time()) / (b.time() - a.time());
            final double distance =
                    Math.abs(p.value() - (a.value() + part * (b.value() - a.value())));
            if (distance > most) {
                most = distance;
                furthest = i;
            }
        }
        return furthest;
    }
}
