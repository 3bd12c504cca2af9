// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Set;
import java.util.regex.Pattern;

/** Checks the names of a declaration, which become identifiers in C, C++ and Java. */
final class Names {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,46}");

    private static final Set<String> KEYWORDS =
            Set.of(
                    ("alignas alignof and and_eq asm assert auto bitand bitor bool boolean break"
                         + " byte case catch char class compl concept const consteval constexpr"
                         + " constinit continue default delete do double else enum explicit export"
                         + " extends extern false final finally float for friend goto if implements"
                         + " import inline instanceof int interface long mutable namespace native"
                         + " new noexcept not not_eq null nullptr operator or or_eq package private"
                         + " protected public record register reinterpret_cast requires restrict"
                         + " return short signed sizeof static static_assert static_cast strictfp"
                         + " struct super switch synchronized template this thread_local throw"
                         + " throws transient true try typedef typeid typename typeof union"
                         + " unsigned using var virtual void volatile wchar_t while xor xor_eq"
                         + " yield const_cast dynamic_cast co_await co_return co_yield char8_t"
                         + " char16_t char32_t typeof_unqual")
                            .split(" "));

    private Names() {}

    /**
     * Returns the name if it can be an identifier in every language that a region is used from.
     *
     * @throws IllegalArgumentException where it cannot
     */
    static String check(final String what, final String name) {
        checkShape(what, name);
        if (KEYWORDS.contains(name)) {
            throw new IllegalArgumentException(
                    "\""
                            + name
                            + "\" cannot name a "
                            + what
                            + ": it is a keyword of C, C++ or Java.");
        }
        return name;
    }

    /**
     * Returns the name if it looks like an identifier, be it a keyword: what may be read from a region.
     *
     * @throws IllegalArgumentException where it does not
     */
    static String checkShape(final String what, final String name) {
        if (name == null || !isIdentifier(name)) {
            throw new IllegalArgumentException(
                    "The name of a "
                            + what
                            + " must be a lower-case letter followed by at most 46 lower-case"
                            + " letters, digits or underscores, but it is \""
                            + name
                            + "\".");
        }
        return name;
    }

    /** Whether this is a lower-case letter and at most 46 lower-case letters, digits and underscores. */
    static boolean isIdentifier(final String name) {
        return IDENTIFIER.matcher(name).matches();
    }
}
