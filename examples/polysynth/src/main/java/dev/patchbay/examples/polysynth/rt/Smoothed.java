// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/**
 * A control that never jumps: at each tick it goes a part of the way to its target (a one-pole low-pass), and between
 * ticks in a straight line.
 */
final class Smoothed {
    private static final double CLOSE_ENOUGH = 1e-7;

    final Ramp ramp = new Ramp();
    private double target;

    Smoothed(final double initial) {
        target = initial;
        ramp.jump(initial);
    }

    /** Sets where to go. */
    void target(final double value) {
        target = value;
    }

    /** Where it goes. */
    double goal() {
        return target;
    }

    /** Is there at once. */
    void jump() {
        ramp.jump(target);
    }

    /**
     * Begins a tick.
     *
     * @param portion the part of the way to go in this tick, 0 to 1
     * @param frames the frames of this tick
     */
    void tick(final double portion, final int frames) {
        final double distance = target - ramp.value();
        final boolean there = Math.abs(distance) < CLOSE_ENOUGH;
        ramp.to(there ? target : ramp.value() + portion * distance, frames);
    }

    /** The value that this tick ends with. */
    double value() {
        return ramp.value();
    }
}
