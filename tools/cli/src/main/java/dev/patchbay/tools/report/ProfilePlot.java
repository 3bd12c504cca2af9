// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import dev.patchbay.tools.demo.Figures.PhaseTimes;
import java.util.List;
import java.util.Locale;

/** A bar for each phase of a block: from nothing to its median, and on to what 99 % do not exceed. */
final class ProfilePlot {
    private static final int TOP = 16;
    private static final int ROW = 28;
    private static final double LABELS = 110;

    private ProfilePlot() {}

    static String of(final List<PhaseTimes> profile) {
        final int bottom = TOP + ROW * profile.size();
        final Svg svg = new Svg(Panel.WIDTH, bottom + 44, "Where a block's time goes");
        final double most =
                profile.stream().mapToDouble(phase -> phase.micros().p99()).max().orElse(1);
        final Axis x = Axis.decades(0.01, Math.max(1, most), LABELS, Panel.RIGHT);
        final Axis y = Axis.logarithmic(1, 10, bottom, TOP);
        new Panel(svg, x, y).horizontal("time of a block in this phase, in µs: median, 99 %", 5);
        for (int i = 0; i < profile.size(); i++) {
            final PhaseTimes phase = profile.get(i);
            final double top = TOP + ROW * i + 5;
            final double p50 = x.at(Math.max(x.low(), phase.micros().p50()));
            final double p99 = x.at(Math.max(x.low(), phase.micros().p99()));
            final String title =
                    String.format(
                            Locale.ROOT,
                            "%s: median %.2f µs, 99 %% %.2f µs, greatest %.2f µs",
                            phase.name(),
                            phase.micros().p50(),
                            phase.micros().p99(),
                            phase.micros().max());
            svg.text(LABELS - 8, top + 13, "end", "tick", phase.name());
            svg.rect(LABELS, top, Math.max(1, p50 - LABELS), ROW - 10, "bar rt", title);
            svg.line(p50, top + (ROW - 10) / 2.0, p99, top + (ROW - 10) / 2.0, "deadline", title);
        }
        return svg.toString();
    }
}
