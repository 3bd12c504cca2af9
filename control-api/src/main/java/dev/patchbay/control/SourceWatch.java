// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * For development, where {@code PATCHBAY_DEV=on} is in the environment: when the jars of the bundle's control module change, the new ones are
 * loaded. It looks at the files ten times a second instead of being told: a bundle that is built anew takes the place of the whole
 * folder. New files are taken once nothing has changed for some looks, and only if each is a complete archive.
 */
final class SourceWatch {
    private static final long PERIOD_NANOS = 100_000_000L;

    /** Files that were the same for so many looks have been written. */
    private static final int QUIET_LOOKS = 3;

    private final CodeDesk desk;
    private final Consumer<Reload> target;
    private List<CodeStore.Seen> seen = List.of();
    private int quiet;
    private volatile boolean closed;

    private SourceWatch(final CodeDesk desk, final Consumer<Reload> target) {
        this.desk = desk;
        this.target = target;
    }

    /** Looks from now on, on a thread of its own. */
    static SourceWatch start(final CodeDesk desk, final Consumer<Reload> target) {
        final SourceWatch watch = new SourceWatch(desk, target);
        final Thread thread = new Thread(watch::run, "patchbay source watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    /** It does not look any more. */
    public void close() {
        closed = true;
    }

    private void run() {
        while (!closed) {
            try {
                look();
            } catch (final IOException | IllegalStateException e) {
                System.err.println(
                        "patchbay control: in development: "
                                + e.getMessage()
                                + "; what serves goes on, and the jars are looked at again when"
                                + " they change");
            } catch (final Reload.Refused e) {
                // It was told where it was refused, and is looked at again when the jars change.
                continue;
            } finally {
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        }
    }

    private void look() throws IOException {
        final List<CodeStore.Seen> now = desk.look();
        if (!now.equals(seen)) {
            seen = now;
            quiet = 0;
        } else if (!seen.isEmpty() && quiet < QUIET_LOOKS && ++quiet == QUIET_LOOKS) {
            if (desk.reload(List.of(), false, target)) {
                System.err.println("patchbay control: in development: the changed jars are loaded");
            }
        }
    }
}
