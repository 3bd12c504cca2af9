// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/** Who takes part in a region. The code is the index of the role's cell in the roles section and its bit in a directory entry. */
public enum Role {
    /** The native side that lives in the host's process and owns the region. */
    BRIDGE(0),
    /** The process that makes the sound. */
    RT(1),
    /** The process that does all else. */
    CONTROL(2),
    /** A user interface. */
    UI(3);

    private final int code;

    Role(final int code) {
        this.code = code;
    }

    /** The number that stands for this role in a region. */
    public int code() {
        return code;
    }
}
