// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import dev.patchbay.tools.demo.Recording;
import dev.patchbay.tools.realtime.BlockTrace;
import dev.patchbay.tools.soak.Noise;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/**
 * On one axis of time and with one scale: how long the engine worked on each block, how long the host waited for it, and how late a
 * bare thread woke at that time. What stands in the lowest panel too is the machine's.
 */
final class SoakTimelinePlot {
    private static final int HEIGHT = 170;
    private static final int GAP = 44;
    private static final int TOP = 26;
    private static final double LEAST_MICROS = 0.1;

    private final Axis time;
    private final TimeSpan span;
    private final double most;
    private final double periodMicros;
    private final Svg svg =
            new Svg(
                    Panel.WIDTH,
                    TOP + 3 * (HEIGHT + GAP) + 20,
                    "Time of each block above the machine's own noise");
    private int top = TOP;

    private SoakTimelinePlot(final TimeSpan span, final double most, final double periodMicros) {
        this.span = span;
        this.most = most;
        this.periodMicros = periodMicros;
        this.time = Axis.linear(0, span.seconds(), Panel.LEFT, Panel.RIGHT);
    }

    static String of(final Recording recording, final Noise noise, final double periodMicros) {
        final BlockTrace trace = recording.trace();
        final long[] starts = recording.host().blockStartNanos();
        final double[] waits = recording.host().blockMicros();
        final double[] late = noise.lateMicros();
        final double most =
                Math.max(
                        periodMicros * 1.2,
                        Math.max(
                                Arrays.stream(waits).max().orElse(1),
                                Arrays.stream(late).max().orElse(1)));
        final TimeSpan span =
                new TimeSpan(
                        recording.startNanos(),
                        (recording.endNanos() - recording.startNanos()) / 1e9 + periodMicros / 1e6);
        final SoakTimelinePlot plot = new SoakTimelinePlot(span, most, periodMicros);
        plot.panel(
                "engine, µs",
                "the engine's own time for each block",
                "rt",
                trace.count(),
                trace::startNanos,
                i -> trace.nanos(i) / 1000.0);
        plot.panel(
                "host, µs",
                "what the host waited for each block",
                "second",
                starts.length,
                i -> starts[i],
                i -> waits[i]);
        plot.panel(
                "noise, µs",
                "how late a bare thread woke: the machine's own noise",
                "control",
                late.length,
                i -> noise.dueNanos()[i],
                i -> late[i]);
        plot.svg.text(
                (Panel.LEFT + Panel.RIGHT) / 2, plot.top - GAP + 40, "middle", "axis", "time in s");
        return plot.svg.toString();
    }

    private void panel(
            final String title,
            final String caption,
            final String style,
            final int count,
            final IntToLongFunction nanos,
            final IntToDoubleFunction micros) {
        final int bottom = top + HEIGHT;
        final Axis y = Axis.decades(LEAST_MICROS, most, bottom, top);
        new Panel(svg, time, y).vertical(title, 5).horizontal("", 10);
        svg.text(time.from(), top - 8, "start", "tick", caption);
        final StringBuilder dots = new StringBuilder();
        final StringBuilder beyond = new StringBuilder();
        final Set<Long> drawn = new HashSet<>();
        for (int i = 0; i < count; i++) {
            final double value = micros.applyAsDouble(i);
            // Half a pixel is as fine as a dot can be seen: most lie upon others.
            final long x = Math.round(time.at(span.at(nanos.applyAsLong(i))) * 2);
            final long at = Math.round(y.at(value) * 2);
            if (drawn.add(x << 32 | at)) {
                (value > periodMicros ? beyond : dots)
                        .append('M')
                        .append(x / 2.0)
                        .append(' ')
                        .append(at / 2.0)
                        .append("h.01");
            }
        }
        svg.path(dots, "dots " + style, "");
        if (!beyond.isEmpty()) {
            svg.path(beyond, "dots bad", "longer than a block sounds");
        }
        final String label = String.format(Locale.ROOT, "a block lasts %.0f µs", periodMicros);
        svg.line(time.from(), y.at(periodMicros), time.to(), y.at(periodMicros), "deadline", label);
        svg.text(time.to() - 4, y.at(periodMicros) - 6, "end", "tick bad", label);
        top = bottom + GAP;
    }
}
