// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import java.util.Locale;

/** Writes an SVG picture; colours come from classes of the page's style sheet, or of its own. */
public final class Svg {
    private final StringBuilder out = new StringBuilder();

    /**
     * Starts a picture.
     *
     * @param width in pixels
     * @param height in pixels
     * @param label what it shows, for who cannot see it
     */
    public Svg(final int width, final int height, final String label) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                + " role=\"img\" aria-label=\"%s\">%n",
                        width,
                        height,
                        escape(label)));
    }

    /** A line. */
    public Svg line(
            final double x1,
            final double y1,
            final double x2,
            final double y2,
            final String style) {
        return element(
                        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" class=\"%s\"",
                        n(x1), n(y1), n(x2), n(y2), style)
                .end("");
    }

    /** A line; the title is shown where the pointer rests on it. */
    public Svg line(
            final double x1,
            final double y1,
            final double x2,
            final double y2,
            final String style,
            final String title) {
        return element(
                        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" class=\"%s\"",
                        n(x1), n(y1), n(x2), n(y2), style)
                .end(title);
    }

    /** A rectangle; the title, if not empty, is shown where the pointer rests on it. */
    public Svg rect(
            final double x,
            final double y,
            final double width,
            final double height,
            final String style,
            final String title) {
        return element(
                        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" class=\"%s\"",
                        n(x), n(y), n(width), n(height), style)
                .end(title);
    }

    /** A circle. */
    public Svg circle(
            final double x,
            final double y,
            final double radius,
            final String style,
            final String title) {
        return element(
                        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" class=\"%s\"",
                        n(x), n(y), n(radius), style)
                .end(title);
    }

    Svg path(final CharSequence data, final String style, final String title) {
        return element("<path d=\"%s\" class=\"%s\"", data, style).end(title);
    }

    /** A text whose anchor is start, middle or end. */
    public Svg text(
            final double x,
            final double y,
            final String anchor,
            final String style,
            final String text) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" class=\"%s\">%s</text>%n",
                        n(x),
                        n(y),
                        anchor,
                        style,
                        escape(text)));
        return this;
    }

    /** A text that reads from bottom to top. */
    Svg upright(final double x, final double y, final String style, final String text) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "<text transform=\"translate(%s %s) rotate(-90)\" text-anchor=\"middle\""
                                + " class=\"%s\">%s</text>%n",
                        n(x),
                        n(y),
                        style,
                        escape(text)));
        return this;
    }

    /** Gives the picture a style sheet of its own, so that it needs no page around it. */
    public Svg style(final String css) {
        out.append("<style>").append(escape(css)).append("</style>\n");
        return this;
    }

    private Svg element(final String format, final Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments));
        return this;
    }

    private Svg end(final String title) {
        final int start = out.lastIndexOf("<") + 1;
        final String name = out.substring(start, out.indexOf(" ", start));
        out.append(
                title.isEmpty()
                        ? "/>\n"
                        : "><title>" + escape(title) + "</title></" + name + ">\n");
        return this;
    }

    @Override
    public String toString() {
        return out + "</svg>\n";
    }

    /** A number with as few digits as a picture needs. */
    static String n(final double value) {
        final String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    /** A text as XML and HTML take it; characters that XML forbids are replaced. */
    public static String escape(final String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t\n]]", "\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
