// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header with one change that should break it: an order weakened, or the condition of an {@code if} forced. The text is
 * changed, not a macro of each site: so the header stays what people read, and the compiler sees each mutant as it would see code
 * that was written so.
 *
 * @param function in which it is; PB_CELL for the functions of cells
 * @param line its line in the header, from 1
 * @param name the function, the number of the order or condition within it, and what becomes of it; the same as long as the
 *     function is
 * @param header the whole text
 */
record HeaderMutant(String function, int line, String name, String header) {
    /** Between an order and what it becomes. */
    private static final String BECOMES = "->";

    private static final Pattern FUNCTION =
            Pattern.compile(
                    "^(?:static inline [^;]*?\\b(pb_\\w+)\\(|#define"
                            + " (PB_CELL\\w*)\\(|(#undef)\\b|(\\}))",
                    Pattern.MULTILINE);
    private static final Pattern ORDER = Pattern.compile("__ATOMIC_([A-Z_]+)");
    private static final Pattern BUILTIN = Pattern.compile("__atomic_([a-z_]+)\\(");
    private static final Pattern CONDITION = Pattern.compile("\\bif \\(");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

    private static final Map<String, List<String>> LOADS =
            Map.of("SEQ_CST", List.of("ACQUIRE", "RELAXED"), "ACQUIRE", List.of("RELAXED"));
    private static final Map<String, List<String>> STORES =
            Map.of("SEQ_CST", List.of("RELEASE", "RELAXED"), "RELEASE", List.of("RELAXED"));
    private static final Map<String, List<String>> UPDATES =
            Map.of(
                    "SEQ_CST", List.of("ACQ_REL", "ACQUIRE", "RELEASE", "RELAXED"),
                    "ACQ_REL", List.of("ACQUIRE", "RELEASE", "RELAXED"),
                    "ACQUIRE", List.of("RELAXED"),
                    "RELEASE", List.of("RELAXED"));

    /** A function's place in the text. */
    private record Span(String name, int start, int end) {}

    /** Whether an order is weakened, and no condition forced. */
    boolean weakensAnOrder() {
        return name.contains(BECOMES);
    }

    /** All mutants of a header, in the order of its text. */
    static List<HeaderMutant> of(final String header) {
        final String code = withoutComments(header);
        final List<HeaderMutant> all = new ArrayList<>();
        for (final Span span : functions(code)) {
            orders(header, code, span, all);
            conditions(header, code, span, all);
        }
        return all;
    }

    /** Names of the functions that have an order, each with the number of its orders. */
    static Map<String, Integer> ordered(final String header) {
        final String code = withoutComments(header);
        final Map<String, Integer> found = new LinkedHashMap<>();
        for (final Span span : functions(code)) {
            final int orders =
                    (int) ORDER.matcher(code.substring(span.start(), span.end())).results().count();
            if (orders > 0) {
                found.merge(span.name(), orders, Integer::sum);
            }
        }
        return found;
    }

    /** The same text, of the same length, with blanks for comments. */
    private static String withoutComments(final String header) {
        return COMMENT.matcher(header).replaceAll(found -> found.group().replaceAll("[^\n]", " "));
    }

    private static List<Span> functions(final String code) {
        final List<Span> spans = new ArrayList<>();
        final Matcher found = FUNCTION.matcher(code);
        String name = null;
        int start = 0;
        while (found.find()) {
            final String begun = found.group(1) == null ? found.group(2) : found.group(1);
            if (begun != null) {
                name = begun;
                start = found.start();
            } else if (name != null) {
                spans.add(new Span(name, start, found.start()));
                name = null;
            }
        }
        return spans;
    }

    private static void orders(
            final String header, final String code, final Span span, final List<HeaderMutant> all) {
        final Matcher order = ORDER.matcher(code).region(span.start(), span.end());
        for (int number = 1; order.find(); number++) {
            final Map<String, List<String>> weaker = weaker(code, span.start(), order.start());
            for (final String to : weaker.getOrDefault(order.group(1), List.of())) {
                all.add(
                        new HeaderMutant(
                                span.name(),
                                line(header, order.start()),
                                span.name() + "#" + number + " " + order.group(1) + BECOMES + to,
                                replaced(header, order.start(1), order.end(1), to)));
            }
        }
    }

    private static Map<String, List<String>> weaker(
            final String code, final int from, final int order) {
        final Matcher builtin = BUILTIN.matcher(code).region(from, order);
        String name = "";
        int start = from;
        while (builtin.find()) {
            // The call around the order, not one that is an argument before it.
            if (depth(code, builtin.end(), order) >= 0) {
                name = builtin.group(1);
                start = builtin.start();
            }
        }
        if (name.startsWith("load")) {
            return LOADS;
        }
        if (name.startsWith("store")) {
            return STORES;
        }
        if (name.startsWith("compare_exchange")) {
            final boolean isSecond = ORDER.matcher(code).region(start, order).find();
            return isSecond ? LOADS : UPDATES;
        }
        return name.isEmpty() || name.startsWith("signal") || name.startsWith("thread")
                ? Map.of()
                : UPDATES;
    }

    /** How many parentheses are open, at least; negative where one was closed that was not opened here. */
    private static int depth(final String code, final int from, final int to) {
        int depth = 0;
        for (int i = from; i < to && depth >= 0; i++) {
            depth += code.charAt(i) == '(' ? 1 : code.charAt(i) == ')' ? -1 : 0;
        }
        return depth;
    }

    private static void conditions(
            final String header, final String code, final Span span, final List<HeaderMutant> all) {
        final Matcher condition = CONDITION.matcher(code).region(span.start(), span.end());
        for (int number = 1; condition.find(); number++) {
            final int from = condition.end();
            int to = from;
            while (depth(code, from, to + 1) >= 0) {
                to++;
            }
            for (final String forced : List.of("true", "false")) {
                final String text =
                        "(void)("
                                + header.substring(from, to)
                                + "), "
                                + ("true".equals(forced) ? "1" : "0");
                all.add(
                        new HeaderMutant(
                                span.name(),
                                line(header, from),
                                span.name() + " if#" + number + " " + forced,
                                replaced(header, from, to, text)));
            }
        }
    }

    private static String replaced(
            final String text, final int from, final int to, final String by) {
        return text.substring(0, from) + by + text.substring(to);
    }

    private static int line(final String text, final int at) {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}
