// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/**
 * What turns a parameter's normalized values into plain ones. It holds no text, unlike {@link Parameter}: when the last tier of HotSpot's
 * compiler takes on a method, it makes the texts of the method's class that nobody has used yet, on the thread that calls the method, and
 * a real-time thread must not allocate. Immutable; any thread; real-time safe.
 */
public final class ParameterCurve {
    /** How far a value below 1 may be from its 32-bit neighbour. */
    private static final double HALF_ULP = 0x1p-25;

    private final Scale scale;
    private final double minimum;
    private final double maximum;
    private final int stepCount;
    private final double exponent;

    ParameterCurve(
            final Scale scale,
            final double minimum,
            final double maximum,
            final int stepCount,
            final double exponent) {
        this.scale = scale;
        this.minimum = minimum;
        this.maximum = maximum;
        this.stepCount = stepCount;
        this.exponent = exponent;
    }

    /**
     * {@return the plain value, as {@link Parameter#toPlain} has it}
     *
     * @param normalized 0 to 1; values outside are clamped, NaN counts as 0
     */
    public double toPlain(final double normalized) {
        return toPlain(scale, minimum, maximum, stepCount, exponent, normalized);
    }

    static double toPlain(
            final Scale scale,
            final double minimum,
            final double maximum,
            final int stepCount,
            final double exponent,
            final double normalized) {
        final double n = normalized > 0 ? Math.min(normalized, 1) : 0;
        if (n == 1) {
            return maximum;
        }
        if (stepCount > 0) {
            final double step = step(stepCount, n);
            // The product of a great range may be infinite.
            return step >= stepCount
                    ? maximum
                    : Math.min(maximum, minimum + step * (maximum - minimum) / stepCount);
        }
        final double plain =
                switch (scale) {
                    case LINEAR -> minimum + n * (maximum - minimum);
                    case LOGARITHMIC -> minimum * Math.pow(maximum / minimum, n);
                    case POWER -> minimum + (maximum - minimum) * Math.pow(n, exponent);
                };
        // Rounding may lead just past the end.
        return Math.min(plain, maximum);
    }

    /**
     * The step that a normalized value below 1 selects: of steps + 1 equal parts, as hosts have it. A step's own normalized value
     * selects it also after it was rounded to 32 bits, as it is in a region: of 5000 steps and more, the last would else be
     * taken for their neighbours.
     */
    private static double step(final int stepCount, final double n) {
        final double scaled = n * stepCount;
        final double nearest = Math.rint(scaled);
        return Math.abs(scaled - nearest) <= stepCount * HALF_ULP
                ? nearest
                : Math.floor(n * (stepCount + 1.0));
    }
}
