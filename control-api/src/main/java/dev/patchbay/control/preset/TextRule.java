// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import java.text.Normalizer;
import java.util.Locale;

/** What a text of a preset may hold. */
enum TextRule {
    NAME("name of a preset", 1, 100, false),
    AUTHOR("author of a preset", 0, 100, false),
    TAG("tag of a preset", 1, 40, false),
    COMMENT("comment of a preset", 0, 10_000, true),
    BANK("name of a bank", 0, 60, false);

    private final String what;
    private final int fewest;
    private final int most;
    private final boolean lines;

    TextRule(final String what, final int fewest, final int most, final boolean lines) {
        this.what = what;
        this.fewest = fewest;
        this.most = most;
        this.lines = lines;
    }

    /**
     * {@return the text in its one form: composed characters (NFC), no white space around it, lines that end with a newline alone}
     *
     * @throws IllegalArgumentException if it is too short, too long, or holds a character that cannot be seen
     */
    String check(final String text) {
        final String form =
                Normalizer.normalize(text, Normalizer.Form.NFC).replace("\r\n", "\n").strip();
        final int length = form.codePointCount(0, form.length());
        if (length < fewest || length > most) {
            throw new IllegalArgumentException(
                    "The "
                            + what
                            + " has "
                            + fewest
                            + " to "
                            + most
                            + " characters, but this one has "
                            + length
                            + ".");
        }
        form.codePoints()
                .filter(c -> !isAllowed(c))
                .findFirst()
                .ifPresent(
                        c -> {
                            throw new IllegalArgumentException(
                                    String.format(
                                            "The %s holds the character U+%04X, which cannot be"
                                                    + " seen: take it out.",
                                            what, c));
                        });
        return form;
    }

    private boolean isAllowed(final int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> lines && (c == '\n' || c == '\t');
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                    false;
            // These turn the direction of what follows, so that a name looks like another.
            case Character.FORMAT -> !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069);
            default -> true;
        };
    }

    /** {@return a text without case and accents: what is equal so, is the same to a person who searches} */
    static String folded(final String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
