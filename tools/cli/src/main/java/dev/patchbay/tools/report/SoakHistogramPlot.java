// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * How many of how many microseconds: the engine's blocks, the host's waits and the machine's noise, as three lines with both scales
 * logarithmic, so that a single slow one can be seen.
 */
final class SoakHistogramPlot {
    private static final int TOP = 40;
    private static final int BOTTOM = 280;
    private static final int BINS_PER_DECADE = 12;
    private static final double LEAST_MICROS = 0.1;

    private final Svg svg =
            new Svg(Panel.WIDTH, BOTTOM + 48, "Histograms of block times and of the noise");
    private final Axis x;
    private final Axis y;

    private SoakHistogramPlot(final double most, final int count) {
        x = Axis.decades(LEAST_MICROS, most, Panel.LEFT, Panel.RIGHT);
        y = Axis.logarithmic(0.5, Math.max(10, 1.5 * count), BOTTOM, TOP);
        new Panel(svg, x, y).vertical("how many", 5).horizontal("µs", 6);
    }

    static String of(
            final double[] renders,
            final double[] waits,
            final double[] noise,
            final double periodMicros) {
        final double most =
                Math.max(
                        periodMicros * 1.2,
                        Math.max(most(renders), Math.max(most(waits), most(noise))));
        final SoakHistogramPlot plot = new SoakHistogramPlot(most, waits.length);
        plot.line(renders, "rt", "engine's time for a block", 0);
        plot.line(waits, "second", "host's wait for a block", 1);
        plot.line(noise, "control", "delay of a bare thread", 2);
        final double deadline = plot.x.at(periodMicros);
        final String label = String.format(Locale.ROOT, "a block lasts %.0f µs", periodMicros);
        plot.svg.line(deadline, BOTTOM, deadline, TOP - 4, "deadline", label);
        plot.svg.text(deadline + 6, TOP + 8, "start", "tick bad", label);
        return plot.svg.toString();
    }

    private static double most(final double[] micros) {
        return Arrays.stream(micros).max().orElse(1);
    }

    private void line(
            final double[] micros, final String style, final String label, final int place) {
        final int[] bins =
                new int[(int) Math.round(Math.log10(x.high() / x.low()) * BINS_PER_DECADE)];
        for (final double m : micros) {
            final int bin =
                    (int) Math.floor(Math.log10(Math.max(m, x.low()) / x.low()) * BINS_PER_DECADE);
            bins[Math.max(0, Math.min(bins.length - 1, bin))]++;
        }
        final StringBuilder path = new StringBuilder();
        for (int i = 0; i < bins.length; i++) {
            final double from = x.at(x.low() * Math.pow(10, (double) i / BINS_PER_DECADE));
            final double to = x.at(x.low() * Math.pow(10, (i + 1.0) / BINS_PER_DECADE));
            path.append(path.isEmpty() ? "M" : "L").append(Svg.n(from)).append(' ');
            path.append(Svg.n(y.at(bins[i]))).append('H').append(Svg.n(to));
        }
        svg.path(path, "line " + style, label);
        final double at = Panel.LEFT + place * 250;
        svg.path("M" + at + " 16h24", "line " + style, label);
        svg.text(at + 32, 20, "start", "tick", label);
    }
}
