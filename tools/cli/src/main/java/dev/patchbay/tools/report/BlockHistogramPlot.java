// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import java.util.Arrays;
import java.util.Locale;

/** How many blocks took how long; both scales are logarithmic, so that a single slow block can be seen. */
final class BlockHistogramPlot {
    private static final int TOP = 22;
    private static final int BOTTOM = 242;
    private static final int BINS_PER_DECADE = 24;

    private BlockHistogramPlot() {}

    static String of(final double[] micros, final double deadlineMicros) {
        final Svg svg = new Svg(Panel.WIDTH, BOTTOM + 44, "Histogram of the time for a block");
        final double least = Math.max(0.1, Arrays.stream(micros).min().orElse(1));
        final double most = Math.max(deadlineMicros * 1.2, Arrays.stream(micros).max().orElse(1));
        final Axis x = Axis.decades(least, most, Panel.LEFT, Panel.RIGHT);
        final int[] bins =
                new int[(int) Math.round(Math.log10(x.high() / x.low()) * BINS_PER_DECADE)];
        for (final double m : micros) {
            final int bin =
                    (int) Math.floor(Math.log10(Math.max(m, x.low()) / x.low()) * BINS_PER_DECADE);
            bins[Math.max(0, Math.min(bins.length - 1, bin))]++;
        }
        final Axis y =
                Axis.logarithmic(
                        0.5, Math.max(10, 1.2 * Arrays.stream(bins).max().orElse(1)), BOTTOM, TOP);
        new Panel(svg, x, y)
                .vertical("blocks", 5)
                .horizontal("time that the host waited for a block, in µs", 5);
        for (int i = 0; i < bins.length; i++) {
            if (bins[i] > 0) {
                final double from = x.low() * Math.pow(10, (double) i / BINS_PER_DECADE);
                final double to = x.low() * Math.pow(10, (i + 1.0) / BINS_PER_DECADE);
                final double height = BOTTOM - y.at(bins[i]);
                svg.rect(
                        x.at(from) + 0.5,
                        BOTTOM - height,
                        x.at(to) - x.at(from) - 1,
                        height,
                        from >= deadlineMicros ? "bar bad" : "bar rt",
                        String.format(
                                Locale.ROOT, "%.1f to %.1f µs: %d blocks", from, to, bins[i]));
            }
        }
        final double deadline = x.at(deadlineMicros);
        final String label = String.format(Locale.ROOT, "a block lasts %.0f µs", deadlineMicros);
        svg.line(deadline, BOTTOM, deadline, TOP - 4, "deadline", label);
        final boolean left = deadline > Panel.RIGHT - 170;
        svg.text(deadline + (left ? -6 : 6), TOP + 8, left ? "end" : "start", "tick bad", label);
        return svg.toString();
    }
}
