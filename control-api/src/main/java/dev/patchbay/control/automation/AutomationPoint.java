// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import dev.patchbay.layout.AutomationShape;
import java.util.Objects;

/**
 * A point of a lane.
 *
 * @param time in the song, as the lane counts, up to {@link #MAX_TIME} either way
 * @param value normalized, 0 to 1
 * @param shape of the way to the next point
 * @param curve how that way is bent where the shape is {@link AutomationShape#CURVE}: above 0 it starts slowly, below 0 fast, at most {@link
 *     AutomationShape#MAX_CURVE} either way; else 0
 */
public record AutomationPoint(double time, double value, AutomationShape shape, double curve) {
    /** The greatest time, in quarter notes or seconds: years. */
    public static final double MAX_TIME = 1e9;

    /** Checks the values. */
    public AutomationPoint {
        Objects.requireNonNull(shape);
        if (!(Math.abs(time) <= MAX_TIME)
                || !(value >= 0 && value <= 1)
                || !(Math.abs(curve) <= AutomationShape.MAX_CURVE)
                || shape != AutomationShape.CURVE && curve != 0) {
            throw new IllegalArgumentException(
                    "A point of automation needs a time of at most "
                            + MAX_TIME
                            + " either way, a value from 0 to 1, and a curve of at most "
                            + AutomationShape.MAX_CURVE
                            + " either way, which is 0 where the shape is no curve, but was given"
                            + " time "
                            + time
                            + ", value "
                            + value
                            + ", shape "
                            + shape
                            + " and curve "
                            + curve
                            + ".");
        }
        // One way to write 0.
        time += 0.0;
        value += 0.0;
        curve += 0.0;
    }

    /**
     * {@return a point from which a line goes to the next one}
     *
     * @param time see {@link #time}
     * @param value see {@link #value}
     */
    public static AutomationPoint linear(final double time, final double value) {
        return new AutomationPoint(time, value, AutomationShape.LINEAR, 0);
    }

    /**
     * {@return a point whose value is held up to the next one}
     *
     * @param time see {@link #time}
     * @param value see {@link #value}
     */
    public static AutomationPoint hold(final double time, final double value) {
        return new AutomationPoint(time, value, AutomationShape.HOLD, 0);
    }

    /**
     * {@return a point from which a bent way goes to the next one}
     *
     * @param time see {@link #time}
     * @param value see {@link #value}
     * @param curve see {@link #curve}
     */
    public static AutomationPoint curve(final double time, final double value, final double curve) {
        return new AutomationPoint(time, value, AutomationShape.CURVE, curve);
    }

    AutomationPoint at(final double otherTime) {
        return new AutomationPoint(otherTime, value, shape, curve);
    }

    /** The same, for a piece of its way. */
    AutomationPoint piece(final double partOfTime) {
        return new AutomationPoint(time, value, shape, curve * partOfTime);
    }
}
