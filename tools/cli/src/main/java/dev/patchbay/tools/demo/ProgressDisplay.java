// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;

/** Shows how far the demo is: one line that changes on a terminal, else a line every five seconds. */
final class ProgressDisplay {
    private static final long TERMINAL_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 5_000_000_000L;
    private static final int COLUMNS = 80;
    private static final int BAR = 20;
    private static final int METER = 12;
    private static final double METER_FLOOR_DB = -48;

    private final PrintWriter out;
    private final boolean terminal;
    private final OptionalDouble totalSeconds;
    private final double blockSeconds;
    private long next = System.nanoTime();
    private boolean open;

    ProgressDisplay(
            final PrintWriter out,
            final boolean terminal,
            final OptionalDouble totalSeconds,
            final double blockSeconds) {
        this.out = out;
        this.terminal = terminal;
        this.totalSeconds = totalSeconds;
        this.blockSeconds = blockSeconds;
    }

    /** Says that nothing plays yet. */
    void starting(final String what) {
        if (terminal) {
            line(what);
        } else {
            out.println(what);
            out.flush();
        }
    }

    /** Shows a sample, if it is time to. */
    void show(final Sample sample) {
        if (sample.nanos() - next < 0) {
            return;
        }
        next = sample.nanos() + (terminal ? TERMINAL_NANOS : PLAIN_NANOS);
        line(text(sample));
    }

    /** Ends the line that changes. */
    void done() {
        if (open) {
            out.print("\r\033[K");
            out.flush();
            open = false;
        }
    }

    /** The whole state; on a terminal short enough for 80 columns, since a line that wraps cannot be overwritten. */
    String text(final Sample sample) {
        if (!terminal) {
            return full(sample);
        }
        final String text = brief(sample);
        return text.substring(0, Math.min(text.length(), COLUMNS - 1));
    }

    private String brief(final Sample sample) {
        final double seconds = sample.blocks() * blockSeconds;
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%.1f", seconds));
        totalSeconds.ifPresent(
                total ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "/%.1f s %s",
                                        total,
                                        bar(seconds / total, BAR / 2))));
        return text.append(
                        String.format(
                                Locale.ROOT,
                                " %.0f dB %s %d voices %d missed GC control %d RT %d",
                                sample.levelDb(),
                                bar(1 - sample.levelDb() / METER_FLOOR_DB, METER / 3),
                                sample.voices(),
                                sample.missedDeadlines(),
                                sample.controlCollections(),
                                sample.rtCollections()))
                .toString();
    }

    private String full(final Sample sample) {
        final double seconds = sample.blocks() * blockSeconds;
        final StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "%6.1f s", seconds));
        totalSeconds.ifPresent(
                total ->
                        text.append(String.format(Locale.ROOT, " of %.1f s ", total))
                                .append(bar(seconds / total, BAR)));
        final double level = sample.levelDb();
        return text.append(' ')
                .append(level <= -120 ? "silence" : String.format(Locale.ROOT, "%6.1f dB", level))
                .append(String.format(Locale.ROOT, "  %2d voices", sample.voices()))
                .append(String.format(Locale.ROOT, "  %d missed", sample.missedDeadlines()))
                .append(
                        String.format(
                                Locale.ROOT,
                                "  collections: control %d, RT %d",
                                sample.controlCollections(),
                                sample.rtCollections()))
                .toString();
    }

    private static String bar(final double share, final int width) {
        final int full = (int) Math.round(Math.max(0, Math.min(1, share)) * width);
        return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
    }

    private void line(final String text) {
        if (terminal) {
            out.print("\r" + text + "\033[K");
            open = true;
        } else {
            out.println(text);
        }
        out.flush();
    }
}
