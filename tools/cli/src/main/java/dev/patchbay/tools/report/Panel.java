// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

/** The frame of a plot: grid, labelled axes, and what both axes measure. */
public final class Panel {
    /** Pixels of a picture from side to side. */
    public static final int WIDTH = 960;

    /** Where the frames begin. */
    public static final double LEFT = 72;

    /** Where the frames end. */
    public static final double RIGHT = WIDTH - 28;

    private static final double TICK_GAP = 8;

    private final Svg svg;
    private final Axis x;
    private final Axis y;

    /** Draws a frame over the spans of two axes. */
    public Panel(final Svg svg, final Axis x, final Axis y) {
        this.svg = svg;
        this.x = x;
        this.y = y;
    }

    /** Draws grid and labels of the vertical axis. */
    public Panel vertical(final String title, final int ticks) {
        for (final Axis.Tick tick : y.ticks(ticks)) {
            final double at = y.at(tick.value());
            svg.line(x.from(), at, x.to(), at, "grid");
            svg.text(x.from() - TICK_GAP, at + 4, "end", "tick", tick.label());
        }
        svg.upright(16, (y.from() + y.to()) / 2, "axis", title);
        return this;
    }

    /** Draws grid and labels of the horizontal axis. */
    public Panel horizontal(final String title, final int ticks) {
        for (final Axis.Tick tick : x.ticks(ticks)) {
            final double at = x.at(tick.value());
            svg.line(at, y.from(), at, y.to(), "grid");
            svg.text(at, y.from() + 18, "middle", "tick", tick.label());
        }
        svg.text((x.from() + x.to()) / 2, y.from() + 38, "middle", "axis", title);
        return this;
    }

    /** Draws the grid of the horizontal axis alone, for a frame above another with the same axis. */
    public Panel verticalLines(final int ticks) {
        for (final Axis.Tick tick : x.ticks(ticks)) {
            final double at = x.at(tick.value());
            svg.line(at, y.from(), at, y.to(), "grid");
        }
        return this;
    }
}
