// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.midi;

import dev.patchbay.layout.MidiMode;

/** One entry as it is played: from a controller's places and steps to a parameter's values. Real-time safe. */
final class MidiMovement {
    /** So close, in parts of the range, a controller of 7 bits has come to a value. */
    private static final double NEAR = 1.0 / 127;

    private int parameter;
    private double minimum;
    private double maximum;
    private double exponent;
    private double step;

    /** Where the controller was last, 0 to 1; NaN where it has not been seen. */
    private double place;

    /** The value that this entry gave last; NaN where it gave none, or gave the parameter up. */
    private float given;

    void start(
            final int index,
            final double low,
            final double high,
            final double curve,
            final double one) {
        parameter = index;
        minimum = low;
        maximum = high;
        exponent = curve;
        step = one;
        place = Double.NaN;
        given = Float.NaN;
    }

    /** The controller is at a place now, 0 to 1. */
    void place(final MidiMapper.Target target, final MidiMode mode, final double now) {
        final double before = place;
        place = now;
        switch (mode) {
            case PICK_UP -> {
                if (hasPickedUp(target.value(parameter), before, now)) {
                    give(target, value(curved(now)));
                }
            }
            case SCALE -> scale(target, before, now);
            default -> give(target, value(curved(now)));
        }
    }

    /** The controller has made some steps; the parameter stays within the range. */
    void step(final MidiMapper.Target target, final int steps) {
        if (steps == 0) {
            return;
        }
        final double way = maximum >= minimum ? step : -step;
        final double moved = target.value(parameter) + steps * way;
        final double low = Math.min(minimum, maximum);
        final double high = Math.max(minimum, maximum);
        give(target, Math.max(low, Math.min(high, moved)));
    }

    /**
     * It has the parameter already and nobody took it away, is near its value now, or has passed it. A value out of the range is picked up
     * at the range's nearest end.
     */
    private boolean hasPickedUp(final float current, final double before, final double now) {
        if (current == given) {
            return true;
        }
        given = Float.NaN;
        final double low = Math.min(minimum, maximum);
        final double high = Math.max(minimum, maximum);
        final double sought = Math.max(low, Math.min(high, current));
        final double gap = value(curved(now)) - sought;
        final double gapBefore = value(curved(before)) - sought;
        // A gap of NaN, where the controller has not been seen before, is no passing.
        return Math.abs(gap) <= NEAR * (high - low) || gap * gapBefore <= 0;
    }

    /** The first message says where the controller is, and moves nothing. */
    private void scale(final MidiMapper.Target target, final double before, final double now) {
        final double span = maximum - minimum;
        if (Double.isNaN(before) || span == 0) {
            return;
        }
        final double part = Math.max(0, Math.min(1, (target.value(parameter) - minimum) / span));
        final double from = curved(before);
        final double to = curved(now);
        if (to >= 1 || to <= 0) {
            give(target, value(to));
        } else if (to > from) {
            give(target, value(part + (1 - part) * (to - from) / (1 - from)));
        } else if (to < from) {
            give(target, value(part * to / from));
        }
    }

    private double curved(final double at) {
        return exponent == 1 ? at : Math.pow(at, exponent);
    }

    private double value(final double part) {
        // Exact at both ends.
        return part >= 1 ? maximum : minimum + part * (maximum - minimum);
    }

    private void give(final MidiMapper.Target target, final double value) {
        given = (float) Math.max(0, Math.min(1, value));
        target.change(parameter, given);
    }
}
