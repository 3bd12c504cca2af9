// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a run: one page that needs nothing else, neither network nor script. */
final class Report {
    private final Results results;
    private final StringBuilder page = new StringBuilder();

    Report(final Results results) {
        this.results = results;
    }

    String html() {
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<title>Patchbay stress: ").append(escape(state())).append("</title>\n");
        page.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n");
        page.append("<h1>Patchbay stress: ").append(escape(state())).append("</h1>\n");
        page.append("<p class=\"lead\">").append(escape(lead())).append("</p>\n");
        failures();
        summary();
        results.parts().forEach(this::part);
        limits();
        environment();
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private String state() {
        return results.passed() ? "passed" : results.complete() ? "failed" : "not complete";
    }

    private String lead() {
        final List<Entry> units = results.units();
        final long passed = units.stream().filter(Entry::passed).count();
        final long notRun = units.stream().filter(u -> !Results.ran(u)).count();
        return String.format(
                Locale.ROOT,
                "%d of %d planned units passed%s%s, in %s, %s mode%s.",
                passed,
                units.size(),
                units.size() - passed - notRun > 0
                        ? ", " + (units.size() - passed - notRun) + " failed"
                        : "",
                notRun > 0 ? ", " + notRun + " did not run" : "",
                Times.exact(units.stream().mapToDouble(Entry::seconds).sum()),
                results.mode(),
                results.declaration().isEmpty() ? "" : ", for " + results.declaration());
    }

    private void failures() {
        final List<Entry> failed =
                results.units().stream().filter(u -> !u.passed() && Results.ran(u)).toList();
        if (failed.isEmpty()) {
            return;
        }
        page.append("<section class=\"failures\">\n<h2>What failed</h2>\n<ul>\n");
        for (final Entry entry : failed) {
            page.append("<li><strong>")
                    .append(escape(entry.key()))
                    .append("</strong>: ")
                    .append(escape(entry.detail()))
                    .append("</li>\n");
        }
        page.append("</ul>\n</section>\n");
    }

    private void summary() {
        page.append("<h2>Parts</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>Part</th>");
        page.append("<th class=\"n\">Units</th><th class=\"n\">Passed</th>");
        page.append("<th class=\"n\">Failed</th><th class=\"n\">Not run</th>");
        page.append("<th class=\"n\">Time</th></tr></thead>\n<tbody>\n");
        for (final Results.PartResult part : results.parts()) {
            page.append("<tr><th scope=\"row\"><a href=\"#part-")
                    .append(escape(Folders.name(part.name())))
                    .append("\">")
                    .append(escape(part.name()))
                    .append("</a></th>");
            number(part.units().size(), "");
            number(part.passed(), "");
            number(part.failed(), "bad");
            number(part.notRun(), "bad");
            page.append("<td class=\"n\">").append(Times.exact(part.seconds())).append("</td>");
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n");
    }

    private void number(final long value, final String mark) {
        page.append("<td class=\"n ")
                .append(value > 0 ? mark : "")
                .append("\">")
                .append(value)
                .append("</td>");
    }

    private void part(final Results.PartResult part) {
        page.append("<section id=\"part-")
                .append(escape(Folders.name(part.name())))
                .append("\">\n<h2>")
                .append(escape(part.name()))
                .append("</h2>\n<p>")
                .append(escape(part.summary()))
                .append("</p>\n");
        page.append("<div class=\"wide\"><table>\n<thead><tr><th>Unit</th><th></th>");
        page.append("<th class=\"n\">Time</th><th>What was done, or what failed</th>");
        page.append("</tr></thead>\n<tbody>\n");
        part.units().forEach(this::unit);
        page.append("</tbody></table></div>\n");
        for (final Entry unit : part.units()) {
            table(unit);
        }
        page.append("</section>\n");
    }

    private void unit(final Entry unit) {
        page.append("<tr><th scope=\"row\">");
        if (unit.folder().isEmpty()) {
            page.append(escape(unit.unit()));
        } else {
            page.append("<a href=\"")
                    .append(escape(unit.folder()))
                    .append("/\">")
                    .append(escape(unit.unit()))
                    .append("</a>");
        }
        page.append("</th>")
                .append(
                        !Results.ran(unit)
                                ? "<td class=\"bad\">not run</td>"
                                : unit.passed()
                                        ? "<td class=\"good\">passed</td>"
                                        : "<td class=\"bad\">failed</td>")
                .append("<td class=\"n\">")
                .append(Results.ran(unit) ? Times.exact(unit.seconds()) : "")
                .append("</td><td>")
                .append(escape(Results.ran(unit) ? unit.detail() : ""))
                .append("</td></tr>\n");
    }

    private void table(final Entry unit) {
        if (unit.rows().isEmpty()) {
            return;
        }
        page.append("<details").append(unit.rows().size() <= 12 ? " open" : "").append(">\n");
        page.append("<summary>")
                .append(escape(unit.unit()))
                .append(" (")
                .append(unit.rows().size())
                .append(unit.rows().size() == 1 ? " row" : " rows")
                .append(")</summary>\n<div class=\"wide\"><table>\n<thead><tr>");
        unit.columns().forEach(c -> page.append("<th>").append(escape(c)).append("</th>"));
        page.append("</tr></thead>\n<tbody>\n");
        for (final List<String> row : unit.rows()) {
            page.append("<tr>");
            row.forEach(cell -> page.append("<td>").append(escape(cell)).append("</td>"));
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n</details>\n");
    }

    private void limits() {
        page.append("<section>\n<h2>What this can show and what not</h2>\n<p>");
        page.append(
                escape(
                        "A failure is a mistake in the code or in a test. A success says that what"
                            + " was tried held: on this processor, in this time, within the stated"
                            + " bounds. Chance decides what jcstress and the processes meet, so a"
                            + " longer run tries more; what the processor does not reorder they"
                            + " cannot show, and for that there is the model of memory, which"
                            + " visits every execution within its bounds. docs/proof.md tells what"
                            + " each part covers."));
        page.append("</p>\n</section>\n");
    }

    private void environment() {
        page.append("<section>\n<h2>Environment</h2>\n<div class=\"wide\"><table>\n");
        fact("seed", Long.toString(results.seed()));
        fact("started", results.started());
        fact("to repeat", results.command());
        for (final Map.Entry<String, String> fact : results.environment().entrySet()) {
            fact(fact.getKey(), fact.getValue());
        }
        page.append("</table></div>\n<p>")
                .append(escape("The same as data: results.json, beside this page."))
                .append("</p>\n</section>\n");
    }

    private void fact(final String name, final String value) {
        page.append("<tr><th scope=\"row\">")
                .append(escape(name))
                .append("</th><td>")
                .append(escape(value))
                .append("</td></tr>\n");
    }

    private static String escape(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String style() {
        try (InputStream in = Report.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
