// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.sanitize;

import java.util.regex.Pattern;

/**
 * A header spoilt on purpose in one function, or one macro that makes functions: a scenario that is still satisfied looks at nothing.
 *
 * @param plain whether its atomic stores become plain ones; else all its orders become relaxed
 * @param function the name
 */
record Weakened(boolean plain, String function) {
    private static final Pattern ORDER =
            Pattern.compile("__ATOMIC_(ACQUIRE|RELEASE|ACQ_REL|SEQ_CST)");
    private static final Pattern STORE =
            Pattern.compile("__atomic_store_n\\(&([^,]+), ([^;]+), __ATOMIC_\\w+\\);");

    /** The header with this change; a function that is not there, or has nothing to spoil, is an error. */
    String of(final String header) {
        final int at = start(header);
        final int end = end(header, at);
        final String body = header.substring(at, end);
        final String spoilt =
                plain
                        ? STORE.matcher(body).replaceAll("$1 = $2;")
                        : ORDER.matcher(body).replaceAll("__ATOMIC_RELAXED");
        if (spoilt.equals(body)) {
            throw new IllegalStateException(
                    function
                            + " has nothing that could be made "
                            + (plain ? "plain." : "relaxed."));
        }
        return header.substring(0, at) + spoilt + header.substring(end);
    }

    private boolean isMacro() {
        return function.startsWith("PB_");
    }

    private int start(final String header) {
        final var found =
                Pattern.compile(
                                isMacro()
                                        ? "^#define " + function + "\\("
                                        : "^static inline [^\\n;]*\\b" + function + "\\(",
                                Pattern.MULTILINE)
                        .matcher(header);
        if (!found.find()) {
            throw new IllegalStateException(
                    "The header has no " + function + ", which a control is to spoil.");
        }
        return found.start();
    }

    /** Where the function's last brace is, or the first line that the macro does not continue. */
    private int end(final String header, final int from) {
        if (!isMacro()) {
            return header.indexOf("\n}\n", from) + 3;
        }
        int end = header.indexOf('\n', from);
        while (header.charAt(end - 1) == '\\') {
            end = header.indexOf('\n', end + 1);
        }
        return end;
    }

    @Override
    public String toString() {
        return (plain ? "plain " : "relaxed ") + function;
    }
}
