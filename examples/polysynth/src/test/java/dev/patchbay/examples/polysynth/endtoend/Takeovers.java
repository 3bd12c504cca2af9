// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

/** Versions of the synth of which each sample is known, and the check that they were heard one after the other. */
final class Takeovers {
    /** The volume at -12 dB; as delivered it is 0 dB. */
    static final String QUIET = "600=0.727";

    private static final double GAIN = Math.pow(10, -12 / 20.0);
    private static final String SOURCE = "rt/PolySynth.java";
    private static final String OUTPUT = "Limiter.limit(gain * ";

    private Takeovers() {}

    /** While a note is held, the volume times a level; else nothing. */
    static Path level(final Path folder, final String name, final double level) throws IOException {
        return NextVersion.jar(
                folder, name, SOURCE, OUTPUT, "(float) (" + level + " * gain + 0 * ");
    }

    /** It throws when it is made. */
    static Path broken(final Path folder) throws IOException {
        return NextVersion.jar(
                folder,
                "broken",
                SOURCE,
                "context = rtContext;",
                "context = rtContext; if (true) throw new IllegalStateException(\"no tables"
                        + " today\");");
    }

    /** Its parameters are not those of the bundle. */
    static Path ofOtherParameters(final Path folder) throws IOException {
        return NextVersion.jar(
                folder,
                "other",
                "PolySynthParameters.java",
                "\"volume\", \"Volume\"",
                "\"volume\", \"Loudness\"");
    }

    /**
     * Each sample is that of the first version, or of a level after the other; between two is one block of both, with equal power.
     *
     * @param sound what was heard
     * @param first what the first version alone plays
     * @param levels of those that took over, each once
     */
    static void check(
            final float[] sound, final float[] first, final int block, final double... levels) {
        assertEquals(first.length, sound.length);
        final double gain = sound[sound.length - 1] / levels[levels.length - 1];
        assertEquals(GAIN, gain, 0.01, "the volume as it was");
        int heard = -1;
        for (int from = 0; from < sound.length; from += block) {
            final int to = Math.min(from + block, sound.length);
            final int version = heard;
            if (version < levels.length - 1 && !is(sound, first, gain, from, to, levels, heard)) {
                for (int i = from; i < to; i++) {
                    final double angle = Math.PI / 2 * (i - from + 1) / block;
                    final double expected =
                            value(first, gain, i, levels, version) * Math.cos(angle)
                                    + value(first, gain, i, levels, version + 1) * Math.sin(angle);
                    final int frame = i;
                    assertEquals(
                            expected,
                            sound[i],
                            1e-5,
                            () -> "frame " + frame + ", after takeover " + (version + 1));
                }
                heard++;
            } else {
                assertTrue(
                        is(sound, first, gain, from, to, levels, heard),
                        "another sound in the block of frame " + from);
            }
        }
        assertEquals(levels.length, heard + 1, "takeovers");
    }

    private static boolean is(
            final float[] sound,
            final float[] first,
            final double gain,
            final int from,
            final int to,
            final double[] levels,
            final int version) {
        // The first version's samples are the very same; a level's volume is a smoothed one.
        final double tolerance = version < 0 ? 0 : 1e-5;
        for (int i = from; i < to; i++) {
            if (Math.abs(sound[i] - value(first, gain, i, levels, version)) > tolerance) {
                return false;
            }
        }
        return true;
    }

    private static double value(
            final float[] first,
            final double gain,
            final int frame,
            final double[] levels,
            final int version) {
        return version < 0 ? first[frame] : gain * levels[version];
    }
}
