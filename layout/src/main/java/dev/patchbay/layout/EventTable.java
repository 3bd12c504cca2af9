// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.StringJoiner;

/** The documentation of events: what each field holds, type by type, as a table of Markdown. */
public final class EventTable {
    private EventTable() {}

    /** {@return the table, with a line of headings} */
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
                + (meaning.range().isEmpty() ? "" : ": " + meaning.range());
    }
}
