// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.automation;

import dev.patchbay.layout.AutomationBase;
import java.util.List;

/**
 * The lane of one parameter, as it is compiled.
 *
 * @param parameter the parameter's place in the declaration
 * @param base what its times count
 * @param loop where it begins anew, above 0, or 0 for a lane that does not; counted from the song's start, and so also before it
 * @param points at least one, in the order of their times; of several at one time the last one counts from there on
 */
public record LaneEntry(int parameter, AutomationBase base, double loop, List<PointEntry> points) {
    /** Keeps a copy of the list. */
    public LaneEntry {
        points = List.copyOf(points);
    }

    /** {@return whether all values are in their ranges and the points in their order} */
    public boolean isValid() {
        double before = Double.NEGATIVE_INFINITY;
        for (final PointEntry point : points) {
            if (!point.isValid() || point.time() < before) {
                return false;
            }
            before = point.time();
        }
        return parameter >= 0
                && base != null
                && loop >= 0
                && Double.isFinite(loop)
                && !points.isEmpty();
    }
}
