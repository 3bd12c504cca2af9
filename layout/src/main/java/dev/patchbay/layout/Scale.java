// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/** How a parameter's normalized value, 0 to 1, maps to its plain value, minimum to maximum. */
public enum Scale {
    /** plain = minimum + normalized × (maximum − minimum). */
    LINEAR(0),
    /** plain = minimum × (maximum / minimum)<sup>normalized</sup>; both ends are positive. */
    LOGARITHMIC(1),
    /** plain = minimum + (maximum − minimum) × normalized<sup>exponent</sup>. */
    POWER(2);

    private final int code;

    Scale(final int code) {
        this.code = code;
    }

    /** {@return the number that stands for this scale in a region} */
    public int code() {
        return code;
    }
}
