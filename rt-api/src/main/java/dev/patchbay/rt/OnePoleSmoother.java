// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/** Goes the same part of what is left in each frame. */
final class OnePoleSmoother extends Smoother {
    /** What is left of the way when it counts as gone: −120 dB. It keeps denormal numbers away, too. */
    private static final double REST = 1e-6;

    private final double part;
    private double near;

    OnePoleSmoother(final double part) {
        this.part = part;
    }

    @Override
    void begin() {
        remaining = 1;
        near = REST * Math.abs(target - value);
    }

    @Override
    void step() {
        final double before = value;
        value += part * (target - value);
        // A short way far from 0 may end where a step is too small for the number.
        if (value == before || Math.abs(target - value) <= near) {
            value = target;
            remaining = 0;
        }
    }
}
