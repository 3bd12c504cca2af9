// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import dev.patchbay.tools.demo.Figures;
import dev.patchbay.tools.demo.Figures.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures that matter, as label and value: on the terminal, and at the head of the report. */
public final class SummaryTable {
    private SummaryTable() {}

    /** A line of the table. */
    record Row(String label, String value) {}

    /** The table in plain text. */
    public static String of(final Figures f) {
        final StringBuilder text = new StringBuilder();
        final List<Row> rows = rows(f);
        final int width = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
        for (final Row row : rows) {
            text.append(row.label())
                    .append(" ".repeat(width - row.label().length() + 2))
                    .append(row.value())
                    .append('\n');
        }
        return text.toString();
    }

    /** The profile as a table for a terminal, with an empty line before it; nothing where there is none. */
    public static String profile(final Figures f) {
        if (f.profile().isEmpty()) {
            return "";
        }
        final StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%nphase of a block   p50 µs    p99 µs    max µs  share of its time%n"));
        for (final Figures.PhaseTimes phase : f.profile()) {
            final Times t = phase.micros();
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-15s %9.2f %9.2f %9.2f  %s%n",
                            phase.name(),
                            t.p50(),
                            t.p99(),
                            t.max(),
                            phase.share() == 0
                                    ? "-"
                                    : String.format(Locale.ROOT, "%.1f %%", phase.share() * 100)));
        }
        return text.toString();
    }

    static List<Row> rows(final Figures f) {
        final List<Row> rows = new ArrayList<>();
        rows.add(
                row(
                        "played",
                        "%s, %.1f s, %d notes, %s",
                        f.plugin(),
                        f.seconds(),
                        f.notesPlayed(),
                        f.mode()));
        rows.add(
                row(
                        "blocks",
                        "%d of %d frames at %d Hz, %.0f µs each",
                        f.blocks(),
                        f.blockSize(),
                        f.sampleRate(),
                        f.deadlineMicros()));
        rows.add(row("missed deadlines", "%d", f.missedDeadlines()));
        rows.add(row("level", "peak %.1f dBFS, RMS %.1f dBFS", f.peakDb(), f.rmsDb()));
        rows.add(row("round trip", "%s", times(f.roundTripMicros())));
        rows.add(row("RT render", "%s", times(f.rt().renderMicros())));
        rows.add(
                row(
                        "RT JVM",
                        "%s: %d collections, %d safepoints, %d bytes allocated in %d blocks",
                        f.rt().gc(),
                        f.rt().collections(),
                        f.rt().safepointsAfterWarmup(),
                        f.rt().allocatedBytes(),
                        f.rt().measuredBlocks()));
        rows.add(
                row(
                        "RT ready",
                        "after %.0f ms, %.0f of them warm-up, %s AOT cache; then %d compilations,"
                                + " %d deoptimizations",
                        f.rt().timeToReadyMillis(),
                        f.rt().warmUpMillis(),
                        f.rt().aotCache() ? "with" : "without",
                        f.rt().compilationsAfterWarmup(),
                        f.rt().deoptimizationsAfterWarmup()));
        rows.add(
                row(
                        "control JVM",
                        "%s: %d collections, %.2f ms paused, %.0f MB/s allocated, %d presets",
                        f.control().gc(),
                        f.control().collections(),
                        f.control().pauseMsTotal(),
                        f.control().allocatedMBps(),
                        f.control().presetsSelected()));
        if (f.rt().ended() + f.control().ended() > 0) {
            rows.add(
                    row(
                            "ended unasked",
                            "RT %d times, control %d times",
                            f.rt().ended(),
                            f.control().ended()));
        }
        return rows;
    }

    private static Row row(final String label, final String format, final Object... values) {
        return new Row(label, String.format(Locale.ROOT, format, values));
    }

    private static String times(final Times t) {
        return String.format(
                Locale.ROOT, "p50 %.1f µs, p99 %.1f µs, max %.1f µs", t.p50(), t.p99(), t.max());
    }
}
