// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text: columns as wide as their longest cell. */
public final class TextTable {
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    /**
     * Starts a table.
     *
     * @param headings one a column; {@code >} before it aligns the column to the right
     */
    public TextTable(final String... headings) {
        right = new boolean[headings.length];
        final String[] plain = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            plain[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
        rows.add(plain);
    }

    /** Adds a row. */
    public void row(final String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(
                    "The table has "
                            + right.length
                            + " columns, but the row has "
                            + cells.length
                            + ".");
        }
        rows.add(cells.clone());
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (final String[] row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                final int pad = width(i) - row[i].length();
                line.append(right[i] ? " ".repeat(pad) + row[i] : row[i] + " ".repeat(pad))
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** The table as HTML, the first column as headings of its rows. */
    public String html() {
        final StringBuilder text = new StringBuilder("<table>\n");
        for (int r = 0; r < rows.size(); r++) {
            text.append("<tr>");
            for (int i = 0; i < right.length; i++) {
                final boolean heading = r == 0 || i == 0;
                text.append(heading ? "<th" : "<td")
                        .append(right[i] ? " class=\"number\">" : ">")
                        .append(Svg.escape(rows.get(r)[i]))
                        .append(heading ? "</th>" : "</td>");
            }
            text.append("</tr>\n");
        }
        return text.append("</table>\n").toString();
    }

    private int width(final int column) {
        return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
    }
}
