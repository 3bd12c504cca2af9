// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.queue.Checker;
import dev.patchbay.bench.queue.Receiver;
import dev.patchbay.bench.queue.Sender;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Sends a message at each time of a fixed schedule and waits for its echo. The time counts from the schedule, so that a wait which
 * delays later messages is seen in all of them. {@code bench_ping} in bench.h.
 */
final class Pinging {
    /** From one message to the next. */
    static final long PERIOD_NANOS = 10_000;

    /** The control words of the echoing side are those of this sender. */
    static final int ECHO = 1;

    private static final int LOOKS = 1 << 20;
    private static final int DIGITS = 3;

    private final Control control;
    private final Sender sender;
    private final Receiver receiver;
    private final Checker checker;

    Pinging(
            final Control control,
            final Sender sender,
            final Receiver receiver,
            final Checker checker) {
        this.control = control;
        this.sender = sender;
        this.receiver = receiver;
        this.checker = checker;
    }

    Receipt run(final Times times) {
        final Histogram histogram = new Histogram(DIGITS);
        final long pings = (times.warmNanos() + times.measureNanos()) / PERIOD_NANOS;
        final long warm = times.warmNanos() / PERIOD_NANOS;
        // The other side may still start.
        ping(0);
        final long start = System.nanoTime();
        for (long i = 1; i <= pings; i++) {
            final long nanos = ping(i, start + i * PERIOD_NANOS);
            if (i > warm) {
                histogram.recordValue(nanos);
            }
        }
        control.set(Control.STOP, 1);
        await();
        return new Receipt(
                histogram.getValueAtPercentile(50),
                pings + 1,
                checker.received(),
                checker.sum(),
                checker.faults() + control.get(Control.REFUSED, ECHO),
                null,
                1,
                Map.of(
                        "p99", (double) histogram.getValueAtPercentile(99),
                        "p99.9", (double) histogram.getValueAtPercentile(99.9),
                        "max", (double) histogram.getMaxValue()));
    }

    private long ping(final long number, final long intended) {
        while (System.nanoTime() - intended < 0) {
            // Until it is time.
        }
        ping(number);
        return System.nanoTime() - intended;
    }

    private void ping(final long number) {
        if (!sender.send(number)) {
            throw new IllegalStateException("an empty queue refused a message");
        }
        long waiting = 0;
        for (long looks = 1; receiver.receive(1) == 0; looks++) {
            if (looks % LOOKS == 0) {
                waiting = waiting == 0 ? System.nanoTime() : waiting;
                if (System.nanoTime() - waiting > Times.PATIENCE_NANOS) {
                    throw new IllegalStateException("message " + number + " does not come back");
                }
            }
        }
    }

    /** Waits for the count of the echoing side. */
    private void await() {
        final long begin = System.nanoTime();
        while (control.get(Control.SENT, ECHO) == 0) {
            if (System.nanoTime() - begin > Times.PATIENCE_NANOS) {
                throw new IllegalStateException("the echoing side does not end");
            }
            Thread.yield();
        }
    }
}
