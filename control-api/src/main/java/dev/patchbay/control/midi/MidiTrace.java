// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import dev.patchbay.layout.MidiMode;

/** The values that a controller of 7 bits has sent since learning began. */
final class MidiTrace {
    /** The most steps of an encoder that is turned by hand, in one message. */
    private static final int STEPS = 3;

    private static final int HALF = 64;
    private static final int ALL = 128;

    /** Whether so few messages are one direction of a knob or an encoder, nobody can tell. */
    private static final int FEW = 4;

    private int count;
    private int low = Integer.MAX_VALUE;
    private int high = Integer.MIN_VALUE;
    private int last = -1;
    private boolean repeats;
    private boolean allSteps = true;
    private boolean small;
    private boolean large;
    private boolean belowHalf;
    private boolean aboveHalf;

    MidiTrace take(final int value) {
        count++;
        low = Math.min(low, value);
        high = Math.max(high, value);
        repeats |= value == last;
        last = value;
        final boolean isSmall = value >= 1 && value <= STEPS;
        final boolean isLarge = value >= ALL - STEPS && value < ALL;
        final boolean isBelow = value >= HALF - STEPS && value < HALF;
        final boolean isAbove = value > HALF && value <= HALF + STEPS;
        small |= isSmall;
        large |= isLarge;
        belowHalf |= isBelow;
        aboveHalf |= isAbove;
        allSteps &= isSmall || isLarge || isBelow || isAbove;
        return this;
    }

    int count() {
        return count;
    }

    /** How far its values lie apart. */
    int range() {
        return high - low;
    }

    /** Whether it is too early to say that this is no encoder. */
    boolean mayBeRelative() {
        return allSteps && (repeats || count < FEW);
    }

    /** How it counts, once it has been turned both ways; else null. */
    MidiMode relative() {
        if (!allSteps || !repeats) {
            return null;
        }
        if (small && large && !belowHalf && !aboveHalf) {
            return MidiMode.TWOS_COMPLEMENT;
        }
        if (small && aboveHalf && !large && !belowHalf) {
            return MidiMode.SIGN_BIT;
        }
        return belowHalf && aboveHalf && !small && !large ? MidiMode.BINARY_OFFSET : null;
    }
}
