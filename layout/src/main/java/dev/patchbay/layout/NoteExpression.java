// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.List;

/**
 * The expressions of a note, with what an event's normalized value from 0 to 1 stands for. From the one to the other it is a
 * straight line, as in VST 3.
 */
public final class NoteExpression {
    /** A gain from 0 to 4; 1, where the normalized value is 0.25, changes nothing. */
    public static final int VOLUME = 0;

    /** From −1, left, to 1, right. */
    public static final int PAN = 1;

    /** From −12000 to 12000 cents, ten octaves. */
    public static final int TUNING = 2;

    /** The depth of a vibrato. */
    public static final int VIBRATO = 3;

    /** What a swell pedal does. */
    public static final int EXPRESSION = 4;

    /** How bright a note is. */
    public static final int BRIGHTNESS = 5;

    /** One of the plug-in's own; the event says which. */
    public static final int CUSTOM = 6;

    /**
     * An expression.
     *
     * @param name in the manner of C
     * @param minimum what a normalized 0 stands for
     * @param maximum what a normalized 1 stands for
     * @param unit of both
     * @param neutral the normalized value of a note without this expression
     */
    public record Range(String name, double minimum, double maximum, String unit, double neutral) {}

    private static final Range[] RANGES = {
        new Range("volume", 0, 4, "gain", 0.25),
        new Range("pan", -1, 1, "left to right", 0.5),
        new Range("tuning", -12_000, 12_000, "cents", 0.5),
        new Range("vibrato", 0, 1, "", 0),
        new Range("expression", 0, 1, "", 1),
        new Range("brightness", 0, 1, "", 0.5),
        new Range("custom", 0, 1, "", 0)
    };

    /** Apart from the ranges, which have words: this is read for every such event. */
    private static final double[] MINIMA = new double[RANGES.length];

    private static final double[] MAXIMA = new double[RANGES.length];

    static {
        for (int i = 0; i < RANGES.length; i++) {
            MINIMA[i] = RANGES[i].minimum();
            MAXIMA[i] = RANGES[i].maximum();
        }
    }

    private NoteExpression() {}

    /** {@return all expressions in the order of their numbers} */
    public static List<Range> all() {
        return List.of(RANGES);
    }

    /**
     * {@return what a normalized value stands for} Real-time safe.
     *
     * @param expression 0 to {@link #CUSTOM}
     * @param normalized 0 to 1
     */
    public static double plain(final int expression, final double normalized) {
        return MINIMA[expression] + (MAXIMA[expression] - MINIMA[expression]) * normalized;
    }
}
