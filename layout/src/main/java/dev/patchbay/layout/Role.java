// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.List;

/**
 * Who takes part in a region: a program, or a part of one, that writes some sections and reads others. A plug-in's four are
 * constants here; a declaration of another kind makes its own.
 *
 * @param name a C identifier of at most {@value #MAX_NAME} characters
 * @param code the role's bit in a directory entry and its index in a section of roles, 0 to {@value #MAX_CODE}
 */
public record Role(String name, int code) implements Comparable<Role> {
    /** The longest name. */
    public static final int MAX_NAME = 15;

    /** The highest code. */
    public static final int MAX_CODE = 7;

    /** The native side of a plug-in, which lives in the host's process and owns the region. */
    public static final Role BRIDGE = new Role("bridge", 0);

    /** The process that makes a plug-in's sound. */
    public static final Role RT = new Role("rt", 1);

    /** The process that does all else for a plug-in. */
    public static final Role CONTROL = new Role("control", 2);

    /** A plug-in's user interface. */
    public static final Role UI = new Role("ui", 3);

    /** The roles of a plug-in, by code. */
    public static final List<Role> STANDARD = List.of(BRIDGE, RT, CONTROL, UI);

    /** Checks name and code. */
    public Role {
        // Not whether it is a keyword: that is checked where a role is declared, not where a region
        // tells of one.
        Names.checkShape("role", name);
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "The name of a role has at most "
                            + MAX_NAME
                            + " characters, but \""
                            + name
                            + "\" has "
                            + name.length()
                            + ".");
        }
        if (code < 0 || code > MAX_CODE) {
            throw new IllegalArgumentException(
                    "The code of the role \""
                            + name
                            + "\" must lie in 0…"
                            + MAX_CODE
                            + ", but it is "
                            + code
                            + ".");
        }
    }

    /** {@return the role's bit in a set of roles} */
    public int bit() {
        return 1 << code;
    }

    @Override
    public int compareTo(final Role other) {
        return code != other.code ? Integer.compare(code, other.code) : name.compareTo(other.name);
    }
}
