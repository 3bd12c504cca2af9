// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parameter's values as people read and type them, the same in every locale. Any thread; allocates, so not for audio threads.
 *
 * <p>What is read: the name of a value; a number, with a point or a comma before its fraction, in the parameter's unit unless one follows;
 * {@code 1k2} for 1200; {@code -inf} where the unit is dB, for the minimum; a note such as {@code A4} or {@code Bb-1} where the unit is a
 * frequency, in equal temperament with A4, key 69, at 440 Hz. Upper and lower case are the same, blanks around the parts count for
 * nothing. Units that measure the same replace each other: Hz, kHz ({@code k}) and MHz; µs, ms, s and min; ct, st and oct; where a
 * parameter has no unit, {@code %} is a hundredth. A value out of the range becomes the nearest in it, one between two steps the nearer
 * step.
 */
public final class ParameterText {
    /** The longest text that is read, in characters. */
    public static final int MAX_LENGTH = 100;

    private static final Pattern NUMBER =
            Pattern.compile(
                    "([+-]?)([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)((?:[eE][+-]?[0-9]{1,4})?)\\s*(.*)");
    private static final Pattern THOUSANDS = Pattern.compile("([+-]?)([0-9]+)[kK]([0-9]+)\\s*(.*)");
    private static final Pattern NO_SOUND =
            Pattern.compile("-\\s*(?:inf|infinity|∞)(?:\\s*db)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOTE = Pattern.compile("([A-Ga-g])([#♯b♭]?)(-?[0-9]{1,2})");
    private static final int[] KEYS_FROM_A = {9, 11, 0, 2, 4, 5, 7};
    private static final int MOST_NAMES = 8;

    private ParameterText() {}

    /**
     * {@return the value without its unit, as a host shows it beside the unit: the value's name, or the plain value with 0 to 3 places
     * after a point, fewer for greater values} A whole number of steps has no places.
     *
     * @param parameter whose value it is
     * @param normalized 0 to 1; values outside are clamped, NaN counts as 0
     */
    public static String format(final Parameter parameter, final double normalized) {
        final double plain = parameter.toPlain(normalized);
        if (!parameter.valueNames().isEmpty()) {
            return parameter.valueNames().get(step(parameter, plain));
        }
        return parameter.stepCount() > 0 && plain == Math.rint(plain)
                ? new BigDecimal(plain).toPlainString()
                : rounded(plain).toPlainString();
    }

    /**
     * {@return the value with its unit: {@code 1.2 kHz}, {@code -6 dB}, {@code 50 %}, or the value's name} Frequencies are in Hz or kHz,
     * times in ms or s, whichever keeps the number below 1000; other units stay. There are no zeros at a fraction's end.
     *
     * @param parameter whose value it is
     * @param normalized 0 to 1; values outside are clamped, NaN counts as 0
     */
    public static String formatWithUnit(final Parameter parameter, final double normalized) {
        if (!parameter.valueNames().isEmpty()) {
            return format(parameter, normalized);
        }
        final double plain = parameter.toPlain(normalized);
        final UnitFamily family = UnitFamily.of(parameter.unit());
        final List<UnitFamily.Unit> shown = family.shown();
        if (shown.isEmpty() || plain == 0) {
            return withUnit(format(parameter, normalized), parameter.unit());
        }
        final double own = family.factor(parameter.unit());
        BigDecimal number = BigDecimal.ZERO;
        UnitFamily.Unit unit = shown.get(0);
        for (final UnitFamily.Unit candidate : shown) {
            unit = candidate;
            number = rounded(plain * own / unit.factor());
            if (number.abs().compareTo(BigDecimal.valueOf(1_000)) < 0) {
                break;
            }
        }
        return withUnit(number.toPlainString(), unit.symbol());
    }

    private static String withUnit(final String number, final String unit) {
        final String text = number.indexOf('.') < 0 ? number : number.replaceAll("\\.?0+$", "");
        return unit.isEmpty() ? text : text + " " + unit;
    }

    /** Places after the point as the size wants them; ties go to the even digit, as in C. */
    private static BigDecimal rounded(final double value) {
        final double size = Math.abs(value);
        final int places;
        if (size >= 1_000) {
            places = 0;
        } else if (size >= 100) {
            places = 1;
        } else {
            places = size >= 1 || size == 0 ? 2 : 3;
        }
        return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN);
    }

    /** The number of a step's plain value. */
    private static int step(final Parameter parameter, final double plain) {
        return (int)
                Math.rint(
                        (plain - parameter.minimum())
                                / (parameter.maximum() - parameter.minimum())
                                * parameter.stepCount());
    }

    /**
     * {@return the normalized value, 0 to 1, of a text that {@link #format} or {@link #formatWithUnit} wrote or a person typed}
     *
     * @param parameter whose value it is
     * @param text at most {@link #MAX_LENGTH} characters
     * @throws IllegalArgumentException if the text is no value, with a sentence that says what is expected
     */
    public static double parse(final Parameter parameter, final String text) {
        // Before anything else: no pattern meets a long text.
        if (text.length() > MAX_LENGTH) {
            throw refuse(parameter, text.substring(0, 20) + "…");
        }
        final String typed = text.strip().replace('−', '-');
        final int named = name(parameter, typed);
        if (named >= 0) {
            return parameter.toNormalized(
                    parameter.minimum()
                            + named
                                    * (parameter.maximum() - parameter.minimum())
                                    / Math.max(1, parameter.stepCount()));
        }
        final double plain = plain(parameter, typed);
        if (!Double.isFinite(plain)) {
            throw refuse(parameter, text);
        }
        return parameter.toNormalized(plain);
    }

    private static int name(final Parameter parameter, final String typed) {
        for (int i = 0; i < parameter.valueNames().size(); i++) {
            if (parameter.valueNames().get(i).strip().equalsIgnoreCase(typed)) {
                return i;
            }
        }
        return -1;
    }

    /** The plain value, NaN where the text is none. */
    private static double plain(final Parameter parameter, final String typed) {
        if (parameter.unit().equalsIgnoreCase("dB") && NO_SOUND.matcher(typed).matches()) {
            return parameter.minimum();
        }
        final double note = note(parameter, typed);
        if (!Double.isNaN(note)) {
            return note;
        }
        final Matcher thousands = THOUSANDS.matcher(typed);
        if (thousands.matches()) {
            // 1k2 Hz is 1.2 kHz.
            final String number = thousands.group(2) + "." + thousands.group(3);
            final double value = signed(thousands.group(1), number);
            final String rest = thousands.group(4);
            return value * factor(parameter, "k" + rest);
        }
        final Matcher number = NUMBER.matcher(typed);
        if (!number.matches()) {
            return Double.NaN;
        }
        final String digits = number.group(2).replace(',', '.') + number.group(3);
        return signed(number.group(1), digits) * factor(parameter, number.group(4));
    }

    private static double signed(final String sign, final String number) {
        final double size = Double.parseDouble(number);
        return sign.equals("-") ? -size : size;
    }

    /** How many of the parameter's unit one of the typed unit is, NaN where it is none. */
    private static double factor(final Parameter parameter, final String typed) {
        final String unit = parameter.unit();
        if (typed.isEmpty() || typed.equalsIgnoreCase(unit)) {
            return 1;
        }
        final UnitFamily family = UnitFamily.of(unit);
        final double worth = family.factor(typed);
        if (worth != 0) {
            return worth / family.factor(unit);
        }
        if (unit.isEmpty() && typed.equals("%")) {
            return 0.01;
        }
        final boolean thousand = typed.equalsIgnoreCase("k") || typed.equalsIgnoreCase("k" + unit);
        final boolean countable = !unit.equals("%") && !unit.equalsIgnoreCase("dB");
        return thousand && countable ? 1_000 : Double.NaN;
    }

    private static double note(final Parameter parameter, final String typed) {
        final UnitFamily family = UnitFamily.of(parameter.unit());
        final Matcher note = NOTE.matcher(typed);
        if (family != UnitFamily.FREQUENCY || !note.matches()) {
            return Double.NaN;
        }
        final int letter = note.group(1).toLowerCase(Locale.ROOT).charAt(0) - 'a';
        final int shift =
                switch (note.group(2)) {
                    case "#", "♯" -> 1;
                    case "b", "♭" -> -1;
                    default -> 0;
                };
        final int key = (Integer.parseInt(note.group(3)) + 1) * 12 + KEYS_FROM_A[letter] + shift;
        return 440 * Math.pow(2, (key - 69) / 12.0) / family.factor(parameter.unit());
    }

    private static IllegalArgumentException refuse(final Parameter parameter, final String text) {
        return new IllegalArgumentException(
                "\""
                        + text
                        + "\" is no value of the parameter \""
                        + parameter.name()
                        + "\": expected "
                        + expected(parameter)
                        + ".");
    }

    /**
     * {@return what {@link #parse} takes, in words: {@code a number from 20 Hz to 20 kHz, or a note such as A4}}
     *
     * @param parameter whose values are described
     */
    public static String expected(final Parameter parameter) {
        final List<String> names = parameter.valueNames();
        if (!names.isEmpty()) {
            return "one of "
                    + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                    + (names.size() > MOST_NAMES
                            ? " and " + (names.size() - MOST_NAMES) + " more"
                            : "");
        }
        final double width =
                (parameter.maximum() - parameter.minimum()) / Math.max(1, parameter.stepCount());
        final boolean whole =
                parameter.stepCount() > 0
                        && width == Math.rint(width)
                        && parameter.minimum() == Math.rint(parameter.minimum());
        return "a "
                + (whole ? "whole number" : "number")
                + " from "
                + formatWithUnit(parameter, 0)
                + " to "
                + formatWithUnit(parameter, 1)
                + (UnitFamily.of(parameter.unit()) == UnitFamily.FREQUENCY
                        ? ", or a note such as A4"
                        : "");
    }
}
