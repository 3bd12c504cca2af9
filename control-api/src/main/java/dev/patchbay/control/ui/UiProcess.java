// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.layout.Role;

/**
 * A process of the plug-in instance.
 *
 * @param role what it does
 * @param pid its number; 0 where there is none
 * @param state one of {@link dev.patchbay.layout.StandardRegion.RoleState}
 * @param generation 1 for the first process in this role, and so on
 * @param collector the garbage collector that it runs with; empty where it has none
 * @param collections how many collections there were
 * @param pauses how often its threads stood still for the collector; {@link #UNKNOWN} where it does not tell
 * @param pauseMillis for how long in all; {@link #UNKNOWN} where it does not tell
 * @param longestMillis the longest pause since somebody has looked; {@link #UNKNOWN} where it does not tell
 */
public record UiProcess(
        Role role,
        int pid,
        int state,
        int generation,
        String collector,
        long collections,
        long pauses,
        long pauseMillis,
        long longestMillis) {
    /** What a process does not tell. */
    public static final long UNKNOWN = -1;
}
