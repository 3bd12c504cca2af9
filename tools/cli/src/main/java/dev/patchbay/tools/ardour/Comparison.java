// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.ardour;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.report.Wave;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How far two sounds are apart.
 *
 * @param largest the largest difference between two samples; full scale is 1
 * @param peak the largest sample of the second
 */
record Comparison(double largest, double peak) {
    /** The same to -100 dB: far below what is heard, and above what the rounding of gains in a mixer makes. */
    static final double TOLERANCE = 1e-5;

    private static final float AUDIBLE = 1e-3f;

    /**
     * Compares sample by sample.
     *
     * @param later by how many frames the second sound comes later
     * @param times what the second is multiplied by
     */
    static Comparison of(
            final Path first,
            final Path second,
            final int frames,
            final int later,
            final double times) {
        // One column for each frame: then the outline is the sound.
        final Wave one = Wave.read(first, frames);
        final Wave other = Wave.read(second, frames);
        if (one.frames() != frames
                || other.frames() != frames
                || one.channels() != other.channels()) {
            throw new ToolException(
                    "The sounds to compare have %d and %d frames of %d and %d channels, expected %d of the same."
                            .formatted(
                                    one.frames(),
                                    other.frames(),
                                    one.channels(),
                                    other.channels(),
                                    frames));
        }
        double largest = 0;
        double peak = 0;
        for (int channel = 0; channel < one.channels(); channel++) {
            for (int frame = 0; frame + later < frames; frame++) {
                final double there = other.high(channel, frame + later) * times;
                largest = Math.max(largest, Math.abs(one.high(channel, frame) - there));
                peak = Math.max(peak, Math.abs(there));
            }
        }
        if (!(peak > AUDIBLE)) {
            throw new ToolException(
                    second
                            + " is silent, expected the sound of the notes: nothing can be"
                            + " compared.");
        }
        return new Comparison(largest, peak);
    }

    boolean same() {
        return largest <= TOLERANCE;
    }

    /** As a part of a sentence. */
    String text() {
        return largest == 0
                ? "bit for bit"
                : String.format(
                        Locale.ROOT,
                        "largest difference %.1f dB, sound up to %.1f dB",
                        20 * Math.log10(largest),
                        20 * Math.log10(peak));
    }
}
