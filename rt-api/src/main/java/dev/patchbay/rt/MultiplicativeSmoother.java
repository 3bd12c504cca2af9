// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/** Goes by the same factor in each frame. */
final class MultiplicativeSmoother extends Smoother {
    private final int frames;
    private double factor;
    private double current;

    MultiplicativeSmoother(final int frames) {
        this.frames = frames;
    }

    /** The value itself, or the nearest that a factor above 0 can lead to and from. */
    private static double audible(final double value) {
        return Math.max(FLOOR, value);
    }

    @Override
    void begin() {
        remaining = Math.max(1, frames);
        current = audible(value);
        // Not StrictMath.pow, which allocates.
        factor = StrictMath.exp(StrictMath.log(audible(target) / current) / remaining);
    }

    @Override
    void step() {
        remaining--;
        current *= factor;
        value = remaining == 0 ? target : current;
    }
}
