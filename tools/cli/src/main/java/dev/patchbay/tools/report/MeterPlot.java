// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import dev.patchbay.tools.demo.Recording;
import dev.patchbay.tools.demo.Sample;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a user interface would show: output levels and active voices, as they were read from the region. */
final class MeterPlot {
    private static final double FLOOR_DB = -60;
    private static final int LEVEL_TOP = 28;
    private static final int LEVEL_BOTTOM = 172;
    private static final int VOICES_TOP = 192;
    private static final int VOICES_BOTTOM = 282;

    private MeterPlot() {}

    static String of(final Recording r, final TimeSpan span) {
        final Svg svg =
                new Svg(
                        Panel.WIDTH,
                        VOICES_BOTTOM + 44,
                        "Output levels and active voices over time");
        final Axis time = Axis.linear(0, span.seconds(), Panel.LEFT, Panel.RIGHT);
        final List<Sample> samples = r.samples();
        final Axis level = Axis.linear(FLOOR_DB, 0, LEVEL_BOTTOM, LEVEL_TOP);
        new Panel(svg, time, level).vertical("level in dBFS", 6).verticalLines(10);
        final int channels = samples.get(0).levels().length;
        for (int channel = 0; channel < channels; channel++) {
            final int c = channel;
            svg.path(
                    steps(samples, span, time, level, s -> Sample.decibels(s.levels()[c])),
                    "line " + (c % 2 == 0 ? "rt" : "second"),
                    "channel " + (c + 1));
        }
        final double most = samples.stream().mapToInt(Sample::voices).max().orElse(0);
        final Axis voices = Axis.linear(0, Math.max(4, most * 1.1), VOICES_BOTTOM, VOICES_TOP);
        new Panel(svg, time, voices).vertical("voices", 4).horizontal("time in s", 10);
        final StringBuilder area = steps(samples, span, time, voices, Sample::voices);
        svg.path(area, "line rt", "active voices, at most " + (int) most);
        legend(svg, channels);
        return svg.toString();
    }

    private static void legend(final Svg svg, final int channels) {
        for (int c = 0; c < Math.min(2, channels); c++) {
            final double x = Panel.RIGHT - 150 + c * 80;
            svg.line(
                    x,
                    LEVEL_TOP - 14,
                    x + 18,
                    LEVEL_TOP - 14,
                    "line " + (c == 0 ? "rt" : "second"));
            svg.text(
                    x + 24,
                    LEVEL_TOP - 10,
                    "start",
                    "tick",
                    channels == 2 ? c == 0 ? "left" : "right" : "ch. " + (c + 1));
        }
    }

    /** The greatest value of each pixel, joined; a long run has more samples than pixels. */
    private static StringBuilder steps(
            final List<Sample> samples,
            final TimeSpan span,
            final Axis x,
            final Axis y,
            final ToDoubleFunction<Sample> value) {
        final StringBuilder path = new StringBuilder();
        long pixel = -1;
        double best = 0;
        for (final Sample sample : samples) {
            final double seconds = span.at(sample.nanos());
            if (seconds < 0 || seconds > span.seconds()) {
                continue;
            }
            final long here = Math.round(x.at(seconds));
            if (here != pixel && pixel >= 0) {
                append(path, pixel, y.at(best));
                best = value.applyAsDouble(sample);
            } else {
                best =
                        pixel < 0
                                ? value.applyAsDouble(sample)
                                : Math.max(best, value.applyAsDouble(sample));
            }
            pixel = here;
        }
        append(path, Math.max(0, pixel), y.at(best));
        return path;
    }

    private static void append(final StringBuilder path, final long x, final double y) {
        path.append(path.isEmpty() ? 'M' : 'L').append(x).append(' ').append(Svg.n(y));
    }
}
