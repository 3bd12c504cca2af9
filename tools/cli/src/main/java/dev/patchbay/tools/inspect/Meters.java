// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.tools.inspect.RegionReading.Level;
import dev.patchbay.tools.inspect.RegionReading.Levels;
import dev.patchbay.tools.inspect.RegionReading.SectionReading;
import dev.patchbay.tools.inspect.RegionReading.Voice;
import dev.patchbay.tools.inspect.RegionReading.Voices;
import java.util.List;
import java.util.Locale;

/** Shows meters as bars of their peaks in decibels, with RMS and clips, and voices as a row of marks. */
final class Meters {
    private static final double FLOOR_DECIBELS = -60;

    /** So many meters get a line each; more share lines, one character each. */
    private static final int MOST_BARS = 8;

    private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";
    private static final String STEPS = "·▁▂▃▄▅▆▇█";
    private static final int INDENT = 2;

    /** By number: attack, decay, sustain, release, fade, and the module's own. */
    private static final String STAGES = "·adsrf6789ABCDEF";

    private Meters() {}

    /** Shows all meters and voices of a region. */
    static void show(final Page page, final RegionReading region) {
        for (final SectionReading s : region.with(Levels.class)) {
            final Levels meters = (Levels) s.content();
            final List<Level> levels = meters.levels();
            RegionPage.title(page, s, summary(meters));
            if (levels.size() <= MOST_BARS) {
                bars(page, levels);
            } else {
                marks(page, levels.stream().map(Meters::step).toList());
            }
        }
        for (final SectionReading s : region.with(Voices.class)) {
            final Voices voices = (Voices) s.content();
            RegionPage.title(page, s, voices.active() + " of " + s.count() + " active");
            marks(page, voices.voices().stream().map(Meters::mark).toList());
        }
    }

    private static String summary(final Levels meters) {
        final StringBuilder text = new StringBuilder(loudest(meters.levels()));
        final long clips = meters.levels().stream().mapToLong(Level::clips).sum();
        final long strange = meters.levels().stream().mapToLong(Level::notFinite).sum();
        append(text, clips, clips == 1 ? "clip" : "clips");
        append(text, strange, "not finite");
        append(text, meters.missed(), meters.missed() == 1 ? "window missed" : "windows missed");
        return text.toString();
    }

    private static void append(final StringBuilder text, final long count, final String what) {
        if (count != 0) {
            text.append(", ").append(count).append(' ').append(what);
        }
    }

    private static String loudest(final List<Level> levels) {
        int loudest = -1;
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).peakDb() != null
                    && (loudest < 0 || levels.get(i).peakDb() > levels.get(loudest).peakDb())) {
                loudest = i;
            }
        }
        return loudest < 0
                ? "silent"
                : "loudest " + loudest + " at " + decibels(levels.get(loudest).peakDb());
    }

    private static String decibels(final Double decibels) {
        return decibels == null ? "-inf dB" : String.format(Locale.ROOT, "%.1f dB", decibels);
    }

    private static void bars(final Page page, final List<Level> levels) {
        final int room = Math.max(0, page.columns() - INDENT - 33);
        page.line(String.format(Locale.ROOT, "      %9s %9s %8s", "peak", "RMS", "clips"));
        for (int i = 0; i < levels.size(); i++) {
            final Level level = levels.get(i);
            page.line(
                    String.format(
                            Locale.ROOT,
                            "  %3d %9s %9s %8s %s",
                            i,
                            decibels(level.peakDb()),
                            decibels(level.rmsDb()),
                            level.clips() < 10_000_000 ? level.clips() : ">9999999",
                            bar(share(level), room)));
        }
    }

    /** 0 at the floor, 1 at full scale. */
    private static double share(final Level level) {
        return level.peakDb() == null ? 0 : 1 - level.peakDb() / FLOOR_DECIBELS;
    }

    /** A bar of so many columns, filled to an eighth of a column. */
    static String bar(final double share, final int columns) {
        final double clipped = share > 0 ? Math.min(share, 1) : 0;
        final int eighths = (int) Math.round(clipped * columns * 8);
        final StringBuilder bar = new StringBuilder("█".repeat(eighths / 8));
        if (eighths % 8 != 0) {
            bar.append(EIGHTHS.charAt(eighths % 8));
        }
        return bar + "░".repeat(columns - bar.length());
    }

    private static String step(final Level level) {
        final double share = share(level);
        final int step = share <= 0 ? 0 : (int) Math.ceil(Math.min(1, share) * 8);
        return STEPS.substring(step, step + 1);
    }

    /** A free voice is a dot, one that sounds the first letter of its stage; a stage of the module's own, 6 to 15, a digit or capital. */
    private static String mark(final Voice voice) {
        return voice.note() == null ? "·" : STAGES.substring(voice.note().stage()).substring(0, 1);
    }

    private static void marks(final Page page, final List<String> marks) {
        // Sixteens, so that a voice's number can be counted.
        final int groups = Integer.highestOneBit(Math.max(1, (page.columns() - INDENT - 4) / 17));
        for (int from = 0; from < marks.size(); from += groups * 16) {
            final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%5d ", from));
            for (int i = from; i < Math.min(marks.size(), from + groups * 16); i++) {
                line.append(i > from && i % 16 == 0 ? " " : "").append(marks.get(i));
            }
            page.line(line.toString());
        }
    }
}
