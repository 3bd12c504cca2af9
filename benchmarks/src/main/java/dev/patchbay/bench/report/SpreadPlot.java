// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import dev.patchbay.bench.plan.Contender;
import dev.patchbay.bench.statistics.Summary;
import dev.patchbay.tools.report.Axis;
import dev.patchbay.tools.report.Panel;
import dev.patchbay.tools.report.Svg;

/** A row for each contender: a bar to its median, and a dot for each round, so that the spread is seen. */
final class SpreadPlot {
    private static final int TOP = 12;
    private static final int ROW = 30;
    private static final double LABELS = 300;
    private static final double ROOM = 1.08;

    private SpreadPlot() {}

    static String of(final Shown shown) {
        final int rows = shown.result().contenders().size();
        final int bottom = TOP + ROW * rows;
        final Svg svg = new Svg(Panel.WIDTH, bottom + 44, shown.benchmark().title());
        final double most =
                shown.result().contenders().stream().mapToDouble(Summary::high).max().orElse(1);
        final Axis x = Axis.linear(0, most * ROOM, LABELS, Panel.RIGHT);
        final Axis y = Axis.linear(0, 1, bottom, TOP);
        new Panel(svg, x, y)
                .horizontal(
                        shown.result().unit()
                                + (shown.benchmark().unit().isMoreBetter()
                                        ? ", more is better"
                                        : ", less is better"),
                        8);
        for (int i = 0; i < rows; i++) {
            row(svg, x, shown, i);
        }
        return svg.toString();
    }

    private static void row(final Svg svg, final Axis x, final Shown shown, final int number) {
        final Contender contender = shown.benchmark().contenders().get(number);
        final Summary summary = shown.result().contenders().get(number);
        final double top = TOP + ROW * number + 4;
        final double height = ROW - 8;
        final String title = summary.name() + ": " + Shown.spread(summary);
        final String style =
                contender.kind() == Contender.Kind.OURS
                        ? "bar rt"
                        : "bar " + contender.kind().name().toLowerCase(java.util.Locale.ROOT);
        svg.text(LABELS - 8, top + height / 2 + 4, "end", "tick", summary.name());
        svg.rect(LABELS, top, Math.max(1, x.at(summary.median()) - LABELS), height, style, title);
        for (final double value : shown.measurement().figures().of(summary.name())) {
            svg.circle(x.at(value), top + height / 2, 3, "round", title);
        }
    }
}
