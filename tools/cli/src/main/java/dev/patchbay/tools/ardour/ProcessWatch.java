// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.ardour;

import dev.patchbay.tools.ToolException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The processes that a host starts, so that one can tell whether they end with it. */
final class ProcessWatch {
    private static final int END_SECONDS = 20;

    private final Process host;
    private final Set<ProcessHandle> seen = new HashSet<>();

    ProcessWatch(final Process host) {
        this.host = host;
    }

    /** Waits for the host; false where that takes longer. */
    boolean await(final int seconds) throws InterruptedException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!host.waitFor(50, TimeUnit.MILLISECONDS)) {
            host.descendants().forEach(seen::add);
            if (System.nanoTime() - end > 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Waits for what the host has started.
     *
     * @throws ToolException if it does not end
     */
    void checkNothingLeft(final String name) throws InterruptedException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        List<Long> left;
        do {
            left = seen.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList();
            if (left.isEmpty()) {
                return;
            }
            Thread.sleep(20);
        } while (System.nanoTime() - end < 0);
        throw new ToolException(
                "These processes are left "
                        + END_SECONDS
                        + " s after the end of Ardour's "
                        + name
                        + ": "
                        + left);
    }
}
