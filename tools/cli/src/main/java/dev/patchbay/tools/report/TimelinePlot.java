// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import dev.patchbay.tools.demo.JvmLog;
import dev.patchbay.tools.demo.JvmLog.Pause;
import dev.patchbay.tools.demo.Recording;
import dev.patchbay.tools.demo.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a sceptic asks for: on one axis of time, how long each block took, above what the control JVM's collector did and how
 * much that JVM allocated. If collections delayed sound, dots would rise above the bars.
 */
final class TimelinePlot {
    private static final int BLOCKS_TOP = 22;
    private static final int BLOCKS_BOTTOM = 272;
    private static final int PAUSES_TOP = 300;
    private static final int PAUSES_BOTTOM = 390;
    private static final int ALLOCATION_TOP = 412;
    private static final int ALLOCATION_BOTTOM = 482;
    private static final int NAMED_BLOCKS = 20;
    private static final double BIN_SECONDS = 0.25;

    private final Recording recording;
    private final TimeSpan span;
    private final double deadlineMicros;
    private final Axis time;
    private final Svg svg =
            new Svg(
                    Panel.WIDTH,
                    ALLOCATION_BOTTOM + 44,
                    "Time of each block above the control JVM's pauses and allocation");

    private TimelinePlot(
            final Recording recording, final TimeSpan span, final double deadlineMicros) {
        this.recording = recording;
        this.span = span;
        this.deadlineMicros = deadlineMicros;
        this.time = Axis.linear(0, span.seconds(), Panel.LEFT, Panel.RIGHT);
    }

    static String of(final Recording recording, final TimeSpan span, final double deadlineMicros) {
        final TimelinePlot plot = new TimelinePlot(recording, span, deadlineMicros);
        plot.blocks();
        plot.pauses();
        plot.allocation();
        plot.presets();
        return plot.svg.toString();
    }

    private void blocks() {
        final long[] starts = recording.host().blockStartNanos();
        final double[] micros = recording.host().blockMicros();
        final double least = Math.max(0.1, Arrays.stream(micros).min().orElse(1));
        final double most = Math.max(deadlineMicros * 1.2, Arrays.stream(micros).max().orElse(1));
        final Axis y = Axis.decades(least, most, BLOCKS_BOTTOM, BLOCKS_TOP);
        new Panel(svg, time, y).vertical("RT: a block in µs", 5).verticalLines(10);
        final StringBuilder dots = new StringBuilder();
        final Set<String> drawn = new HashSet<>();
        for (int i = 0; i < micros.length; i++) {
            // Half a pixel is as fine as a dot can be seen: in a long run most lie upon others.
            final String dot =
                    "M"
                            + Math.round(time.at(span.at(starts[i])) * 2) / 2.0
                            + " "
                            + Math.round(y.at(micros[i]) * 2) / 2.0
                            + "h.01";
            if (drawn.add(dot)) {
                dots.append(dot);
            }
        }
        svg.path(dots, "dots rt", "");
        final double[] sorted = micros.clone();
        Arrays.sort(sorted);
        final double named =
                Math.min(deadlineMicros, sorted[Math.max(0, sorted.length - NAMED_BLOCKS)]);
        int left = 200;
        for (int i = 0; i < micros.length && left > 0; i++) {
            if (micros[i] >= named) {
                left--;
                svg.circle(
                        time.at(span.at(starts[i])),
                        y.at(micros[i]),
                        micros[i] > deadlineMicros ? 3.5 : 2.5,
                        micros[i] > deadlineMicros ? "bad" : "rt",
                        String.format(
                                Locale.ROOT,
                                "block %d at %.3f s: %.1f µs",
                                i,
                                span.at(starts[i]),
                                micros[i]));
            }
        }
        rtSafepoints();
        final String label = String.format(Locale.ROOT, "a block lasts %.0f µs", deadlineMicros);
        svg.line(
                time.from(),
                y.at(deadlineMicros),
                time.to(),
                y.at(deadlineMicros),
                "deadline",
                label);
        svg.text(time.to() - 4, y.at(deadlineMicros) - 6, "end", "tick bad", label);
    }

    private void rtSafepoints() {
        for (final Pause p :
                JvmLog.between(
                        recording.rtLog().safepoints(),
                        recording.startNanos(),
                        recording.endNanos())) {
            final double x = time.at(span.at(p.startNanos()));
            svg.line(
                    x,
                    BLOCKS_BOTTOM,
                    x,
                    BLOCKS_TOP,
                    "stop",
                    String.format(
                            Locale.ROOT,
                            "safepoint of the RT JVM, %s, %.3f ms",
                            p.name(),
                            p.millis()));
        }
    }

