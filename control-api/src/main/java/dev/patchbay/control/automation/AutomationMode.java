// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

/** What a lane and a hand do with a parameter while the host plays. */
public enum AutomationMode {
    /** The lane is not played, and nothing is recorded. */
    OFF,
    /** The lane is played; a hand has the parameter while it holds it, and nothing is recorded. */
    READ,
    /** As read, and what a hand does is recorded while it holds the parameter. */
    TOUCH,
    /** From the first touch on the hand's last value stays, and is recorded, until the song stops. */
    LATCH,
    /** The lane is not played: whatever the parameter does is recorded, from the song's start to its stop. */
    WRITE;

    /** {@return whether hands are recorded} */
    public boolean records() {
        return this == TOUCH || this == LATCH || this == WRITE;
    }
}
