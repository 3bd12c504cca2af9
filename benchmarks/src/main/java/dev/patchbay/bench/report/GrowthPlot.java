// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import dev.patchbay.bench.run.Measurement;
import dev.patchbay.bench.run.StartLaunch;
import dev.patchbay.bench.statistics.Line;
import dev.patchbay.bench.statistics.Summary;
import dev.patchbay.tools.report.Axis;
import dev.patchbay.tools.report.HtmlReport;
import dev.patchbay.tools.report.Panel;
import dev.patchbay.tools.report.Svg;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How time and memory grow from instance to instance: the median over the rounds, and the line through it. */
final class GrowthPlot {
    private static final List<String> STYLES = List.of("rt", "second");
    private static final int HEIGHT = 220;

    private GrowthPlot() {}

    static boolean isOf(final Shown shown) {
        return shown.hasSeries(StartLaunch.MEMORY);
    }

    static void into(final StringBuilder page, final Shown shown) {
        figure(page, shown, StartLaunch.MEMORY, 0, "Memory of all processes");
        figure(page, shown, StartLaunch.TIMES, 1, "Time of each further instance");
    }

    private static void figure(
            final StringBuilder page,
            final Shown shown,
            final String series,
            final int from,
            final String heading) {
        final StringBuilder caption = new StringBuilder("Medians of the rounds; thin: the line");
        caption.append(" through them. ");
        for (final Summary contender : shown.result().contenders()) {
            final Line line =
                    Line.through(medians(shown.measurement(), contender.name(), series, from));
            caption.append(
                    String.format(
                            Locale.ROOT,
                            "%s: %.2f and %.3f for each instance, farthest from the line %.2f. ",
                            contender.name(),
                            line.start(),
                            line.slope(),
                            line.largestResidual()));
        }
        HtmlReport.figure(
                page, heading, caption.toString().strip(), plot(shown, series, from, heading));
    }

    private static String plot(
            final Shown shown, final String series, final int from, final String heading) {
        final List<Summary> contenders = shown.result().contenders();
        final int top = 12 + 18 * contenders.size();
        final int bottom = top + HEIGHT;
        final Svg svg = new Svg(Panel.WIDTH, bottom + 48, heading);
        double most = 0;
        int count = 1;
        for (final Summary contender : contenders) {
            final double[] values = medians(shown.measurement(), contender.name(), series, from);
            most = Math.max(most, Arrays.stream(values).max().orElse(0));
            count = Math.max(count, values.length);
        }
        final Axis x = Axis.linear(from, from + count, Panel.LEFT, Panel.RIGHT);
        final Axis y = Axis.linear(0, Math.max(1e-3, most * 1.1), bottom, top);
        new Panel(svg, x, y).vertical(series, 5).horizontal("instances", 10);
        for (int i = 0; i < contenders.size(); i++) {
            final String name = contenders.get(i).name();
            final String style = STYLES.get(i % STYLES.size());
            final double[] values = medians(shown.measurement(), name, series, from);
            final StringBuilder dots = new StringBuilder();
            for (int k = 0; k < values.length; k++) {
                dots.append(
                        String.format(
                                Locale.ROOT,
                                "M%.1f %.1fh.01",
                                x.at(from + k + 1.0),
                                y.at(values[k])));
            }
            svg.path(dots, "dots " + style, name);
            final Line line = Line.through(values);
            svg.path(
                    String.format(
                            Locale.ROOT,
                            "M%.1f %.1fL%.1f %.1f",
                            x.at(from + 1.0),
                            y.at(line.start() + line.slope()),
                            x.at((double) from + values.length),
                            y.at(line.start() + line.slope() * values.length)),
                    "line " + style,
                    name);
            final double at = 10 + 18.0 * i;
            svg.path("M" + Panel.LEFT + " " + at + "h24", "line " + style, name);
            svg.text(Panel.LEFT + 32, at + 4, "start", "tick", name);
        }
        return svg.toString();
    }

    private static double[] medians(
            final Measurement measurement,
            final String contender,
            final String series,
            final int from) {
        final List<List<Double>> rounds =
                measurement.rounds().stream()
                        .map(round -> round.receipts().get(contender).series().get(series))
                        .toList();
        // Most rounds start a few instances, one starts many.
        final int most = rounds.stream().mapToInt(List::size).max().orElseThrow();
        final double[] medians = new double[most - from];
        for (int i = 0; i < medians.length; i++) {
            final int place = i + from;
            medians[i] =
                    Summary.median(
                            rounds.stream()
                                    .filter(round -> round.size() > place)
                                    .mapToDouble(round -> round.get(place))
                                    .toArray());
        }
        return medians;
    }
}