    private void pauses() {
        final List<Pause> all =
                JvmLog.between(
                        recording.controlLog().pauses(),
                        recording.startNanos(),
                        recording.endNanos());
        final double most = all.stream().mapToDouble(Pause::millis).max().orElse(0.01);
        final Axis y = Axis.linear(0, most * 1.1, PAUSES_BOTTOM, PAUSES_TOP);
        new Panel(svg, time, y).vertical("pause in ms", 3).verticalLines(10);
        // By pixel: a long run has more pauses than pixels, and the longest must stay visible.
        final TreeMap<Long, List<Pause>> byPixel = new TreeMap<>();
        for (final Pause pause : all) {
            byPixel.merge(
                    Math.round(time.at(span.at(pause.startNanos()))),
                    List.of(pause),
                    TimelinePlot::join);
        }
        byPixel.forEach(
                (x, at) -> {
                    final Pause longest =
                            at.stream()
                                    .max((a, b) -> Double.compare(a.millis(), b.millis()))
                                    .orElseThrow();
                    final double height = Math.max(1, PAUSES_BOTTOM - y.at(longest.millis()));
                    svg.rect(
                            x - 0.75,
                            PAUSES_BOTTOM - height,
                            Math.max(
                                    1.5,
                                    time.at(span.at(longest.endNanos()))
                                            - time.at(span.at(longest.startNanos()))),
                            height,
                            "bar control",
                            String.format(
                                    Locale.ROOT,
                                    "%s at %.3f s: %.3f ms%s",
                                    longest.name(),
                                    span.at(longest.startNanos()),
                                    longest.millis(),
                                    at.size() > 1
                                            ? ", the longest of " + at.size() + " here"
                                            : ""));
                });
        svg.text(
                time.from(),
                PAUSES_TOP - 8,
                "start",
                "tick control",
                "control: stop-the-world pauses of its collector");
    }

    private static List<Pause> join(final List<Pause> a, final List<Pause> b) {
        final List<Pause> joined = new ArrayList<>(a);
        joined.addAll(b);
        return joined;
    }

    private void allocation() {
        final double[] bytes = new double[(int) Math.ceil(span.seconds() / BIN_SECONDS)];
        final List<Sample> samples = recording.samples();
        for (int i = 1; i < samples.size(); i++) {
            final Sample before = samples.get(i - 1);
            final Sample sample = samples.get(i);
            final double more = Math.max(0, sample.controlAllocated() - before.controlAllocated());
            spread(bytes, span.at(before.nanos()), span.at(sample.nanos()), more);
        }
        final double most = Math.max(1, Arrays.stream(bytes).max().orElse(0) / 1e6 / BIN_SECONDS);
        final Axis y = Axis.linear(0, most * 1.1, ALLOCATION_BOTTOM, ALLOCATION_TOP);
        new Panel(svg, time, y).vertical("MB/s", 3).horizontal("time in s", 10);
        final StringBuilder area =
                new StringBuilder("M" + Svg.n(time.from()) + " " + ALLOCATION_BOTTOM);
        for (int i = 0; i < bytes.length; i++) {
            // The last bin may be shorter than the others.
            final double to = Math.min(span.seconds(), (i + 1) * BIN_SECONDS);
            area.append('V')
                    .append(Svg.n(y.at(bytes[i] / 1e6 / (to - i * BIN_SECONDS))))
                    .append('H')
                    .append(Svg.n(time.at(to)));
        }
        svg.path(
                area.append('V').append(ALLOCATION_BOTTOM).append('Z'),
                "area control",
                "allocated by the control JVM");
        svg.text(time.from(), ALLOCATION_TOP - 6, "start", "tick control", "control: allocation");
    }

    /** What was allocated between two samples belongs to each bin by its share of the time. */
    private static void spread(
            final double[] bins, final double from, final double to, final double bytes) {
        for (int bin = Math.max(0, (int) (from / BIN_SECONDS));
                bin < bins.length && bin * BIN_SECONDS < to;
                bin++) {
            final double overlap =
                    Math.min(to, (bin + 1) * BIN_SECONDS) - Math.max(from, bin * BIN_SECONDS);
            bins[bin] += bytes * Math.max(0, overlap) / (to - from);
        }
    }

    private void presets() {
        final List<Sample> samples = recording.samples();
        for (int i = 1; i < samples.size(); i++) {
            final Sample sample = samples.get(i);
            if (sample.presets() > samples.get(i - 1).presets() && span.holds(sample.nanos())) {
                final double x = time.at(span.at(sample.nanos()));
                svg.line(
                        x,
                        ALLOCATION_BOTTOM,
                        x,
                        BLOCKS_TOP,
                        "preset",
                        String.format(
                                Locale.ROOT,
                                "preset change %d at %.2f s",
                                sample.presets(),
                                span.at(sample.nanos())));
                svg.text(x, BLOCKS_TOP - 8, "middle", "tick preset-label", "P" + sample.presets());
            }
        }
    }
}
