// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While it is open, a signal that ends the JVM interrupts the thread that opened it and waits until that one has tidied up. */
final class Interruption {
    private static final int PATIENCE_SECONDS = 10;

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch tidy = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt);

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt() {
        worker.interrupt();
        try {
            if (!tidy.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("patchbay bench: processes or files may be left behind.");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread has tidied up. */
    void close() {
        tidy.countDown();
        if (!worker.isInterrupted()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (final IllegalStateException e) {
                // The JVM is about to end: the hook runs, and finds all tidy.
                worker.interrupt();
            }
        }
    }
}
