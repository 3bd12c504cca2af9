// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Names in sentences. */
final class Words {
    private Words() {}

    /** {@return such as "a, b and c"} */
    static String and(final List<String> names) {
        return join(names, " and ");
    }

    /** {@return such as "a, b or c"} */
    static String or(final List<String> names) {
        return join(names, " or ");
    }

    private static String join(final List<String> names, final String last) {
        if (names.size() < 2) {
            return String.join("", names);
        }
        return String.join(", ", names.subList(0, names.size() - 1))
                + last
                + names.get(names.size() - 1);
    }

    /** {@return such as " (perhaps heap?)" where one of the names is so near that it was probably meant; else nothing} */
    static String perhaps(final String found, final Collection<String> allowed) {
        String nearest = null;
        int least = Math.max(1, found.length() / 3) + 1;
        for (final String name : allowed) {
            final int distance =
                    distance(found.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest == null ? "" : " (perhaps " + nearest + "?)";
    }

    /**
     * How many letters were left out, added, replaced or swapped with the next one (optimal string alignment, the restricted
     * Damerau-Levenshtein distance).
     */
    private static int distance(final String a, final String b) {
        final int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                final int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + other);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
