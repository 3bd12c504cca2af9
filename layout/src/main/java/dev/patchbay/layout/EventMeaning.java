// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What a field of an event holds for the types that use it so. Java's accessor and C's are named after it.
 *
 * @param name in the manner of C: {@code tuning_cents}; one meaning has one name in all types
 * @param slot where it is
 * @param minimum the least
 * @param maximum the greatest
 * @param fallback stands for what is no number, and is in the field where a type does not use it
 * @param unit with what it says beyond the range; empty where the name says it all
 * @param choices what the numbers from the minimum to the maximum stand for; empty where they count
 */
public record EventMeaning(
        String name,
        EventSlot slot,
        double minimum,
        double maximum,
        double fallback,
        String unit,
        List<String> choices) {
    /** Keeps a copy of the list. */
    public EventMeaning {
        Objects.requireNonNull(name);
        Objects.requireNonNull(slot);
        choices = List.copyOf(choices);
    }

    EventMeaning(
            final String name,
            final EventSlot slot,
            final double minimum,
            final double maximum,
            final double fallback,
            final String unit) {
        this(name, slot, minimum, maximum, fallback, unit, List.of());
    }

    static EventMeaning choice(final String name, final String unit, final List<String> choices) {
        return new EventMeaning(name, EventSlot.INDEX, 0, choices.size() - 1, 0, unit, choices);
    }

    /**
     * {@return the nearest number in the range; the fallback for what is none} Real-time safe. C has the same: {@code
     * pb_event_bounded}.
     *
     * @param found any number, also one that is none
     */
    public double bounded(final double found) {
        if (found >= minimum) {
            return found <= maximum ? found : maximum;
        }
        return found < minimum ? minimum : fallback;
    }

    /**
     * {@return the nearest number in the range} Real-time safe.
     *
     * @param found any number
     */
    public int bounded(final int found) {
        return (int) bounded((double) found);
    }

    /**
     * {@return whether a number is in the range} Real-time safe.
     *
     * @param found any number, also one that is none
     */
    public boolean admits(final double found) {
        return found >= minimum && found <= maximum;
    }

    /** {@return range and unit in words: {@code 0 to 127, 69 is A4}} */
    public String range() {
        final StringJoiner text = new StringJoiner(", ");
        if (!choices.isEmpty()) {
            for (int i = 0; i < choices.size(); i++) {
                text.add(i + " " + choices.get(i));
            }
        } else if (slot != EventSlot.VALUE_BITS && slot != EventSlot.NOTE_ID) {
            text.add(number(minimum) + " to " + number(maximum));
        }
        if (!unit.isEmpty()) {
            text.add(unit);
        }
        if (slot.isReal() && fallback != 0) {
            text.add("else " + number(fallback));
        }
        return text.toString();
    }

    /**
     * {@return a number as C and Java both read it, without a fraction where it has none}
     *
     * @param value a finite number
     */
    public static String number(final double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }

    /** {@return the name in the manner of Java: {@code tuningCents}} */
    public String javaName() {
        return EventForm.camelCase(name);
    }
}
