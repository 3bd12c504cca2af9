// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.tools.demo.Figures;
import dev.patchbay.tools.demo.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The report of a demo: one page that needs nothing else, neither network nor script. */
public final class HtmlReport {
    private final Recording recording;
    private final Figures figures;

    /** A report of this run and its figures. */
    public HtmlReport(final Recording recording, final Figures figures) {
        this.recording = recording;
        this.figures = figures;
    }

    /** The page. */
    public String html() {
        final double period = recording.host().blockPeriodMicros();
        final TimeSpan span =
                new TimeSpan(
                        recording.startNanos(),
                        (recording.endNanos() - recording.startNanos()) / 1e9 + period / 1e6);
        final StringBuilder page = new StringBuilder();
        final String title = Svg.escape("Patchbay demo: " + figures.plugin());
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<title>")
                .append(title)
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n");
        page.append("<h1>").append(title).append("</h1>\n");
        page.append("<p class=\"lead\">").append(Svg.escape(lead())).append("</p>\n");
        table(page);
        figure(
                page,
                "Sound and collector on one axis of time",
                "Above, a dot for each block: how long the host waited for it. Below, at the same"
                    + " times, each stop-the-world pause of the control JVM's collector, and how"
                    + " much that JVM allocated. Dashed lines are preset changes (P1, P2, …). A"
                    + " safepoint of the RT JVM would be a red line through the dots.",
                TimelinePlot.of(recording, span, period));
        figure(
                page,
                "Time for a block",
                "How many blocks took how long, the whole call of the plug-in's process() included."
                        + " Both scales are logarithmic: a single slow block shows.",
                BlockHistogramPlot.of(recording.host().blockMicros(), period));
        if (!figures.profile().isEmpty()) {
            figure(
                    page,
                    "Where a block's time goes",
                    "What RT did for each block, as it measured itself: to the end of a bar the"
                        + " median, to the end of the line what 99 % of the blocks did not exceed."
                        + " Waiting is the time until the next request.",
                    ProfilePlot.of(figures.profile()));
        }
        figure(
                page,
                "Meters",
                "Output levels and voices as a user interface would read them from the shared"
                        + " region, 30 times a second.",
                MeterPlot.of(recording, span));
        figure(
                page,
                "The sound",
                "Least and greatest sample of each pixel.",
                WaveformPlot.of(recording.wave()));
        footer(page);
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private String lead() {
        return String.format(
                Locale.ROOT,
                "While the control JVM (%s) allocated %.0f MB/s, was collected %d times and"
                    + " selected %d presets, the RT JVM (%s) rendered %d blocks with %d collections"
                    + " and %d safepoints; %d blocks missed their deadline.",
                figures.control().gc(),
                figures.control().allocatedMBps(),
                figures.control().collections(),
                figures.control().presetsSelected(),
                figures.rt().gc(),
                figures.rt().blocks(),
                figures.rt().collections(),
                figures.rt().safepointsAfterWarmup(),
                figures.missedDeadlines());
    }

    private void table(final StringBuilder page) {
        page.append("<table>\n");
        for (final SummaryTable.Row row : SummaryTable.rows(figures)) {
            page.append("<tr><th scope=\"row\">")
                    .append(Svg.escape(row.label()))
                    .append("</th><td>")
                    .append(Svg.escape(row.value()))
                    .append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    /** Adds a plot with its heading and what it shows. */
    public static void figure(
            final StringBuilder page,
            final String heading,
            final String caption,
            final String svg) {
        page.append("<figure>\n<h2>")
                .append(Svg.escape(heading))
                .append("</h2>\n<p>")
                .append(Svg.escape(caption))
                .append("</p>\n");
        page.append("<div class=\"plot\">\n").append(svg).append("</div>\n</figure>\n");
    }

    private void footer(final StringBuilder page) {
        final Figures.Rt rt = figures.rt();
        page.append("<footer>\n<p>")
                .append(
                        Svg.escape(
                                String.format(
                                        Locale.ROOT,
                                        "Measured on %s, %d processors, %d MiB, %s, Java %s. %s",
                                        figures.machine().processor(),
                                        figures.machine().processors(),
                                        figures.machine().memoryMiB(),
                                        figures.machine().kernel(),
                                        figures.machine().java(),
                                        "Other programs, and virtual machines beside this one,"
                                                + " delay blocks as well.")))
                .append("</p>\n<p>")
                .append(
                        Svg.escape(
                                String.format(
                                        Locale.ROOT,
                                        "After warm-up (%.0f ms) the RT JVM's log has %d"
                                            + " safepoints, %d handshakes, %d deoptimizations, %d"
                                            + " compilations and %d class loads. Percentiles of"
                                            + " round trip and render time are upper bounds of"
                                            + " buckets 6.25 %% wide; the maxima are exact. MB are"
                                            + " 10⁶ bytes. All figures are in summary.json, the"
                                            + " logs in the folder logs beside it.",
                                        rt.warmUpMillis(),
                                        rt.safepointsAfterWarmup(),
                                        rt.handshakesAfterWarmup(),
                                        rt.deoptimizationsAfterWarmup(),
                                        rt.compilationsAfterWarmup(),
                                        rt.classLoadsAfterWarmup())))
                .append("</p>\n</footer>\n");
    }

    /** The style sheet of the pages. */
    public static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
