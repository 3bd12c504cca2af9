// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.run.BlockTimes;
import dev.patchbay.bench.run.CollectorLaunch;
import dev.patchbay.bench.run.Measurement;
import dev.patchbay.bench.statistics.Summary;
import dev.patchbay.tools.report.Axis;
import dev.patchbay.tools.report.HtmlReport;
import dev.patchbay.tools.report.Panel;
import dev.patchbay.tools.report.Svg;
import java.util.List;
import java.util.Locale;

/**
 * The collector's experiment: how many blocks took longer than any time, over all rounds; and the last round on one axis of time, with the
 * pauses of the JVM that plays.
 */
final class CollectorPlots {
    private static final List<String> STYLES = List.of("rt", "bad", "control", "second", "peer");
    private static final double LEAST_MICROS = 10;
    private static final double MOST_MICROS = 1e6;
    private static final double MILLION = 1e6;
    private static final double PERIOD_MICROS = BlockTimes.PERIOD_NANOS / 1e3;
    private static final int PANEL_HEIGHT = 110;
    private static final int GAP = 64;

    private CollectorPlots() {}

    static boolean areOf(final Shown shown) {
        return shown.hasSeries(CollectorLaunch.HISTOGRAM);
    }

    static void into(final StringBuilder page, final Shown shown) {
        HtmlReport.figure(
                page,
                "How many blocks took longer",
                "Of a million blocks, over all rounds: how many were there later than the time"
                    + " below, counted from when the sound card asked. To the right of the red line"
                    + " a block is missed. C and D show what the machine does without a collector.",
                slower(shown));
        HtmlReport.figure(
                page,
                "The last round, by time",
                "The slowest block of each moment, and in red above when and how long all threads"
                    + " of the JVM that plays stood still. A miss under a pause is the collector's;"
                    + " one without is the machine's, or that of whoever else has its processors.",
                timeline(shown));
    }

    private static String slower(final Shown shown) {
        final int top = 12 + 18 * shown.result().contenders().size();
        final int bottom = top + 300;
        final Svg svg = new Svg(Panel.WIDTH, bottom + 48, "How many blocks took longer");
        final Axis x = Axis.logarithmic(LEAST_MICROS, MOST_MICROS, Panel.LEFT, Panel.RIGHT);
        final Axis y = Axis.logarithmic(0.5, MILLION, bottom, top);
        new Panel(svg, x, y)
                .vertical("blocks of a million", 7)
                .horizontal("µs from when it was due", 6);
        svg.line(x.at(PERIOD_MICROS), bottom, x.at(PERIOD_MICROS), top, "deadline", "a block");
        int number = 0;
        for (final Summary contender : shown.result().contenders()) {
            final String style = "line " + STYLES.get(number % STYLES.size());
            svg.path(curve(shown.measurement(), contender.name(), x, y), style, contender.name());
            final double at = 10 + 18.0 * number;
            svg.path("M" + Panel.LEFT + " " + at + "h24", style, contender.name());
            svg.text(Panel.LEFT + 32, at + 4, "start", "tick", contender.name());
            number++;
        }
        return svg.toString();
    }

    private static StringBuilder curve(
            final Measurement measurement, final String contender, final Axis x, final Axis y) {
        double[] bins = null;
        for (final Measurement.Round round : measurement.rounds()) {
            final List<Double> one =
                    round.receipts().get(contender).series().get(CollectorLaunch.HISTOGRAM);
            bins = bins == null ? new double[one.size()] : bins;
            for (int i = 0; i < bins.length; i++) {
                bins[i] += one.get(i);
            }
        }
        double left = 0;
        for (final double bin : bins) {
            left += bin;
        }
        final double all = left;
        final StringBuilder path = new StringBuilder();
        for (int i = 0; i < bins.length && left > 0; i++) {
            final double micros = Math.pow(10, (double) i / BlockTimes.BINS_PER_DECADE);
            if (micros >= LEAST_MICROS) {
                point(path, x.at(micros), y.at(left / all * MILLION));
            }
            left -= bins[i];
        }
        return path;
    }

    private static String timeline(final Shown shown) {
        final List<Summary> contenders = shown.result().contenders();
        final Svg svg =
                new Svg(
                        Panel.WIDTH,
                        24 + contenders.size() * (PANEL_HEIGHT + GAP) + 20,
                        "The last round of each, by time");
        final List<Measurement.Round> rounds = shown.measurement().rounds();
        int top = 24;
        for (final Summary contender : contenders) {
            final Receipt last = rounds.get(rounds.size() - 1).receipts().get(contender.name());
            panel(svg, top, contender.name(), last);
            top += PANEL_HEIGHT + GAP;
        }
        return svg.toString();
    }

    private static void panel(
            final Svg svg, final int top, final String name, final Receipt receipt) {
        final double seconds = receipt.details().get("blocks") * PERIOD_MICROS / 1e6;
        final Axis x = Axis.linear(0, seconds, Panel.LEFT, Panel.RIGHT);
        final Axis y =
                Axis.logarithmic(LEAST_MICROS, MOST_MICROS / 10, top + PANEL_HEIGHT, top + 8);
        new Panel(svg, x, y).vertical("µs", 4).horizontal("s", 8);
        svg.text(Panel.LEFT, top - 6, "start", "tick", name);
        svg.line(x.from(), y.at(PERIOD_MICROS), x.to(), y.at(PERIOD_MICROS), "deadline", "a block");
        final List<Double> slowest = receipt.series().get(CollectorLaunch.SLOWEST);
        final StringBuilder path = new StringBuilder();
        for (int i = 0; i < slowest.size(); i++) {
            point(
                    path,
                    x.at((i + 0.5) * seconds / slowest.size()),
                    y.at(Math.max(LEAST_MICROS, slowest.get(i))));
        }
        svg.path(path, "line rt", name);
        final List<Double> at = receipt.series().get(CollectorLaunch.PAUSES_AT);
        final List<Double> millis = receipt.series().get(CollectorLaunch.PAUSES_LONG);
        for (int i = 0; i < at.size(); i++) {
            final double from = x.at(at.get(i));
            final double to = x.at(Math.min(seconds, at.get(i) + millis.get(i) / 1e3));
            svg.rect(
                    from,
                    top - 2,
                    Math.max(0.5, to - from),
                    7,
                    "pause",
                    String.format(Locale.ROOT, "%.2f ms", millis.get(i)));
        }
    }

    private static void point(final StringBuilder path, final double x, final double y) {
        path.append(path.isEmpty() ? 'M' : 'L')
                .append(String.format(Locale.ROOT, "%.1f %.1f", x, y));
    }
}
