// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.automation;

import dev.patchbay.layout.AutomationShape;

/**
 * One point of a lane, as it is compiled.
 *
 * @param time in the song, as the lane counts; finite
 * @param value normalized, 0 to 1
 * @param shape of the way to the next point
 * @param curve how that way is bent where the shape is {@link AutomationShape#CURVE}, at most {@link AutomationShape#MAX_CURVE} up or down
 */
public record PointEntry(double time, float value, AutomationShape shape, float curve) {
    /** {@return whether all values are in their ranges} */
    public boolean isValid() {
        return Double.isFinite(time)
                && value >= 0
                && value <= 1
                && shape != null
                && Math.abs(curve) <= AutomationShape.MAX_CURVE;
    }
}
