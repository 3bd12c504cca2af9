// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** When processes began, for telling a process from a later one with the same pid. */
public final class ProcessStart {
    private ProcessStart() {}

    /**
     * The start of a process in clock ticks since boot: field 22 of {@code /proc/PID/stat}, see proc(5).
     *
     * @param pid the process
     * @return the start, or 0 where there is no such process
     */
    public static long of(final long pid) {
        final String text;
        try {
            text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (final IOException e) {
            return 0;
        }
        // The second field, the command in parentheses, may hold spaces and parentheses.
        final String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[19]);
    }
}
