// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import dev.patchbay.tools.soak.FaultFigures;
import dev.patchbay.tools.soak.FaultFigures.Made;
import java.util.List;
import java.util.Locale;

/** The report of a run of faults: as a table for the terminal, and as one page that needs nothing else. */
public final class FaultReport {
    private static final int HEIGHT = 260;
    private static final int TOP = 20;
    private static final double LEAST_MILLIS = 1;
    private static final double SPARE_MILLIS = 250;

    private FaultReport() {}

    /** The table in plain text, and each promise that was broken. */
    public static String text(final FaultFigures figures) {
        final StringBuilder text = new StringBuilder(lead(figures)).append("\n\n");
        text.append(table(figures));
        broken(figures).forEach(sentence -> text.append('\n').append(sentence));
        return text.append('\n').toString();
    }

    private static String lead(final FaultFigures f) {
        return String.format(
                Locale.ROOT,
                "%s: %s played in %d hosts, one undisturbed, through %d faults (--seed %d); held"
                        + " notes could be checked after %d of them, and %d sentences tell of"
                        + " broken promises.",
                f.passed() ? "passed" : "failed",
                f.plugin(),
                f.hosts(),
                f.faults().size(),
                f.seed(),
                f.faults().stream().filter(Made::heldChecked).count(),
                broken(f).size());
    }

    private static List<String> broken(final FaultFigures figures) {
        final List<String> all = new java.util.ArrayList<>();
        for (final Made made : figures.faults()) {
            made.broken().forEach(b -> all.add("After " + made.fault().text() + ": " + b));
        }
        all.addAll(figures.broken());
        return all;
    }

    private static TextTable table(final FaultFigures figures) {
        final TextTable table =
                new TextTable(
                        ">host", ">at s", "fault", "spare", ">back after ms", ">missed blocks", "");
        for (final Made made : figures.faults()) {
            table.row(
                    Integer.toString(made.host()),
                    String.format(Locale.ROOT, "%.2f", made.atSeconds()),
                    made.fault().text(),
                    made.spare() ? "yes" : "no",
                    String.format(Locale.ROOT, "%.0f", made.backMillis()),
                    Long.toString(made.missedBlocks()),
                    made.broken().isEmpty() ? "" : "broken");
        }
        return table;
    }

    /** The page. */
    public static String html(final FaultFigures figures) {
        final StringBuilder page = new StringBuilder();
        final String title = Svg.escape("Patchbay faults: " + figures.plugin());
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<title>").append(title).append("</title>\n<style>\n");
        page.append(HtmlReport.style()).append("</style>\n</head>\n<body>\n<main>\n");
        page.append("<h1>").append(title).append("</h1>\n<p class=\"lead\">");
        page.append(Svg.escape(lead(figures))).append("</p>\n");
        broken(figures).forEach(b -> page.append("<p>").append(Svg.escape(b)).append("</p>\n"));
        page.append(table(figures).html());
        HtmlReport.figure(
                page,
                "How long until all was back",
                "A dot for each fault after which a process or the sound had to come back. Red"
                        + " ones broke a promise. The line is what a warm spare engine is made"
                        + " for.",
                plot(figures));
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String plot(final FaultFigures figures) {
        final List<Made> faults = figures.faults();
        final double most =
                faults.stream().mapToDouble(Made::backMillis).max().orElse(0) + SPARE_MILLIS;
        final Svg svg = new Svg(Panel.WIDTH, TOP + HEIGHT + 50, "Time until all was back");
        final Axis x = Axis.linear(0, faults.size() + 1, Panel.LEFT, Panel.RIGHT);
        final Axis y = Axis.decades(LEAST_MILLIS, most, TOP + HEIGHT, TOP);
        new Panel(svg, x, y).vertical("ms", 5).horizontal("number of the fault", 10);
        svg.line(x.from(), y.at(SPARE_MILLIS), x.to(), y.at(SPARE_MILLIS), "deadline", "250 ms");
        for (int i = 0; i < faults.size(); i++) {
            final Made made = faults.get(i);
            if (made.backMillis() > 0) {
                final String style = made.broken().isEmpty() ? "rt" : "bad";
                final String title =
                        String.format(
                                Locale.ROOT, "%s: %.0f ms", made.fault().text(), made.backMillis());
                svg.circle(
                        x.at(i + 1),
                        y.at(Math.max(LEAST_MILLIS, made.backMillis())),
                        4,
                        style,
                        title);
            }
        }
        return svg.toString();
    }
}
