// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.bench.calls.Calls;
import dev.patchbay.bench.cells.Cells;
import dev.patchbay.bench.cells.Repeated;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.queue.BenchRegion;
import dev.patchbay.bench.queue.Checker;
import dev.patchbay.bench.queue.Queue;
import dev.patchbay.bench.queue.Queues;
import dev.patchbay.bench.queue.Receiver;
import dev.patchbay.bench.queue.Sender;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The drivers in this process, for a moment each: honest contenders pass, and one that does less is found out. */
class DriversTest {
    private static final Times TIMES = Times.ofMillis(2, 5);

    private final AtomicBuffer region = Region.scratch(new RegionImage(BenchRegion.DECLARATION));
    private final Control control =
            new Control(region, (int) BenchRegion.DECLARATION.section("control").elementOffset(0));

    /** A sender that works as another but for what a test does to it. */
    private interface Cheat {
        Sender of(Sender honest);
    }

    private Receipt throughput(
            final Queue queue, final int senders, final boolean isBatch, final Cheat cheat)
            throws InterruptedException {
        return throughput(queue, senders, isBatch, cheat, TIMES);
    }

    private Receipt throughput(
            final Queue queue,
            final int senders,
            final boolean isBatch,
            final Cheat cheat,
            final Times times)
            throws InterruptedException {
        final Checker checker = new Checker(senders);
        final Idle idle = new Idle(true);
        final Receiving receiving =
                new Receiving(control, queue.receiver(checker), checker, senders, isBatch, idle);
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            final Sending sending =
                    new Sending(control, cheat.of(queue.sender(i)), i, isBatch, idle);
            threads.add(new Thread(sending::run));
            threads.get(i).start();
        }
        final Receipt receipt = receiving.run(times);
        for (final Thread thread : threads) {
            thread.join();
        }
        return receipt;
    }

    @ParameterizedTest
    @CsvSource({
        "patchbay, 1",
        "agrona, 1",
        "jctools, 1",
        "disruptor, 1",
        "patchbay, 2",
        "agrona, 2",
        "jctools, 2"
    })
    void everyQueueFillsAndWrapsAndMovesAllOneByOneAndInBatches(
            final String kind, final int senders) throws InterruptedException {
        for (final boolean isBatch : new boolean[] {false, true}) {
            control.set(Control.STOP, 0);
            for (int sender = 0; sender < senders; sender++) {
                control.set(Control.SENT, sender, 0);
                control.set(Control.FILLED, sender, 0);
            }
            final AtomicBuffer own = Region.scratch(new RegionImage(BenchRegion.DECLARATION));
            final Receipt receipt =
                    throughput(
                            Queues.of(kind, senders, own).there(),
                            senders,
                            isBatch,
                            honest -> honest);
            assertNull(receipt.wrong());
            assertTrue(receipt.received() > Queue.CAPACITY, receipt::json);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"patchbay", "agrona", "jctools", "disruptor", "cache-line"})
    void everyQueueEchoesEachMessage(final String kind) throws InterruptedException {
        final Queues queues = Queues.of(kind, 1, region);
        final Checker there = new Checker(1);
        final Checker back = new Checker(1);
        final Echoing echoing =
                new Echoing(
                        control, queues.there().receiver(there), there, queues.back().sender(0));
        final Pinging pinging =
                new Pinging(control, queues.there().sender(0), queues.back().receiver(back), back);
        final Thread echo = new Thread(echoing::run);
        echo.start();
        final Receipt receipt = pinging.run(Times.ofMillis(1, 2));
        echo.join();
        assertNull(receipt.wrong());
        assertEquals(301, receipt.received());
        assertTrue(receipt.value() <= receipt.details().get("p99"), receipt::json);
        assertTrue(receipt.details().get("p99.9") <= receipt.details().get("max"), receipt::json);
    }

    /** Among the first that fill the queue. */
    private static final long SPOILT = 100;

    private String foundOut(final Cheat cheat) throws InterruptedException {
        return throughput(Queues.of("patchbay", 1, region).there(), 1, false, cheat).wrong();
    }

    @Test
    void aSenderThatLosesAMessageIsFoundOut() throws InterruptedException {
        final String wrong = foundOut(honest -> number -> number == SPOILT || honest.send(number));
        assertTrue(wrong.matches("[0-9]+ were sent, but [0-9]+ arrived\\."), wrong);
    }

    @Test
    void aSenderThatSendsAMessageTwiceIsFoundOut() throws InterruptedException {
        assertNotNull(
                foundOut(
                        honest ->
                                number -> {
                                    if (number == SPOILT && !honest.send(number)) {
                                        return false;
                                    }
                                    // The first of two may find room where the second does not.
                                    return honest.send(number);
                                }));
    }

    @Test
    void aSenderThatSwapsTwoMessagesIsFoundOut() throws InterruptedException {
        final String wrong =
                foundOut(
                        honest ->
                                number ->
                                        honest.send(
                                                number == SPOILT
                                                        ? number + 1
                                                        : number == SPOILT + 1
                                                                ? number - 1
                                                                : number));
        assertTrue(wrong.startsWith("2 of "), wrong);
    }

    @Test
    void aQueueThatWasNeverFullIsFoundOut() {
        final Receipt receipt = new Receipt(1, 1, 1, 0L, 0, 0L, 1, java.util.Map.of());
        assertTrue(receipt.wrong().contains("never full"));
    }

    @ParameterizedTest
    @CsvSource({
        "cell-read, patchbay segment atomic-array volatile-array chronicle plain",
        "cell-write, patchbay segment atomic-array volatile-array chronicle plain",
        "whole-read, patchbay stamped lock synchronized reference plain",
        "whole-write, patchbay stamped lock synchronized reference plain",
        "cells-read-all, patchbay stamped lock synchronized reference plain",
        "hand-over, patchbay stamped lock reference",
        "call-down, ffm ffm-critical jna",
        "call-up, ffm jna"
    })
    void everyOperationFindsWhatItShould(final String what, final String contenders) {
        for (final String contender : contenders.split(" ")) {
            final Receipt receipt =
                    new Repeating(
                                    what.startsWith("call-")
                                            ? Calls.of(what, contender)
                                            : Cells.of(what, contender))
                            .run(Times.ofMillis(1, 1));
            assertNull(receipt.wrong(), contender);
        }
    }

    @Test
    void anOperationThatFindsSomethingElseIsFoundOut() {
        final Repeated idle =
                new Repeated() {
                    @Override
                    public double run(final long from, final int count) {
                        return 0;
                    }

                    @Override
                    public double expected(final long from, final int count) {
                        return count;
                    }
                };
        final Receipt receipt = new Repeating(idle).run(Times.ofMillis(0, 1));
        assertTrue(receipt.wrong().contains("out of order or with other bytes"), receipt::wrong);
    }

    @Test
    void aReceiverWhoseQueueGivesNothingReportsTheLossAndDoesNotHang() throws InterruptedException {
        final Queue honest = Queues.of("patchbay", 1, region).there();
        final Queue deaf =
                new Queue() {
                    @Override
                    public Sender sender(final int number) {
                        return honest.sender(number);
                    }

                    @Override
                    public Receiver receiver(final Checker checker) {
                        return limit -> 0;
                    }
                };
        assertEquals(
                "nothing arrived.",
                throughput(deaf, 1, false, same -> same, new Times(0, 1, 100_000_000)).wrong());
    }
}
