// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import java.util.Arrays;

/** The values of all parameters at one moment. Immutable; any thread. */
public final class UiParameters {
    private final double[] values;
    private final boolean[] held;

    /** Takes over the arrays. */
    UiParameters(final double[] values, final boolean[] held) {
        this.values = values;
        this.held = held;
    }

    /** {@return how many parameters there are} */
    public int count() {
        return values.length;
    }

    /**
     * {@return a value, normalized, 0 to 1}
     *
     * @param index the parameter's place in the declaration
     * @throws IndexOutOfBoundsException if there is none
     */
    public double value(final int index) {
        return values[index];
    }

    /**
     * {@return whether somebody holds a parameter: a gesture has begun and not ended}
     *
     * @param index the parameter's place in the declaration
     * @throws IndexOutOfBoundsException if there is none
     */
    public boolean isHeld(final int index) {
        return held[index];
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof UiParameters
                && Arrays.equals(values, ((UiParameters) other).values)
                && Arrays.equals(held, ((UiParameters) other).held);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(held);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
