// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.tools.project.BuildFile.Located;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes, written as a whole number with k, m or g. */
public final class ByteSize {
    /** How a size is written; its range is checked apart. */
    static final Pattern FORM = Pattern.compile("([0-9]{1,9})([kmgKMG])");

    private ByteSize() {}

    /** Reads a size and checks its range. */
    static long parse(final Located text, final long low, final long high) {
        final String expected = expected(low, high);
        final Matcher matcher = FORM.matcher(text.text());
        if (!matcher.matches()) {
            throw text.place().error("is \"" + text.text() + "\", expected " + expected);
        }
        final int shift =
                switch (Character.toLowerCase(matcher.group(2).charAt(0))) {
                    case 'k' -> 10;
                    case 'm' -> 20;
                    default -> 30;
                };
        final long bytes = Long.parseLong(matcher.group(1)) << shift;
        if (bytes < low || bytes > high) {
            throw text.place().error("is \"" + text.text() + "\", expected " + expected);
        }
        return bytes;
    }

    /** What is allowed between two sizes. */
    static String expected(final long low, final long high) {
        return "a size from " + format(low) + " to " + format(high) + ", such as 256m";
    }

    /** The size with the largest unit that divides it, as the JVM's options take it. */
    public static String format(final long bytes) {
        if (bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "g";
        }
        return bytes % (1L << 20) == 0 ? (bytes >> 20) + "m" : (bytes + 1023 >> 10) + "k";
    }
}
