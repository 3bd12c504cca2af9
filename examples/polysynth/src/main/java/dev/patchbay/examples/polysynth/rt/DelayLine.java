// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/**
 * The last samples of a signal. What is quieter than −120 dB is kept as exact zero: so what goes round in a loop ends, and
 * never becomes so small that the processor slows down (a denormal number). Clearing costs nothing, whatever the length.
 */
final class DelayLine {
    private static final double FLOOR = 1e-6;

    private final float[] samples;
    private final int mask;
    private long written;

    /**
     * Creates a line of silence.
     *
     * @param frames the longest delay
     */
    DelayLine(final int frames) {
        final int size = Integer.highestOneBit(Math.max(1, frames)) * 2;
        samples = new float[size];
        mask = size - 1;
    }

    /** Forgets everything. */
    void clear() {
        written = 0;
    }

    /**
     * What was written so many writes ago.
     *
     * @param frames 1, for the last, to the longest delay
     */
    float read(final int frames) {
        return frames <= written ? samples[(int) (written - frames) & mask] : 0;
    }

    /**
     * Appends a sample.
     *
     * @return whether it was loud enough to be kept
     */
    boolean write(final double sample) {
        final boolean audible = Math.abs(sample) >= FLOOR;
        samples[(int) written & mask] = audible ? (float) sample : 0;
        written++;
        return audible;
    }

    /** The value, or zero if it is too quiet to be kept. */
    static double gate(final double value) {
        return Math.abs(value) >= FLOOR ? value : 0;
    }
}
