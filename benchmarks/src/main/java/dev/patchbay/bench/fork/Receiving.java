// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.queue.Checker;
import dev.patchbay.bench.queue.Receiver;
import java.util.Map;

/**
 * Takes messages as fast as they come and counts how many come in a time: from a queue that was full when it began, and empty when it ends.
 * {@code bench_receive} in bench.h.
 */
final class Receiving {
    private static final int POLLS = 512;

    private final Control control;
    private final Receiver receiver;
    private final Checker checker;
    private final int senders;
    private final int limit;
    private final Idle idle;

    Receiving(
            final Control control,
            final Receiver receiver,
            final Checker checker,
            final int senders,
            final boolean isBatch,
            final Idle idle) {
        this.control = control;
        this.receiver = receiver;
        this.checker = checker;
        this.senders = senders;
        this.limit = isBatch ? Sending.BATCH : 1;
        this.idle = idle;
    }

    Receipt run(final Times times) {
        awaitFull();
        final long begin = System.nanoTime();
        while (System.nanoTime() - begin < times.warmNanos()) {
            poll();
        }
        final long before = checker.received();
        final long start = System.nanoTime();
        long end = start;
        // On a machine that lets no sender run for so long, longer.
        while (end - start < times.measureNanos()
                || checker.received() == before && end - start < times.lossNanos()) {
            poll();
            end = System.nanoTime();
        }
        final long received = checker.received() - before;
        control.set(Control.STOP, 1);
        drain(times.lossNanos());
        return new Receipt(
                1000.0 * received / (end - start),
                sum(Control.SENT) - senders,
                checker.received(),
                checker.sum(),
                checker.faults(),
                sum(Control.REFUSED),
                senders,
                Map.of());
    }

    private void poll() {
        for (int i = 0; i < POLLS; i++) {
            if (receiver.receive(limit) == 0) {
                idle.once();
            }
        }
    }

    /** Waits until every sender has found the queue full: it fills in each measurement. */
    private void awaitFull() {
        final long begin = System.nanoTime();
        for (int sender = 0; sender < senders; sender++) {
            while (control.get(Control.FILLED, sender) == 0) {
                if (System.nanoTime() - begin > Times.PATIENCE_NANOS) {
                    throw new IllegalStateException("the queue does not fill");
                }
                Thread.yield();
            }
        }
    }

    /** Takes what is left. What was lost does not come, so there is an end to the wait. */
    private void drain(final long lossNanos) {
        long last = System.nanoTime();
        while (!haveAllEnded() || checker.received() < sum(Control.SENT) - senders) {
            if (receiver.receive(limit) > 0) {
                last = System.nanoTime();
            } else if (System.nanoTime() - last
                    > (haveAllEnded() ? lossNanos : Times.PATIENCE_NANOS)) {
                return;
            } else {
                Thread.yield();
            }
        }
        // Something that comes twice would come now.
        receiver.receive(limit);
    }

    private boolean haveAllEnded() {
        for (int sender = 0; sender < senders; sender++) {
            if (control.get(Control.SENT, sender) == 0) {
                return false;
            }
        }
        return true;
    }

    private long sum(final int word) {
        long sum = 0;
        for (int sender = 0; sender < senders; sender++) {
            sum += control.get(word, sender);
        }
        return sum;
    }
}
