// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

import dev.patchbay.bench.calls.Calls;
import dev.patchbay.bench.cells.Cells;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.queue.BenchRegion;
import dev.patchbay.bench.queue.Checker;
import dev.patchbay.bench.queue.Queues;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The program of a measured process in Java. It prints a receipt and ends with 0, or says what went wrong and ends with 1.
 *
 * <p>Its arguments: what to do, the contender, milliseconds of warm-up and of measurement, two processors, and, where two processes take
 * part, the region's file.
 */
public final class ForkMain {
    private static final int REGION = 6;

    private final String contender;
    private final Times times;
    private final int first;
    private final int second;

    private ForkMain(final String[] arguments) {
        contender = arguments[1];
        times = Times.ofMillis(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
        first = Integer.parseInt(arguments[4]);
        second = Integer.parseInt(arguments[5]);
    }

    /**
     * Measures.
     *
     * @param arguments as the class comment says
     */
    public static void main(final String[] arguments) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> {
                    thrown.printStackTrace();
                    Runtime.getRuntime().halt(1);
                });
        final ForkMain fork = new ForkMain(arguments);
        final Receipt receipt =
                arguments.length > REGION
                        ? fork.between(arguments[0], Path.of(arguments[REGION]))
                        : fork.alone(arguments[0]);
        if (receipt != null) {
            System.out.println(receipt.json());
        }
    }

    private Receipt alone(final String what) throws InterruptedException {
        return switch (what) {
            case "single" -> throughput(false, 1);
            case "batch" -> throughput(true, 1);
            case "many-single" -> throughput(false, 2);
            case "many-batch" -> throughput(true, 2);
            case "latency" -> latency();
            default -> {
                Pinning.pin(first);
                yield new Repeating(
                                what.startsWith("call-")
                                        ? Calls.of(what, contender)
                                        : Cells.of(what, contender))
                        .run(times);
            }
        };
    }

    private static AtomicBuffer scratch() {
        final RegionImage image = new RegionImage(BenchRegion.DECLARATION);
        final ByteBuffer memory = Queues.aligned((int) image.declaration().length());
        memory.put(image.bytes());
        return new UnsafeBuffer(memory.clear());
    }

    private static Control control(final AtomicBuffer region) {
        return new Control(
                region, (int) BenchRegion.DECLARATION.section("control").elementOffset(0));
    }

    private Receipt throughput(final boolean isBatch, final int senders)
            throws InterruptedException {
        final AtomicBuffer region = scratch();
        final Control control = control(region);
        final Queues queues = Queues.of(contender, senders, region);
        final int processors = Runtime.getRuntime().availableProcessors();
        final Idle idle = new Idle(processors <= senders);
        final Checker checker = new Checker(senders);
        final Receiving receiving =
                new Receiving(
                        control, queues.there().receiver(checker), checker, senders, isBatch, idle);
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            final int number = i;
            final Sending sending =
                    new Sending(control, queues.there().sender(i), i, isBatch, idle);
            threads.add(
                    start(
                            () -> {
                                Pinning.pin(processors > senders ? beside(number) : first);
                                sending.run();
                            }));
        }
        Pinning.pin(second);
        final Receipt receipt = receiving.run(times);
        for (final Thread thread : threads) {
            thread.join();
        }
        return receipt;
    }

    /** The processor of a sender where there are enough: the first, or one that is neither the first nor the receiver's. */
    private int beside(final int sender) {
        int processor = first;
        for (int i = 0; i < sender; i++) {
            do {
                processor++;
            } while (processor == second);
        }
        return processor;
    }

    private Receipt latency() throws InterruptedException {
        final AtomicBuffer region = scratch();
        final Control control = control(region);
        final Queues queues = Queues.of(contender, 1, region);
        // All sides before the first message: a Disruptor's poller begins where the ring is.
        final Echoing echoing = echoing(control, queues);
        final Pinging pinging = pinging(control, queues);
        final Thread echo =
                start(
                        () -> {
                            Pinning.pin(second);
                            echoing.run();
                        });
        Pinning.pin(first);
        final Receipt receipt = pinging.run(times);
        echo.join();
        return receipt;
    }

    private static Pinging pinging(final Control control, final Queues queues) {
        final Checker checker = new Checker(1);
        return new Pinging(
                control, queues.there().sender(0), queues.back().receiver(checker), checker);
    }

    private static Echoing echoing(final Control control, final Queues queues) {
        final Checker checker = new Checker(1);
        return new Echoing(
                control, queues.there().receiver(checker), checker, queues.back().sender(0));
    }

    /** One of two processes. */
    private Receipt between(final String what, final Path file) {
        try (Region region = Region.attach(file)) {
            final Control control = control(region.buffer());
            final Queues queues = Queues.of(contender, 1, region.buffer());
            final Idle idle = new Idle(false);
            final boolean isBatch = what.endsWith("-batch");
            switch (what) {
                case "send-single", "send-batch" -> {
                    Pinning.pin(first);
                    new Sending(control, queues.there().sender(0), 0, isBatch, idle).run();
                    return null;
                }
                case "receive-single", "receive-batch" -> {
                    Pinning.pin(second);
                    final Checker checker = new Checker(1);
                    return new Receiving(
                                    control,
                                    queues.there().receiver(checker),
                                    checker,
                                    1,
                                    isBatch,
                                    idle)
                            .run(times);
                }
                case "ping" -> {
                    Pinning.pin(first);
                    return pinging(control, queues).run(times);
                }
                case "echo" -> {
                    Pinning.pin(second);
                    echoing(control, queues).run();
                    return null;
                }
                default -> throw new IllegalArgumentException("There is no \"" + what + "\".");
            }
        }
    }

    private static Thread start(final Runnable task) {
        final Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
