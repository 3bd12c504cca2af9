// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import dev.patchbay.tools.demo.Recording;
import dev.patchbay.tools.realtime.BlockTrace;
import dev.patchbay.tools.realtime.Verdict;
import dev.patchbay.tools.soak.MissedDeadlines;
import dev.patchbay.tools.soak.Noise;
import dev.patchbay.tools.soak.SoakFigures;
import dev.patchbay.tools.soak.SoakFigures.Times;
import java.util.Locale;

/** The report of a soak: as tables for the terminal, and as one page that needs nothing else. */
public final class SoakReport {
    private final SoakFigures figures;
    private final Recording recording;
    private final Noise noise;

    /** A report of these figures and of what they were taken from. */
    public SoakReport(final SoakFigures figures, final Recording recording, final Noise noise) {
        this.figures = figures;
        this.recording = recording;
        this.noise = noise;
    }

    /** The tables in plain text. */
    public static String text(final SoakFigures figures) {
        final StringBuilder text = new StringBuilder(lead(figures)).append("\n\n");
        text.append(disturbances(figures)).append('\n').append(times(figures));
        for (final Verdict.Count count : figures.verdict().counts()) {
            if (!count.passed()) {
                text.append('\n').append(count.kind().unit()).append(":\n");
                for (final Verdict.Offence place : count.places()) {
                    text.append("  ").append(place).append('\n');
                }
                text.append("  remedy: ").append(count.kind().remedy()).append('\n');
            }
        }
        return text.toString();
    }

    private static String lead(final SoakFigures f) {
        return String.format(
                Locale.ROOT,
                "%s: %s played %d blocks of %d frames at %d Hz for %.1f min (%s), while the control"
                    + " JVM (%s) allocated %.0f MB/s; %d blocks missed their deadline, %d of them"
                    + " while the bare thread was late by more than a block, too.",
                f.passed() ? "passed" : "failed",
                f.run().plugin(),
                f.verdict().blocks(),
                f.run().blockSize(),
                f.run().sampleRate(),
                f.minutes(),
                f.scheduling(),
                f.run().control().gc(),
                f.run().control().allocatedMBps(),
                f.missedDeadlines().total(),
                f.missedDeadlines().besideNoise());
    }

    private static TextTable disturbances(final SoakFigures figures) {
        final TextTable table = new TextTable("after warm-up", ">count", ">limit");
        for (final Verdict.Count count : figures.verdict().counts()) {
            table.row(
                    count.kind().unit(),
                    Long.toString(count.count()),
                    Long.toString(count.limit()));
        }
        final MissedDeadlines missed = figures.missedDeadlines();
        table.row("missed deadlines", Long.toString(missed.total() - missed.besideNoise()), "0");
        table.row(
                "missed deadlines while the machine was late",
                Long.toString(missed.besideNoise()),
                "");
        return table;
    }

    private static TextTable times(final SoakFigures f) {
        final TextTable table =
                new TextTable(
                        "µs",
                        ">count",
                        ">p50",
                        ">p99",
                        ">p99.9",
                        ">p99.99",
                        ">max",
                        ">over a block");
        row(table, "engine's time for a block", f.renderMicros(), "");
        row(table, "host's wait for a block", f.waitMicros(), Long.toString(f.lateWaits()));
        row(
                table,
                "noise: delay of a bare thread",
                f.noise().lateMicros(),
                Long.toString(f.noise().beyondPeriod()));
        return table;
    }

    private static void row(
            final TextTable table, final String name, final Times t, final String beyond) {
        table.row(
                name,
                Long.toString(t.count()),
                number(t.p50()),
                number(t.p99()),
                number(t.p999()),
                number(t.p9999()),
                number(t.max()),
                beyond);
    }

    private static String number(final double micros) {
        return String.format(Locale.ROOT, "%.1f", micros);
    }

    /** The page. */
    public String html() {
        final BlockTrace trace = recording.trace();
        final double[] renders = new double[trace.count()];
        for (int i = 0; i < renders.length; i++) {
            renders[i] = trace.nanos(i) / 1000.0;
        }
        final StringBuilder page = new StringBuilder();
        final String title = Svg.escape("Patchbay soak: " + figures.run().plugin());
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<title>").append(title).append("</title>\n<style>\n");
        page.append(HtmlReport.style()).append("</style>\n</head>\n<body>\n<main>\n");
        page.append("<h1>").append(title).append("</h1>\n<p class=\"lead\">");
        page.append(Svg.escape(lead(figures))).append("</p>\n");
        page.append(disturbances(figures).html()).append(times(figures).html());
        HtmlReport.figure(
                page,
                "Blocks and the machine's own noise on one axis of time",
                "A dot for each block, and for each time that a bare thread of the same priority"
                        + " woke, in a process of its own that does nothing else ("
                        + figures.noise().scheduling()
                        + "). Red dots took longer than a block sounds.",
                SoakTimelinePlot.of(recording, noise, figures.periodMicros()));
        HtmlReport.figure(
                page,
                "Histograms",
                "The same figures by how often they occurred.",
                SoakHistogramPlot.of(
                        renders,
                        recording.host().blockMicros(),
                        noise.lateMicros(),
                        figures.periodMicros()));
        page.append("<footer>\n<p>")
                .append(Svg.escape(machine()))
                .append("</p>\n</footer>\n</main>\n</body>\n</html>\n");
        return page.toString();
    }

    private String machine() {
        final var machine = figures.run().machine();
        return String.format(
                Locale.ROOT,
                "Measured on %s, %d processors, %d MiB, %s, Java %s. Allocation, faults and waits"
                    + " are those of the engine's thread while it renders; the rest is that of its"
                    + " whole JVM from the first block to the last. The machine took the processor"
                    + " away from the engine %d times within a block. All figures are in"
                    + " summary.json, the logs in the folder logs beside it.",
                machine.processor(),
                machine.processors(),
                machine.memoryMiB(),
                machine.kernel(),
                machine.java(),
                figures.verdict().involuntarySwitches());
    }
}
