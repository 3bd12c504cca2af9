// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import java.util.List;

/**
 * What was copied of a lane.
 *
 * @param length of the range, 0 and up
 * @param points with times from 0 to the length
 */
public record AutomationClip(double length, List<AutomationPoint> points) {
    /** Keeps a copy. */
    public AutomationClip {
        points = List.copyOf(points);
        if (!(length >= 0) || points.stream().anyMatch(p -> p.time() < 0 || p.time() > length)) {
            throw new IllegalArgumentException(
                    "A copied piece of automation has a length from 0, and its points lie within,"
                            + " but this one has length "
                            + length
                            + " and the points "
                            + points
                            + ".");
        }
    }
}
