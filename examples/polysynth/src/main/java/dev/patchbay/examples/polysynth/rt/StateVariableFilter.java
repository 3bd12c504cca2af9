// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/**
 * A filter of second order without delay in its loop, so that it keeps its tuning up to the highest cutoff and stays stable
 * however fast that moves.
 *
 * <p>The topology-preserving transform of the analogue state-variable filter: Vadim Zavalishin, "The Art of VA Filter
 * Design", revision 2.1.2 (2018), chapter 4; in the form of Andrew Simper, "Solving the continuous SVF equations using
 * trapezoidal integration and equivalent currents", Cytomic (2013).
 */
final class StateVariableFilter {
    /** The highest cutoff, as a part of the sample rate; just below the half. */
    private static final double HIGHEST = 0.49;

    private static final double LOWEST_HERTZ = 5;

    private final Ramp tuning = new Ramp();
    private double current1;
    private double current2;

    /** Forgets what it has heard. */
    void clear() {
        current1 = 0;
        current2 = 0;
    }

    /**
     * Begins a tick, over which the cutoff moves to a new one.
     *
     * @param cutoff in Hz; brought into what can be filtered at this rate
     * @param frames the frames of the tick, or 0 to be there at once
     */
    void tick(final double cutoff, final double sampleRate, final int frames) {
        final double turns = Math.min(HIGHEST, Math.max(LOWEST_HERTZ, cutoff) / sampleRate);
        final double g = Curves.tanPi(turns);
        if (frames == 0) {
            tuning.jump(g);
        } else {
            tuning.to(g, frames);
        }
    }

    /**
     * Filters the first n frames of the buffer in place.
     *
     * @param position the first frame's place in the tick
     */
    void render(final double[] buffer, final int n, final int position, final FilterMix mix) {
        final double gStart = tuning.start;
        final double gStep = tuning.step;
        final double k = mix.damping;
        // low·v2 + band·k·v1 + high·(v0 − k·v1 − v2), sorted by v0, v1 and v2
        final double mix0 = mix.high.value();
        final double mix1 = k * (mix.band.value() - mix0);
        final double mix2 = mix.low.value() - mix0;
        double ic1 = current1;
        double ic2 = current2;
        for (int i = 0; i < n; i++) {
            final double g = gStart + gStep * (position + i);
            final double a1 = 1 / (1 + g * (g + k));
            final double a2 = g * a1;
            final double a3 = g * a2;
            final double v0 = buffer[i];
            final double v3 = v0 - ic2;
            final double v1 = a1 * ic1 + a2 * v3;
            final double v2 = ic2 + a2 * ic1 + a3 * v3;
            ic1 = 2 * v1 - ic1;
            ic2 = 2 * v2 - ic2;
            buffer[i] = mix0 * v0 + mix1 * v1 + mix2 * v2;
        }
        current1 = ic1;
        current2 = ic2;
    }
}
