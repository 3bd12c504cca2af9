// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

/** The sound: for each pixel the span between its least and its greatest sample, a lane for each channel. */
final class WaveformPlot {
    private static final int LANE = 110;
    private static final int GAP = 14;

    private WaveformPlot() {}

    static String of(final Wave wave) {
        final int height = 12 + wave.channels() * (LANE + GAP) + 36;
        final Svg svg =
                new Svg(
                        Panel.WIDTH,
                        height,
                        "Waveform of the rendered sound, " + wave.channels() + " channels");
        final Axis time = Axis.linear(0, wave.seconds(), Panel.LEFT, Panel.RIGHT);
        for (int channel = 0; channel < wave.channels(); channel++) {
            final double top = 12 + channel * (double) (LANE + GAP);
            final Axis level = Axis.linear(-1, 1, top + LANE, top);
            final Panel panel =
                    new Panel(svg, time, level).vertical(name(channel, wave.channels()), 2);
            if (channel == wave.channels() - 1) {
                panel.horizontal("time in s", 10);
            } else {
                panel.verticalLines(10);
            }
            svg.path(outline(wave, channel, time, level), "wave", "");
        }
        return svg.toString();
    }

    private static StringBuilder outline(
            final Wave wave, final int channel, final Axis time, final Axis level) {
        final StringBuilder path = new StringBuilder();
        for (int column = 0; column < wave.columns(); column++) {
            final double x = time.at((column + 0.5) * wave.seconds() / wave.columns());
            final double high = level.at(wave.high(channel, column));
            // Silence, too, is a visible line.
            final double low = Math.max(level.at(wave.low(channel, column)), high + 0.7);
            path.append('M')
                    .append(Svg.n(x))
                    .append(' ')
                    .append(Svg.n(high))
                    .append('V')
                    .append(Svg.n(low));
        }
        return path;
    }

    private static String name(final int channel, final int channels) {
        if (channels == 2) {
            return channel == 0 ? "left" : "right";
        }
        return "channel " + (channel + 1);
    }
}
