// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import dev.patchbay.tools.report.HtmlReport;
import dev.patchbay.tools.report.Svg;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code report.html}: one page that needs nothing else. */
public final class Page {
    private static final String STYLE =
            "rect.peer { fill: var(--faint); fill-opacity: .55; }\n"
                    + "rect.reference { fill: var(--rule); }\n"
                    + "circle.round { fill: var(--ink); fill-opacity: .55; }\n";

    private Page() {}

    /**
     * {@return the page}
     *
     * @param all the benchmarks that were measured
     * @param facts of the machine
     */
    public static String html(final List<Shown> all, final Map<String, String> facts) {
        final StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<title>Patchbay benchmarks</title>\n<style>\n");
        page.append(HtmlReport.style()).append(STYLE).append("</style>\n</head>\n<body>\n<main>\n");
        page.append("<h1>Patchbay benchmarks</h1>\n<p class=\"lead\">");
        page.append(Svg.escape(lead(all))).append("</p>\n");
        HtmlReport.figure(
                page,
                "Against the best peer",
                "The median of the rounds' ratios and the interval that holds it with 95 %. To the"
                        + " right is better. A goal is met where the whole interval lies beyond its"
                        + " bound, missed where none of it does, else undecided.",
                RatioPlot.of(all));
        page.append(Tables.overview(all).html());
        for (final Shown shown : all) {
            HtmlReport.figure(
                    page, shown.benchmark().title(), caption(shown), SpreadPlot.of(shown));
            page.append(Tables.contenders(shown).html());
        }
        page.append("<footer>\n<table>\n");
        facts.forEach(
                (name, value) ->
                        page.append("<tr><th scope=\"row\">")
                                .append(Svg.escape(name))
                                .append("</th><td>")
                                .append(Svg.escape(value))
                                .append("</td></tr>\n"));
        return page.append("</table>\n</footer>\n</main>\n</body>\n</html>\n").toString();
    }

    private static String lead(final List<Shown> all) {
        final StringBuilder text = new StringBuilder();
        for (final var verdict : dev.patchbay.bench.statistics.Verdict.values()) {
            final long count =
                    all.stream().filter(shown -> shown.result().met() == verdict).count();
            text.append(text.isEmpty() ? "Goals met: " : ", ")
                    .append(verdict.word())
                    .append(' ')
                    .append(count);
        }
        return text.append(". A dot is one round, in a process of its own.").toString();
    }

    private static String caption(final Shown shown) {
        return String.format(
                Locale.ROOT,
                "%s: goal %s; ratio to %s %s; met: %s. %d rounds from %s on. A thread that only"
                        + " reads the clock lost %.2f %% of the time in the median round, at most"
                        + " %.0f µs at once.",
                shown.benchmark().name(),
                shown.result().goal(),
                shown.result().bestPeer(),
                shown.ratio(),
                shown.result().met().word(),
                shown.measurement().rounds().size(),
                shown.measurement().date(),
                shown.noisePercent(),
                shown.longestNoiseMicros());
    }
}
