// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/**
 * Times in frames. Apart from the smoothers, whose class is to hold no text: when the last tier of the compiler takes on a method, the texts
 * of its class that nobody has used are made on the calling thread, which allocates.
 */
final class SmoothingTime {
    private SmoothingTime() {}

    static int frames(final double sampleRate, final double milliseconds) {
        return (int) Math.min(Integer.MAX_VALUE, Math.rint(exactFrames(sampleRate, milliseconds)));
    }

    static double exactFrames(final double sampleRate, final double milliseconds) {
        if (!(sampleRate > 0
                && Double.isFinite(sampleRate)
                && milliseconds >= 0
                && Double.isFinite(milliseconds))) {
            throw new IllegalArgumentException(
                    "A smoother needs a rate above 0 Hz and a time of 0 ms or more, but was given "
                            + sampleRate
                            + " Hz and "
                            + milliseconds
                            + " ms.");
        }
        return sampleRate * milliseconds / 1000;
    }
}
