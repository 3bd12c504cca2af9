// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

import dev.patchbay.bench.queue.Sender;

/** Sends numbered messages as fast as there is room, until it is told to stop. {@code bench_send} in bench.h. */
final class Sending {
    /** How many messages are sent at a time, and taken at a time, where there are batches. */
    static final int BATCH = 64;

    private static final int CHUNK = 1024;

    private final Control control;
    private final Sender sender;
    private final int number;
    private final boolean isBatch;
    private final Idle idle;
    private long refused;

    Sending(
            final Control control,
            final Sender sender,
            final int number,
            final boolean isBatch,
            final Idle idle) {
        this.control = control;
        this.sender = sender;
        this.number = number;
        this.isBatch = isBatch;
        this.idle = idle;
    }

    void run() {
        long next = 0;
        while (control.get(Control.STOP) == 0) {
            next = isBatch ? batches(next) : singles(next);
        }
        control.set(Control.REFUSED, number, refused);
        control.set(Control.SENT, number, next + 1);
    }

    private long singles(final long from) {
        long next = from;
        while (next < from + CHUNK) {
            if (sender.send(next)) {
                next++;
            } else if (isStopped()) {
                break;
            }
        }
        return next;
    }

    private long batches(final long from) {
        long next = from;
        while (next < from + CHUNK) {
            final int sent = sender.sendBatch(next, BATCH);
            next += sent;
            if (sent == 0 && isStopped()) {
                break;
            }
        }
        return next;
    }

    /** The queue is full. */
    private boolean isStopped() {
        if (refused++ == 0) {
            control.set(Control.FILLED, number, 1);
        }
        idle.once();
        return control.get(Control.STOP) != 0;
    }
}
