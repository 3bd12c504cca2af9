// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/** Ends this process with its host, however that ends: waits on a pidfd, which no reused pid can fool. */
public final class HostWatch {
    private static final long SYS_PIDFD_OPEN = 434;
    private static final short POLLIN = 1;

    /** The size of struct pollfd, see poll(2). */
    private static final int POLLFD_SIZE = 8;

    private HostWatch() {}

    /**
     * Starts to watch.
     *
     * @throws IllegalStateException if the native library is missing, with the remedy
     */
    public static void start(final long pid) {
        final Function syscall;
        final Function poll;
        try {
            final NativeLibrary c = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME);
            syscall = c.getFunction("syscall");
            poll = c.getFunction("poll");
        } catch (final UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "JNA's native library cannot be loaded ("
                            + e.getMessage()
                            + "): put libjnidispatch.so where -Djna.boot.library.path points, or"
                            + " leave that flag out.",
                    e);
        }
        final int fd = syscall.invokeInt(new Object[] {SYS_PIDFD_OPEN, pid, 0L});
        final Thread thread =
                new Thread(
                        () -> {
                            if (fd >= 0) {
                                await(poll, fd);
                            }
                            Runtime.getRuntime().halt(0);
                        },
                        "patchbay host watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void await(final Function poll, final int fd) {
        try (Memory request = new Memory(POLLFD_SIZE)) {
            request.clear();
            request.setInt(0, fd);
            request.setShort(Integer.BYTES, POLLIN);
            int ready = 0;
            while (ready <= 0) {
                ready = poll.invokeInt(new Object[] {request, 1L, -1});
            }
        }
    }
}
