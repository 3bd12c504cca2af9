// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import java.util.ArrayList;
import java.util.List;

/** The threads that one module has started beside the one that renders. For the thread that calls the module. */
final class HelperThreads {
    /** How long helpers may take to return after they were interrupted, all together, in milliseconds. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final List<Thread> threads = new ArrayList<>();
    private boolean open = true;

    /** From now on threads may be started, or not. */
    void open(final boolean allowed) {
        open = allowed;
    }

    void start(final String name, final Runnable task) {
        if (!open) {
            throw new IllegalStateException(
                    "The helper thread \""
                            + name
                            + "\" cannot be started now: threads are started in init or activate.");
        }
        final Thread thread =
                new Thread(
                        () -> {
                            Kernel.leaveRealTime();
                            task.run();
                        },
                        name);
        // One that does not return must not keep the process from ending.
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(HelperThreads::report);
        threads.add(thread);
        thread.start();
    }

    private static void report(final Thread thread, final Throwable thrown) {
        System.err.println(
                "patchbay rt: the module's helper thread \""
                        + thread.getName()
                        + "\" threw "
                        + thrown
                        + "; the sound goes on without it");
        thrown.printStackTrace();
    }

    /** Interrupts all and waits for their end, but not for ever. */
    void close() {
        open = false;
        for (final Thread thread : threads) {
            thread.interrupt();
        }
        final long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        for (final Thread thread : threads) {
            if (!ended(thread, end)) {
                System.err.println(
                        "patchbay rt: the module's helper thread \""
                                + thread.getName()
                                + "\" did not return within "
                                + PATIENCE_MILLIS
                                + " ms after it was interrupted; it is left behind. Let its task"
                                + " end when it is interrupted.");
            }
        }
        threads.clear();
    }

    private static boolean ended(final Thread thread, final long end) {
        try {
            // join(0) would wait for ever.
            thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
