// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the names of a declaration, each by itself: they become identifiers in C, C++ and Java. Whether the names made from
 * them in a header differ is {@link CNames}' matter.
 */
final class Names {
    /** With its 0 byte, the longest name fills the name of a directory entry. */
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,46}");

    /** Of C up to C23, of C++ up to C++23, and of Java up to 25 with the words that cannot name a type there. */
    private static final Set<String> KEYWORDS =
            words(
                    "abstract alignas alignof and and_eq asm assert auto bitand bitor bool boolean"
                        + " break byte case catch char char16_t char32_t char8_t class co_await"
                        + " co_return co_yield compl concept const const_cast consteval constexpr"
                        + " constinit continue decltype default delete do double dynamic_cast else"
                        + " enum explicit export extends extern false final finally float for"
                        + " friend goto if implements import inline instanceof int interface long"
                        + " mutable namespace native new noexcept not not_eq null nullptr operator"
                        + " or or_eq package permits private protected public record register"
                        + " reinterpret_cast requires restrict return sealed short signed sizeof"
                        + " static static_assert static_cast strictfp struct super switch"
                        + " synchronized template this thread_local throw throws transient true try"
                        + " typedef typeid typename typeof typeof_unqual union unsigned using var"
                        + " virtual void volatile wchar_t while xor xor_eq yield");

    /**
     * Words that headers of C, POSIX and Linux define as macros, gcc itself in its GNU dialects, and Qt; a field of such a name
     * would become something else. A test asks the compiler for the former.
     */
    private static final Set<String> MACROS =
            words(
                    "basename complex d_fileno errno h_addr h_errno i386 ifa_broadaddr ifa_dstaddr"
                        + " ifc_buf ifc_req ifr_addr ifr_bandwidth ifr_broadaddr ifr_data"
                        + " ifr_dstaddr ifr_flags ifr_hwaddr ifr_ifindex ifr_map ifr_metric ifr_mtu"
                        + " ifr_name ifr_netmask ifr_newname ifr_qlen ifr_slave imaginary linux"
                        + " math_errhandling msg_cbytes noreturn s6_addr s6_addr16 s6_addr32"
                        + " sa_handler sa_sigaction sched_priority si_addr si_addr_lsb si_arch"
                        + " si_band si_call_addr si_fd si_int si_lower si_overrun si_pid si_pkey"
                        + " si_ptr si_status si_stime si_syscall si_timerid si_uid si_upper"
                        + " si_utime si_value sigev_notify_attributes sigev_notify_function"
                        + " st_atime st_ctime st_mtime stderr stdin stdout unix ut_addr ut_name"
                        + " ut_time ut_xtime emit foreach forever signals slots");

    /** A field of such a name hides the type of the fields after it in C++. */
    private static final Set<String> TYPES =
            words("int8_t uint8_t int16_t uint16_t int32_t uint32_t int64_t uint64_t");

    private Names() {}

    /**
     * Returns the name if it can be an identifier in every language that a region is used from.
     *
     * @throws IllegalArgumentException where it cannot
     */
    static String check(final String what, final String name) {
        checkShape(what, name);
        if (name.contains("__") || name.endsWith("_")) {
            throw refusal(
                    name,
                    what,
                    "C++ keeps names with two underscores in a row for itself, and a name that ends"
                            + " with one may become such a name");
        }
        if (KEYWORDS.contains(name)) {
            throw refusal(name, what, "it is a keyword of C, C++ or Java");
        }
        if (name.startsWith("pb_")) {
            throw refusal(name, what, "what begins with \"pb_\" is the generated header's own");
        }
        return name;
    }

    /** As {@link #check}, for a name that stands in C as it is, without a prefix. */
    static String field(final String name) {
        check("field", name);
        if (MACROS.contains(name)) {
            throw refusal(
                    name, "field", "it is a macro of a common C or C++ header, or of the compiler");
        }
        if (TYPES.contains(name)) {
            throw refusal(name, "field", "it is a type that the generated header uses");
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

    private static IllegalArgumentException refusal(
            final String name, final String what, final String reason) {
        return new IllegalArgumentException(
                "\"" + name + "\" cannot name a " + what + ": " + reason + ".");
    }

    private static Set<String> words(final String text) {
        return Set.of(text.split(" "));
    }
}
