// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.Parameter;
import dev.patchbay.tools.project.BuildFile.Plugin;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** A picture of a plug-in that has no panel of its own: its name, its vendor, and a knob for each parameter, at its default. */
final class PanelPicture {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 270;
    private static final int MARGIN = 24;
    private static final int TITLE = 72;
    private static final int MOST_COLUMNS = 10;
    private static final int MOST_ROWS = 3;

    /** A knob turns from lower left to lower right. */
    private static final double KNOB_START = 225;

    private static final double KNOB_EXTENT = 270;

    private static final Color BACKGROUND = new Color(0x22272e);
    private static final Color GROOVE = new Color(0x444c56);
    private static final Color TEXT = new Color(0xe6edf3);
    private static final Color QUIET = new Color(0x909dab);
    private static final Color VALUE = new Color(0xe8a33d);

    private final Plugin plugin;
    private final List<Parameter> shown;

    /** This Java has no means to draw. */
    static final class NoPictureException extends Exception {
        private static final long serialVersionUID = 1;

        NoPictureException(final Throwable cause) {
            super(cause.toString(), cause);
        }
    }

    PanelPicture(final Plugin plugin, final List<Parameter> parameters) {
        this.plugin = plugin;
        this.shown =
                parameters.stream()
                        .filter(p -> !p.flags().contains(Parameter.Flag.HIDDEN))
                        .limit(MOST_COLUMNS * MOST_ROWS)
                        .toList();
    }

    /**
     * Draws it.
     *
     * @param scale pixels for each unit of the picture
     * @throws NoPictureException where this Java has no fonts, or no library to draw them
     */
    byte[] png(final double scale) throws IOException, NoPictureException {
        // Nothing of this needs a screen, and none is to be looked for.
        System.setProperty("java.awt.headless", "true");
        try {
            final BufferedImage image =
                    new BufferedImage(
                            (int) (WIDTH * scale),
                            (int) (HEIGHT * scale),
                            BufferedImage.TYPE_INT_RGB);
            final Graphics2D g = image.createGraphics();
            g.scale(scale, scale);
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            draw(g);
            g.dispose();
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (final RuntimeException | LinkageError | InternalError e) {
            // What is thrown without fonts differs between JDKs, and all of it is thrown from here.
            throw new NoPictureException(e);
        }
    }

    private void draw(final Graphics2D g) {
        g.setColor(BACKGROUND);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        text(g, plugin.name(), 26, TEXT, MARGIN, 44, WIDTH - 2 * MARGIN, false);
        text(g, plugin.vendor(), 13, QUIET, MARGIN, 64, WIDTH - 2 * MARGIN, false);
        g.setColor(GROOVE);
        g.fill(new RoundRectangle2D.Double(MARGIN, TITLE + 4, WIDTH - 2.0 * MARGIN, 2, 2, 2));
        final int columns = Math.max(1, Math.min(MOST_COLUMNS, columns(shown.size())));
        final int rows = Math.max(1, (shown.size() + columns - 1) / columns);
        final double cellWidth = (WIDTH - 2.0 * MARGIN) / columns;
        final double cellHeight = (HEIGHT - TITLE - 1.5 * MARGIN) / rows;
        for (int i = 0; i < shown.size(); i++) {
            final double x = MARGIN + i % columns * cellWidth;
            final double y = TITLE + MARGIN / 2.0 + i / columns * cellHeight;
            knob(g, shown.get(i), x, y, cellWidth, cellHeight);
        }
    }

    /** Few knobs lie in one row, many in three. */
    private static int columns(final int count) {
        return count <= 5 ? count : count <= 10 ? (count + 1) / 2 : (count + 2) / MOST_ROWS;
    }

    private static void knob(
            final Graphics2D g,
            final Parameter parameter,
            final double x,
            final double y,
            final double width,
            final double height) {
        final double size = Math.min(64, Math.min(width - 10, height - 24));
        final double left = x + (width - size) / 2;
        final double top = y + (height - size - 14) / 2;
        g.setStroke(
                new BasicStroke((float) (size / 9), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(GROOVE);
        g.draw(new Arc2D.Double(left, top, size, size, KNOB_START, -KNOB_EXTENT, Arc2D.OPEN));
        g.setColor(VALUE);
        final double turned = -KNOB_EXTENT * parameter.defaultNormalized();
        g.draw(new Arc2D.Double(left, top, size, size, KNOB_START, turned, Arc2D.OPEN));
        text(g, parameter.shortName(), 10, QUIET, x + 1, top + size + 12, width - 2, true);
    }

    /** Writes a text into a line from x on, or into its middle. What is too wide is made smaller. */
    private static void text(
            final Graphics2D g,
            final String text,
            final float size,
            final Color colour,
            final double x,
            final double y,
            final double room,
            final boolean centred) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(size);
        FontMetrics metrics = g.getFontMetrics(font);
        if (metrics.stringWidth(text) > room) {
            font = font.deriveFont((float) (size * room / metrics.stringWidth(text)));
            metrics = g.getFontMetrics(font);
        }
        g.setFont(font);
        g.setColor(colour);
        final double left = centred ? x + (room - metrics.stringWidth(text)) / 2 : x;
        g.drawString(text, (float) left, (float) y);
    }
}
