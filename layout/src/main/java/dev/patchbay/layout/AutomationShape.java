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

    /** Of the series of e to the power of at most half of ln 2: the next one is below the last bit. */
    private static final int TERMS = 15;

    private static final double LOG2_E = 1.4426950408889634;

    /** ln 2 in two parts, the first with so few bits that its product with a small whole number is exact. */
    private static final double LN2_HIGH = 0.6931471803691238;

    private static final double LN2_LOW = 1.9082149292705877e-10;
    private static final long EXPONENT_BIAS = 1023;
    private static final int EXPONENT_SHIFT = 52;

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
     * @param curve of the point at which the way begins: above 0 it starts slowly, below 0 fast; for {@link #CURVE} only;
     *     beyond {@link #MAX_CURVE} there is no value
     */
    public double part(final double time, final double curve) {
        if (this == HOLD) {
            return time < 1 ? 0 : 1;
        }
        if (this == LINEAR || Math.abs(curve) < STRAIGHT) {
            return time;
        }
        if (!(Math.abs(curve) <= MAX_CURVE)) {
            return Double.NaN;
        }
        return (exp(curve * time) - 1) / (exp(curve) - 1);
    }

    /**
     * e to the power of at most {@link #MAX_CURVE}, up or down, by single operations whose results IEEE 754 fixes: as the bridge computes it
     * for native modules, which play the same bits. That of a library may differ in the last one.
     */
    private static double exp(final double x) {
        final double powers = Math.rint(x * LOG2_E);
        final double rest = x - powers * LN2_HIGH - powers * LN2_LOW;
        double sum = 1;
        for (int i = TERMS; i > 0; i--) {
            sum = 1 + rest * sum / i;
        }
        return sum * Double.longBitsToDouble(((long) powers + EXPONENT_BIAS) << EXPONENT_SHIFT);
    }
}
