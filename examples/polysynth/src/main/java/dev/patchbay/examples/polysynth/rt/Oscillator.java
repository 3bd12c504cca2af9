// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import dev.patchbay.examples.polysynth.Waveform;

/**
 * One oscillator. Its phase is a 64-bit integer that overflows once per period: sums of it are exact, so it never drifts,
 * and it costs the processor a single addition.
 */
final class Oscillator {
    /** Where each note begins: 1/32 of a period, where all waveforms are above zero and so a first sample is heard. */
    static final long START = 1L << 59;

    /** The highest frequency, as a part of the sample rate; just below the half. */
    private static final double HIGHEST = 0.49;

    private static final double TURN = 0x1p64;
    private static final int INDEX_SHIFT = 64 - Wavetables.BITS;
    private static final int FRACTION_SHIFT = INDEX_SHIFT - 24;
    private static final int FRACTION_MASK = (1 << 24) - 1;
    private static final float FRACTION_SCALE = 0x1p-24f;

    private long phase;
    private long step;
    private long stepChange;
    private long stepAtEnd;

    /** The highest step of the whole tick: the table must not depend on where in the tick a block begins. */
    private long highest;

    /** Goes back to the fixed start of all notes. */
    void restart() {
        phase = START;
    }

    /**
     * Begins a tick, over which the frequency moves in a straight line to a new one.
     *
     * @param frequency in periods per frame
     * @param frames the frames of the tick, or 0 to be there at once
     */
    void tick(final double frequency, final int frames) {
        final long target = (long) (Math.min(HIGHEST, frequency) * TURN);
        step = frames == 0 ? target : stepAtEnd;
        stepChange = frames == 0 ? 0 : (target - step) / frames;
        stepAtEnd = target;
        highest = Math.max(step, target);
    }

    /**
     * Adds n frames to the front of the buffer.
     *
     * @param position the first frame's place in the tick
     * @param level how loud, at the tick's start
     * @param levelStep how that changes with each frame
     * @param width the pulse width, as a part of a period
     */
    void add(
            final Waveform waveform,
            final double[] buffer,
            final int n,
            final int position,
            final double level,
            final double levelStep,
            final Ramp width) {
        final float[] table = Wavetables.table(waveform, highest);
        if (waveform == Waveform.PULSE) {
            addPulse(table, buffer, n, position, level, levelStep, width);
        } else {
            addTable(table, buffer, n, position, level, levelStep);
        }
    }

    private void addTable(
            final float[] table,
            final double[] buffer,
            final int n,
            final int position,
            final double level,
            final double levelStep) {
        long p = phase;
        long s = step;
        final long change = stepChange;
        for (int i = 0; i < n; i++) {
            buffer[i] += (level + levelStep * (position + i)) * lookUp(table, p);
            p += s;
            s += change;
        }
        phase = p;
        step = s;
    }

    /** A rectangle is the difference of two saws that are its width apart; so it has no DC. */
    private void addPulse(
            final float[] table,
            final double[] buffer,
            final int n,
            final int position,
            final double level,
            final double levelStep,
            final Ramp width) {
        final long widthStart = (long) (width.start * TURN);
        final long widthStep = (long) (width.step * TURN);
        long p = phase;
        long s = step;
        final long change = stepChange;
        for (int i = 0; i < n; i++) {
            final long fall = p - (widthStart + widthStep * (position + i));
            // 0.7: a rectangle has more power than a saw of the same height.
            final double pulse = 0.7 * (lookUp(table, p) - lookUp(table, fall));
            buffer[i] += (level + levelStep * (position + i)) * pulse;
            p += s;
            s += change;
        }
        phase = p;
        step = s;
    }

    private static float lookUp(final float[] table, final long phase) {
        final int index = (int) (phase >>> INDEX_SHIFT);
        final float fraction = ((int) (phase >>> FRACTION_SHIFT) & FRACTION_MASK) * FRACTION_SCALE;
        final float left = table[index];
        return left + fraction * (table[index + 1] - left);
    }
}
