// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import java.util.Locale;

/** The lines of a header as they are written. */
final class HeaderText {
    private final StringBuilder out = new StringBuilder();

    /** Adds a line, formatted where there are arguments. */
    HeaderText line(final String format, final Object... arguments) {
        out.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments))
                .append('\n');
        return this;
    }

    /** Adds whole lines as they are. */
    HeaderText lines(final String text) {
        out.append(text);
        return this;
    }

    /** Adds a macro without parameters; its value is one token, or in parentheses. */
    HeaderText define(final String name, final String value, final String comment) {
        final String after = comment.isEmpty() ? "" : " /* " + prose(comment) + " */";
        return line("#define %s %s%s", name, value, after);
    }

    /** A hash as a constant of 64 bits. */
    static String hash(final long value) {
        return "UINT64_C(0x" + String.format(Locale.ROOT, "%016x", value) + ")";
    }

    /**
     * Text of a declaration as it may stand in a comment: it ends no comment and begins none, and neither line ends nor invisible
     * characters, some of which turn the direction of the text around, are in it.
     */
    static String prose(final String text) {
        final StringBuilder safe = new StringBuilder();
        text.codePoints().map(HeaderText::visible).forEach(c -> safe.appendCodePoint(c));
        return safe.toString().replace("*/", "* /").replace("/*", "/ *").strip();
    }

    private static int visible(final int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                    ' ';
            default -> c;
        };
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
