// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/** Goes in a straight line. Each value is computed from the end, so that nothing adds up. */
final class LinearSmoother extends Smoother {
    private final int frames;
    private double slope;

    LinearSmoother(final int frames) {
        this.frames = frames;
    }

    @Override
    void begin() {
        remaining = Math.max(1, frames);
        slope = (target - value) / remaining;
    }

    @Override
    void step() {
        remaining--;
        value = target - slope * remaining;
    }
}
