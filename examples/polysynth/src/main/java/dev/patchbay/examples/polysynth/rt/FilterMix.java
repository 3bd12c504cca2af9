// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import dev.patchbay.examples.polysynth.FilterType;

/** What all voices' filters have in common: which output is heard, and how much they resonate. */
final class FilterMix {
    /** The outputs' parts in the sound; one is 1, except for a moment after a change of type. */
    final Smoothed low = new Smoothed(1);

    final Smoothed band = new Smoothed(0);
    final Smoothed high = new Smoothed(0);

    /** 1 / Q. */
    double damping = LEAST_DAMPING;

    /** What makes up for the resonance's power. */
    double gain = 1;

    private static final double LEAST_DAMPING = StrictMath.sqrt(2);

    /** log₂ of the ratio of the highest Q, 20, to the lowest, 0.71. */
    private static final double RANGE = StrictMath.log(20 * LEAST_DAMPING) / StrictMath.log(2);

    /** Chooses the output. */
    void type(final FilterType type) {
        low.target(type == FilterType.LOW_PASS ? 1 : 0);
        band.target(type == FilterType.BAND_PASS ? 1 : 0);
        high.target(type == FilterType.HIGH_PASS ? 1 : 0);
    }

    /**
     * Sets the resonance.
     *
     * @param amount 0 to 1
     */
    void resonance(final double amount) {
        damping = LEAST_DAMPING * Curves.exp2(-RANGE * amount);
        gain = Curves.exp2(-0.4 * RANGE * amount);
    }
}
