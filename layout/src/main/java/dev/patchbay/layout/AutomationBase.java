// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/** What the times of an automation lane count, from the start of the host's song. */
public enum AutomationBase {
    /** Quarter notes: the lane follows the tempo. */
    QUARTERS(1),
    /** Seconds: the song's position in samples, divided by the sample rate. */
    SECONDS(2);

    private final int code;

    AutomationBase(final int code) {
        this.code = code;
    }

    /** {@return the number that stands for this base in a region} */
    public int code() {
        return code;
    }
}
