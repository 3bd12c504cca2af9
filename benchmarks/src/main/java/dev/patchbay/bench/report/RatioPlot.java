// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import dev.patchbay.bench.statistics.Verdict;
import dev.patchbay.tools.report.Axis;
import dev.patchbay.tools.report.Panel;
import dev.patchbay.tools.report.Svg;
import java.util.List;

/**
 * How much better than the best peer, for all benchmarks on one logarithmic axis: the ratio of the better figure's kind, its interval, and
 * the bound of the goal. To the right is better, whatever the unit.
 */
final class RatioPlot {
    private static final int TOP = 12;
    private static final int ROW = 24;
    private static final double LABELS = 230;

    private RatioPlot() {}

    static String of(final List<Shown> all) {
        final int bottom = TOP + ROW * all.size();
        final Svg svg =
                new Svg(Panel.WIDTH, bottom + 44, "Patchbay in comparison with the best peer");
        double least = 0.5;
        double most = 2;
        for (final Shown shown : all) {
            least = Math.min(least, Math.min(low(shown), high(shown)));
            most = Math.max(most, Math.max(low(shown), high(shown)));
        }
        final Axis x = Axis.logarithmic(least / 1.1, most * 1.1, LABELS, Panel.RIGHT);
        for (final double mark : new double[] {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50}) {
            if (mark > x.low() && mark < x.high()) {
                svg.line(x.at(mark), bottom, x.at(mark), TOP, mark == 1 ? "preset" : "grid");
                svg.text(x.at(mark), bottom + 18, "middle", "tick", Shown.plain(mark) + " ×");
            }
        }
        svg.text(
                (LABELS + Panel.RIGHT) / 2,
                bottom + 38,
                "middle",
                "axis",
                "better than the best peer by this factor, with its 95 % interval; red line: the"
                        + " goal");
        for (int i = 0; i < all.size(); i++) {
            row(svg, x, all.get(i), TOP + ROW * i + ROW / 2.0);
        }
        return svg.toString();
    }

    private static void row(final Svg svg, final Axis x, final Shown shown, final double y) {
        final String title =
                shown.benchmark().title()
                        + ": ratio "
                        + shown.ratio()
                        + " to "
                        + shown.result().bestPeer()
                        + ", goal "
                        + shown.result().goal()
                        + ", met: "
                        + shown.result().met().word();
        svg.text(LABELS - 8, y + 4, "end", "tick", shown.benchmark().name());
        svg.line(x.at(low(shown)), y, x.at(high(shown)), y, "line rt", title);
        final double bound = x.at(better(shown, shown.benchmark().goal().targets().get(0).bound()));
        svg.line(bound, y - 8, bound, y + 8, "deadline", title);
        svg.circle(
                x.at(better(shown, shown.result().ratioToBestPeer())),
                y,
                5,
                shown.result().met() == Verdict.NO ? "bad" : "rt",
                title);
    }

    private static double low(final Shown shown) {
        return better(shown, shown.result().interval()[0]);
    }

    private static double high(final Shown shown) {
        return better(shown, shown.result().interval()[1]);
    }

    private static double better(final Shown shown, final double ratio) {
        return shown.benchmark().unit().isMoreBetter() ? ratio : 1 / ratio;
    }
}
