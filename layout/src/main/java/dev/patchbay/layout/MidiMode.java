// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/** How a movement of a MIDI controller becomes a parameter's value. */
public enum MidiMode {
    /** The parameter is where the controller is. */
    JUMP(1),
    /** The parameter stays until the controller comes to its value; from then on it is where the controller is. */
    PICK_UP(2),
    /** The parameter moves in the controller's direction, so that both come to the end of the range together. */
    SCALE(3),
    /** Relative: 1 to 63 is up, 127 to 64 is 1 to 64 down. */
    TWOS_COMPLEMENT(4),
    /** Relative: 65 to 127 is 1 to 63 up, 63 to 0 is 1 to 64 down. */
    BINARY_OFFSET(5),
    /** Relative: 1 to 63 is up, 65 to 127 is 1 to 63 down. */
    SIGN_BIT(6);

    private static final int HALF = 64;
    private static final int ALL = 128;

    private final int code;

    MidiMode(final int code) {
        this.code = code;
    }

    /** {@return the number that stands for this mode in a region} */
    public int code() {
        return code;
    }

    /** {@return whether each message is a movement and not a place} Only controllers of 7 bits can be that. Real-time safe. */
    public boolean isRelative() {
        return code >= TWOS_COMPLEMENT.code;
    }

    /**
     * {@return the steps that a message of a relative controller means, up or down} Real-time safe.
     *
     * @param value the message's, 0 to 127
     */
    public int steps(final int value) {
        return switch (this) {
            case TWOS_COMPLEMENT -> value < HALF ? value : value - ALL;
            case BINARY_OFFSET -> value - HALF;
            case SIGN_BIT -> value < HALF ? value : HALF - value;
            default -> 0;
        };
    }
}
