// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import java.util.Locale;

/**
 * Makes text from a region safe to print. Whoever wrote the region chose the text: control characters could move the cursor,
 * change the terminal's title or answer for its user, and marks of direction could turn a line around.
 */
public final class PlainText {
    private static final char REPLACEMENT = '\uFFFD';

    /** First and last of each range of characters that take two columns of a terminal. */
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0xA4CF},
        {0xA960, 0xA97C},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1F9FF},
        {0x20000, 0x3FFFD}
    };

    private PlainText() {}

    /** The text as one line: whatever is not printed as itself becomes U+FFFD. */
    public static String line(final String text) {
        return clean(text, false);
    }

    /** The same, but line feeds stay. */
    public static String lines(final String text) {
        return clean(text, true);
    }

    /** JSON in which whatever a terminal would not print as itself is escaped. */
    public static String json(final String json) {
        final StringBuilder safe = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            final char c = json.charAt(i);
            if (c == '\n' || c >= ' ' && c < 0x7F) {
                safe.append(c);
            } else {
                // Only texts hold such characters, since all else of JSON is ASCII.
                safe.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return safe.toString();
    }

    private static String clean(final String text, final boolean keepLines) {
        final StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            if (keepLines && c == '\n' || isPrintable(c)) {
                                plain.appendCodePoint(c);
                            } else {
                                plain.append(REPLACEMENT);
                            }
                        });
        return plain.toString();
    }

    private static boolean isPrintable(final int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /** The columns of a terminal that a printable text takes. */
    public static int width(final String text) {
        return text.codePoints().map(PlainText::columns).sum();
    }

    private static int columns(final int c) {
        final int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (final int[] range : WIDE) {
            if (c >= range[0] && c <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** What fits into so many columns; where it is cut, … stands last. */
    public static String cut(final String text, final int columns) {
        if (width(text) <= columns) {
            return text;
        }
        final StringBuilder cut = new StringBuilder();
        int used = 0;
        for (final int c : text.codePoints().toArray()) {
            used += columns(c);
            if (used > columns - 1) {
                break;
            }
            cut.appendCodePoint(c);
        }
        return columns < 1 ? "" : cut.append('…').toString();
    }

    /** The text in exactly so many columns, cut or with spaces after it. */
    public static String left(final String text, final int columns) {
        final String cut = cut(text, columns);
        return cut + " ".repeat(columns - width(cut));
    }

    /** The text in exactly so many columns, cut or with spaces before it. */
    public static String right(final String text, final int columns) {
        final String cut = cut(text, columns);
        return " ".repeat(columns - width(cut)) + cut;
    }
}
