// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Locale;
import java.util.StringJoiner;

/** The words of the documentation of events, and the table of what each field holds, type by type. */
public final class EventTable {
    private EventTable() {}

    /** {@return the table in Markdown, with a line of headings} */
    public static String markdown() {
        final StringBuilder text = new StringBuilder("| type | | what the fields hold |\n");
        text.append("| ---: | --- | --- |\n");
        for (final EventForm form : EventForm.all()) {
            final StringJoiner cell = new StringJoiner("<br>");
            cell.add(form.comment());
            form.meanings().forEach(meaning -> cell.add(line(meaning)));
            text.append("| ").append(form.code()).append(" | `").append(form.name());
            text.append("` | ").append(cell).append(" |\n");
        }
        return text.toString();
    }

    private static String line(final EventMeaning meaning) {
        final String field = meaning.slot().field();
        return "`"
                + field
                + "`"
                + (meaning.name().equals(field) ? "" : " `" + meaning.name() + "`")
                + (range(meaning).isEmpty() ? "" : ": " + range(meaning));
    }

    /**
     * {@return range and unit in words: {@code 0 to 127, 69 is A4}}
     *
     * @param meaning of a field
     */
    public static String range(final EventMeaning meaning) {
        final StringJoiner text = new StringJoiner(", ");
        if (!meaning.choices().isEmpty()) {
            for (int i = 0; i < meaning.choices().size(); i++) {
                text.add(i + " " + meaning.choices().get(i));
            }
        } else if (meaning.slot() != EventSlot.VALUE_BITS && meaning.slot() != EventSlot.NOTE_ID) {
            text.add(number(meaning.minimum()) + " to " + number(meaning.maximum()));
        }
        if (!meaning.unit().isEmpty()) {
            text.add(meaning.unit());
        }
        if (meaning.slot().isReal() && meaning.fallback() != 0) {
            text.add("else " + number(meaning.fallback()));
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

    /**
     * {@return a name in the manner of Java: {@code tuningCents}}
     *
     * @param name in the manner of C: {@code tuning_cents}
     */
    public static String javaName(final String name) {
        final StringBuilder text = new StringBuilder();
        for (final String word : name.split("_", -1)) {
            text.append(
                    text.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return text.toString();
    }
}
