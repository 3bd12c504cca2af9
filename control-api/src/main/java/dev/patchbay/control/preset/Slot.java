// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

/** One of the two sounds that are compared. */
public enum Slot {
    /** The one that a fresh instance is in. */
    A,
    /** The other one. */
    B;

    /** {@return the other one} */
    public Slot other() {
        return this == A ? B : A;
    }
}
