// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/**
 * A straight line across one tick. {@code start + step × frame} gives its value at a frame of the tick without adding up,
 * so that it does not matter in how many pieces a tick is rendered.
 */
final class Ramp {
    double start;
    double step;
    private double end;

    /** Leads from where the line was to end, to a new value, in this many frames. */
    void to(final double value, final int frames) {
        start = end;
        step = (value - end) / frames;
        end = value;
    }

    /** Stays at a value. */
    void jump(final double value) {
        start = value;
        step = 0;
        end = value;
    }

    /** The value at the end of the tick. */
    double value() {
        return end;
    }
}
