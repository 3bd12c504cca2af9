// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.map;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.StructType;
import dev.patchbay.tools.report.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a struct as a card: its bytes, 16 to a row, and its fields in a list. Rows that hold one thing alone are drawn as one. */
final class StructMap {
    /** The width of a card. */
    static final double WIDTH = 384;

    private static final int ROW_BYTES = 16;
    private static final double CELL = 22;
    private static final double ROW = 22;
    private static final double LEFT = 32;
    private static final double LINE = 14;
    private static final double TITLE = 36;
    private static final double TYPES = LEFT + 132;
    private static final double COMMENTS = LEFT + 202;
    private static final double COMMENT_LETTER = 5.3;

    private final StructType struct;
    private final List<Row> rows = new ArrayList<>();

    /** Bytes that are drawn side by side; more than 16 where one field, or padding, has all of them. */
    private record Row(int from, int to, Field only) {
        boolean isWhole() {
            return to - from > ROW_BYTES;
        }
    }

    StructMap(final StructType struct) {
        this.struct = struct;
        for (int from = 0; from < struct.size(); from += ROW_BYTES) {
            final int to = Math.min(struct.size(), from + ROW_BYTES);
            final Field only = only(from, to);
            final Row last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
            if (last != null
                    && isAlone(from, to)
                    && isAlone(last.from(), last.to())
                    && only == last.only()) {
                rows.set(rows.size() - 1, new Row(last.from(), to, only));
            } else {
                rows.add(new Row(from, to, only));
            }
        }
    }

    /** The field that has all of these bytes, or null. */
    private Field only(final int from, final int to) {
        for (final Field field : struct.fields()) {
            if (field.offset() <= from && field.offset() + field.size() >= to) {
                return field;
            }
        }
        return null;
    }

    /** Whether one field, or padding, has all of these bytes. */
    private boolean isAlone(final int from, final int to) {
        return only(from, to) != null
                || struct.fields().stream()
                        .noneMatch(f -> f.offset() < to && f.offset() + f.size() > from);
    }

    /** The height of the card. */
    double height() {
        double height = TITLE + rows.size() * ROW + 30;
        for (final Field field : struct.fields()) {
            height += comment(field).size() * LINE;
        }
        return height;
    }

    private static List<String> comment(final Field field) {
        return MapText.wrap(field.comment(), WIDTH - COMMENTS, COMMENT_LETTER, 3);
    }

    /** Draws the card with its upper left corner here. */
    void draw(final Svg svg, final double x, final double y) {
        svg.text(x, y + 12, "start", "name", struct.name());
        svg.text(x + WIDTH, y + 12, "end", "note", bytes(struct.size()));
        svg.text(x, y + 27, "start", "note", MapText.fit(struct.comment(), WIDTH, COMMENT_LETTER));
        for (int i = 0; i < rows.size(); i++) {
            drawRow(svg, x + LEFT, y + TITLE + i * ROW, rows.get(i));
        }
        drawFields(svg, x, y + TITLE + rows.size() * ROW + 16);
    }

    private void drawRow(final Svg svg, final double x, final double y, final Row row) {
        final double width = Math.min(ROW_BYTES, row.to() - row.from()) * CELL;
        svg.text(x - 6, y + 15, "end", "number", Integer.toString(row.from()));
        if (row.isWhole()) {
            final Field only = row.only();
            final String what =
                    (only == null ? "padding" : only.name()) + ", " + bytes(row.to() - row.from());
            svg.rect(
                    x,
                    y,
                    width,
                    ROW,
                    only == null ? "padding" : "bytes",
                    only == null ? what : title(only));
            svg.text(x + width / 2, y + 15, "middle", "label", what);
            return;
        }
        // What no field covers stays visible as padding.
        svg.rect(x, y, width, ROW, "padding", "padding");
        for (final Field field : struct.fields()) {
            final int from = Math.max(row.from(), field.offset());
            final int to = Math.min(row.to(), field.offset() + field.size());
            if (from < to) {
                final double left = x + (from - row.from()) * CELL;
                svg.rect(left, y, (to - from) * CELL, ROW, "bytes", title(field));
                final String label = MapText.fit(field.name(), (to - from) * CELL - 4, 5.7);
                svg.text(left + (to - from) * CELL / 2, y + 15, "middle", "label", label);
            }
        }
    }

    private void drawFields(final Svg svg, final double x, final double y) {
        double at = y;
        for (final Field field : struct.fields()) {
            final double names = TYPES - LEFT - 4;
            final double types = COMMENTS - TYPES - 4;
            svg.text(x + LEFT - 6, at, "end", "number", Integer.toString(field.offset()));
            svg.text(x + LEFT, at, "start", "field", MapText.fit(field.name(), names, 6));
            svg.text(
                    x + TYPES,
                    at,
                    "start",
                    "type",
                    MapText.fit(LayoutText.type(field), types, 5.8));
            for (final String line : comment(field)) {
                svg.text(x + COMMENTS, at, "start", "note", line);
                at += LINE;
            }
        }
    }

    private static String title(final Field field) {
        return String.format(
                Locale.ROOT,
                "%s: %s at %d, %s. %s",
                field.name(),
                LayoutText.type(field),
                field.offset(),
                bytes(field.size()),
                field.comment());
    }

    private static String bytes(final int count) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "byte" : "bytes");
    }
}
