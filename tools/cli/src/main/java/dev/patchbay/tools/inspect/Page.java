// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of plain text that are safe to print and no wider than a terminal. */
final class Page {
    /** The least width: narrower terminals see the left part. */
    static final int LEAST_COLUMNS = 40;

    private static final int GAP = 2;

    private final int columns;
    private final List<Line> lines = new ArrayList<>();

    /** A line; headings are shown bold where the terminal can. */
    record Line(String text, boolean heading) {}

    Page(final int columns) {
        this.columns = Math.max(LEAST_COLUMNS, columns);
    }

    int columns() {
        return columns;
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Adds a line, cut to the width. */
    Page line(final String text) {
        return add(text, false);
    }

    /** Adds a heading after an empty line. */
    Page heading(final String text) {
        if (!lines.isEmpty()) {
            add("", false);
        }
        return add(text, true);
    }

    private Page add(final String text, final boolean heading) {
        lines.add(new Line(PlainText.cut(PlainText.line(text), columns).stripTrailing(), heading));
        return this;
    }

    /** Adds a text in as many lines as it needs, all indented; words longer than a line are cut. */
    Page paragraph(final String text, final int indent) {
        final StringBuilder line = new StringBuilder();
        for (final String word : PlainText.line(text).split(" ")) {
            if (line.length() > 0
                    && PlainText.width(line.toString()) + 1 + PlainText.width(word)
                            > columns - indent) {
                line(" ".repeat(indent) + line);
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        return line(" ".repeat(indent) + line);
    }

    /** Adds name and value pairs, as many side by side as fit: names to the left, values to the right. */
    Page pairs(final List<String[]> pairs) {
        int name = 0;
        int value = 0;
        for (final String[] pair : pairs) {
            name = Math.max(name, PlainText.width(PlainText.line(pair[0])));
            value = Math.max(value, PlainText.width(PlainText.line(pair[1])));
        }
        final int room = columns - GAP;
        name = Math.min(name, room * 3 / 5);
        value = Math.min(value, room - name - 1);
        final int cell = name + 1 + value;
        final int across = Math.max(1, (room + GAP + 1) / (cell + GAP + 1));
        final int rows = (pairs.size() + across - 1) / across;
        for (int row = 0; row < rows; row++) {
            final StringBuilder text = new StringBuilder();
            for (int i = row; i < pairs.size(); i += rows) {
                final String[] pair = pairs.get(i);
                text.append(" ".repeat(text.length() == 0 ? GAP : GAP + 1));
                text.append(PlainText.left(PlainText.line(pair[0]), name)).append(' ');
                text.append(PlainText.right(PlainText.line(pair[1]), value));
            }
            line(text.toString());
        }
        return this;
    }

    /**
     * Adds a table. Where it is too wide, its widest column of text gives way.
     *
     * @param headings one a column; {@code >} before it aligns the column to the right
     */
    Page table(final String[] headings, final List<String[]> rows) {
        final int[] widths = new int[headings.length];
        for (int i = 0; i < headings.length; i++) {
            widths[i] = PlainText.width(title(headings[i]));
            for (final String[] row : rows) {
                widths[i] = Math.max(widths[i], PlainText.width(PlainText.line(row[i])));
            }
        }
        shrink(widths, headings);
        final String[] titles = new String[headings.length];
        Arrays.setAll(titles, i -> title(headings[i]));
        line(row(titles, headings, widths));
        rows.forEach(cells -> line(row(cells, headings, widths)));
        return this;
    }

    private void shrink(final int[] widths, final String[] headings) {
        int excess = Arrays.stream(widths).sum() + GAP * widths.length - columns;
        while (excess > 0) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= title(headings[widest]).length()) {
                return;
            }
            widths[widest]--;
            excess--;
        }
    }

    private static String title(final String heading) {
        return heading.startsWith(">") ? heading.substring(1) : heading;
    }

    private static String row(final String[] cells, final String[] headings, final int[] widths) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            final String cell = PlainText.line(cells[i]);
            text.append(" ".repeat(GAP));
            text.append(
                    headings[i].startsWith(">")
                            ? PlainText.right(cell, widths[i])
                            : PlainText.left(cell, widths[i]));
        }
        return text.toString();
    }
}
