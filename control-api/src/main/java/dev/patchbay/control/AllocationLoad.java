// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;

/** Allocates at a stated rate and keeps the last few megabytes alive, so that the collector has work to do. */
final class AllocationLoad {
    private static final int CHUNK = 16 * 1024;
    private static final int KEPT_CHUNKS = 2048;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private volatile long bytes;
    private volatile long started;

    /** Starts the load on a thread of its own. */
    void start(final int megabytesPerSecond) {
        started = System.nanoTime();
        final Thread thread =
                new Thread(() -> run(megabytesPerSecond * (1L << 20)), "patchbay allocation load");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(final long bytesPerSecond) {
        final ArrayDeque<byte[]> kept = new ArrayDeque<>(KEPT_CHUNKS);
        long total = 0;
        while (true) {
            final double due =
                    (System.nanoTime() - started) / (double) NANOS_PER_SECOND * bytesPerSecond;
            while (total < due) {
                if (kept.size() == KEPT_CHUNKS) {
                    kept.removeFirst();
                }
                final byte[] chunk = new byte[CHUNK];
                chunk[(int) (total % CHUNK)] = 1;
                kept.addLast(chunk);
                total += CHUNK;
            }
            bytes = total;
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** The bytes allocated so far. */
    long bytes() {
        return bytes;
    }

    /** How long the load has run, in nanoseconds; 0 before it was started. */
    long nanos() {
        return started == 0 ? 0 : System.nanoTime() - started;
    }
}
