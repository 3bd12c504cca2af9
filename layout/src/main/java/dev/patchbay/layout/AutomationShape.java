// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/** How automation goes from one point to the next. */
public enum AutomationShape {
    /** The value stays, and jumps at the next point. */
    HOLD(1),
    /** A straight line in the normalized value. */
    LINEAR(2),
    /**
     * An exponential: after the part x of the time, the part (e<sup>cx</sup> − 1) / (e<sup>c</sup> − 1) of the way is done, where c is
     * the point's curve. A piece of such a way is one again, whose c is that of the whole times the piece's part of the time.
     */
    CURVE(3);

    /** The greatest amount of a curve, up or down. */
    public static final double MAX_CURVE = 20;

    /** Nearer to 0, a curve is a line: no value differs by as much as a float can tell. */
    private static final double STRAIGHT = 1e-7;

    private static final AutomationShape[] ALL = values();

    private final int code;

    AutomationShape(final int code) {
        this.code = code;
    }

    /** {@return the number that stands for this shape in a region} */
    public int code() {
        return code;
    }

    /**
     * {@return the shape that a number stands for, or null} Real-time safe.
     *
     * @param code as a region holds it
     */
    public static AutomationShape of(final int code) {
        for (int i = 0; i < ALL.length; i++) {
            if (ALL[i].code == code) {
                return ALL[i];
            }
        }
        return null;
    }

    /**
     * {@return which part of the way is done} Real-time safe.
     *
     * @param time the part of the time that has passed, 0 to 1
     * @param curve of the point at which the way begins: above 0 it starts slowly, below 0 fast; for {@link #CURVE} only
     */
    public double part(final double time, final double curve) {
        if (this == HOLD) {
            return time < 1 ? 0 : 1;
        }
        if (this == LINEAR || Math.abs(curve) < STRAIGHT) {
            return time;
        }
        return (Math.exp(curve * time) - 1) / (Math.exp(curve) - 1);
    }
}
