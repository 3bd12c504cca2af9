// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

/**
 * Makes text from a region safe to print. Whoever wrote the region chose the text: control characters could move the cursor,
 * change the terminal's title or answer for its user, and marks of direction could turn a line around.
 */
public final class PlainText {
    private static final char REPLACEMENT = '\uFFFD';

    private PlainText() {}

    /** The text as one line: whatever is not printed as itself becomes U+FFFD. */
    public static String line(final String text) {
        return clean(text, false);
    }

    /** The same, but line feeds stay. */
    public static String lines(final String text) {
        return clean(text, true);
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

    /** The first columns of a text; where it is cut, … stands last. */
    public static String cut(final String text, final int columns) {
        if (text.codePointCount(0, text.length()) <= columns) {
            return text;
        }
        return columns < 1 ? "" : text.substring(0, text.offsetByCodePoints(0, columns - 1)) + "…";
    }
}
