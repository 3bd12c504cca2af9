// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/**
 * The last thing before the output: changes nothing up to −6 dBFS, and bends what is above so that it always stays below
 * full scale. It has no memory and no latency. The bend, {@code t / √(1 + t²)}, meets the straight part with the same slope
 * and curvature, so that it sets in unnoticed.
 */
final class Limiter {
    private static final double KNEE = 0.5;
    private static final double ENOUGH = 1e6;

    /** The number next below 1. */
    private static final float HIGHEST = 0x1.fffffep-1f;

    private Limiter() {}

    /** The sample to play; its magnitude is below 1, whatever comes in. */
    static float limit(final double sample) {
        final double magnitude = Math.abs(sample);
        if (magnitude <= KNEE) {
            return (float) sample;
        }
        final double over = (Math.min(ENOUGH, magnitude) - KNEE) / (1 - KNEE);
        final double bent = KNEE + (1 - KNEE) * over / Math.sqrt(1 + over * over);
        final float result = Math.min(HIGHEST, (float) bent);
        // NaN is no number to play.
        return sample > 0 ? result : sample < 0 ? -result : 0;
    }
}
