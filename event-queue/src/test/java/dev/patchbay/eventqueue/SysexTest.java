// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.RingDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysexTest {
    private static final int SLOTS = 4;
    private static final int RING = 512;
    private static final int LONGEST = RING / 8;

    private SysexSide side = new SysexSide(SysexSide.memory(SLOTS, RING), SLOTS, RING);

    private void note(final int n) {
        assertTrue(side.producer.offer(EventType.NOTE_ON, n, 0, -1, 60, 1, 0));
    }

    @Test
    void aMessageComesInItsPlaceAmongTheEventsAndBitForBit() {
        note(1);
        assertEquals(SysexWriter.SENT, side.send(2, LONGEST));
        note(3);
        assertEquals(SysexWriter.SENT, side.send(4, 1));
        for (final String expected :
                List.of("event 1", "message 2 of " + LONGEST, "event 3", "message 4 of 1", "-")) {
            assertEquals(expected, side.take());
        }
        assertEquals(0, side.ring.size(), "its record is free again");
    }

    @Test
    void aPayloadIsReadWithinItsBoundsOnly() {
        side.send(5, 10);
        final Event event = side.consumer.peek(0);
        assertTrue(side.reader.take(event));
        final byte[] target = new byte[6];
        assertEquals(4, event.copyPayload(6, target, 0, 99));
        assertEquals((byte) (5 + 9 * 7), target[3]);
        assertEquals(2, event.copyPayload(0, target, 4, 99));
        assertEquals(1, event.copyPayload(9, target, 0, 1));
        assertEquals(5 + 2 * 7, event.payloadByte(2));
        for (final int index : new int[] {-1, 10, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertEquals(0, event.payloadByte(index));
            assertEquals(0, event.copyPayload(index, target, 0, 1));
        }
        assertEquals(0, event.copyPayload(0, target, 6, 1));
        assertEquals(0, event.copyPayload(0, target, -1, 1));
        assertEquals(0, event.copyPayload(0, target, 0, -1));
        assertEquals(0, side.consumer.peek(0).payloadLength(), "the view has moved");
    }

    @Test
    void whatIsEmptyOrTooLongIsRefusedAndLeavesNoTrace() {
        for (final int length : new int[] {0, -1, LONGEST + 1, Integer.MAX_VALUE}) {
            assertEquals(
                    SysexWriter.INVALID,
                    side.writer.offer(0, new UnsafeBuffer(new byte[8]), 0, length));
        }
        assertEquals(0, side.producer.tail());
        assertEquals(0, side.ring.size());
        assertEquals(0, side.ring.dropped() + side.producer.dropped());
    }

    @Test
    void withAFullQueueNothingGoesIntoTheRing() {
        for (int n = 0; n < SLOTS; n++) {
            note(n);
        }
        assertEquals(SysexWriter.FULL, side.send(9, 5));
        assertEquals(1, side.producer.dropped());
        assertEquals(0, side.ring.dropped());
        assertEquals(0, side.ring.size());
    }

    @Test
    void withAFullRingTheMessageIsRefusedAndTheNextOnesComeAfterIt() {
        side = new SysexSide(SysexSide.memory(64, RING), 64, RING);
        int n = 0;
        while (side.send(n, LONGEST) == SysexWriter.SENT) {
            n++;
        }
        assertEquals(1, side.ring.dropped());
        assertEquals(0, side.producer.dropped());
        note(77);
        for (int i = 0; i < n; i++) {
            assertEquals("message " + i + " of " + LONGEST, side.take());
        }
        assertEquals("none " + n, side.take());
        assertEquals("event 77", side.take());
        assertEquals("-", side.take());
        assertEquals(0, side.ring.size());
        assertEquals(SysexWriter.SENT, side.send(5, LONGEST));
        assertEquals("message 5 of " + LONGEST, side.take());
    }

    /** A record without an event is what a producer leaves that dies between the two. */
    @Test
    void aRecordThatNobodyAsksForIsPassedOver() {
        side.send(1, 10);
        assertTrue(side.ring.write(EventType.SYSEX, new UnsafeBuffer(new byte[20]), 0, 20));
        side.newProducer(side.buffer);
        side.send(2, 30);
        assertEquals("message 1 of 10", side.take());
        assertEquals("message 2 of 30", side.take());
        assertEquals(0, side.ring.size());
    }

    @Test
    void aRingFullOfRecordsThatNobodyAsksForFlowsAgain() {
        while (side.ring.write(EventType.SYSEX, new UnsafeBuffer(new byte[LONGEST]), 0, LONGEST)) {
            side.newProducer(side.buffer);
        }
        assertEquals(SysexWriter.FULL, side.send(1, LONGEST));
        assertEquals("none 1", side.take());
        assertEquals(SysexWriter.SENT, side.send(2, LONGEST));
        assertEquals("message 2 of " + LONGEST, side.take());
        assertEquals(0, side.ring.size());
    }

    /** The producer dies before any one of its stores: its message is there whole or not at all, and its successor goes on. */
    @Test
    void whereverItsProducerDiesAMessageIsWholeOrAbsent() {
        int stores = 0;
        for (boolean died = true; died; stores++) {
            side = new SysexSide(SysexSide.memory(SLOTS, RING), SLOTS, RING);
            // Not far from the end of the data, so that the record is preceded by a padding one.
            side.startAt(RING - 24, 7);
            side.send(1, 8);
            final int after = stores;
            died =
                    dies(
                            after,
                            mortal -> {
                                final EventQueue queue =
                                        new EventQueue(mortal, 0, SysexSide.SLOTS_AT, SLOTS);
                                final int ring = SysexSide.ringAt(SLOTS);
                                new SysexWriter(
                                                queue,
                                                new RingWriter(
                                                        mortal,
                                                        ring,
                                                        ring + RingDescriptor.HEAD.size(),
                                                        RING))
                                        .offer(
                                                2,
                                                new UnsafeBuffer(SysexSide.message(2, 40)),
                                                0,
                                                40);
                            });
            side.newProducer(side.buffer);
            assertEquals(SysexWriter.SENT, side.send(3, 16), "after " + after + " stores");
            assertEquals("message 1 of 8", side.take());
            String next = side.take();
            if (next.equals("message 2 of 40")) {
                next = side.take();
            } else {
                assertTrue(died, "a message that was sent arrives");
            }
            assertEquals("message 3 of 16", next, "after " + after + " stores");
            assertEquals(0, side.ring.size());
        }
        assertTrue(stores > 15, stores + " stores");
    }

    /** The consumer dies before any one of its stores: its successor gets the message again or goes on behind it. */
    @Test
    void whereverItsConsumerDiesNoEventIsWithoutItsMessage() {
        int stores = 0;
        for (boolean died = true; died; stores++) {
            side = new SysexSide(SysexSide.memory(SLOTS, RING), SLOTS, RING);
            side.send(1, 8);
            side.send(2, 40);
            died =
                    dies(
                            stores,
                            mortal -> {
                                side.newConsumer(mortal);
                                assertEquals("message 1 of 8", side.take());
                            });
            side.newConsumer(side.buffer);
            String next = side.take();
            if (next.equals("message 1 of 8")) {
                assertTrue(died, "what was given back does not come again");
                next = side.take();
            }
            assertEquals("message 2 of 40", next, "after " + stores + " stores");
            assertEquals("-", side.take());
            assertEquals(0, side.ring.size());
        }
        assertEquals(3, stores, "the queue's head and the ring's");
    }

    /** Consumers die again and again between the two heads, and leave a ring full of what nobody asks for. */
    @Test
    void aProducerIsNotShutOutByConsumersThatDie() {
        int refused = 0;
        for (int n = 0; n < 200; n++) {
            final boolean sent = side.send(n, LONGEST) == SysexWriter.SENT;
            refused += sent ? 0 : 1;
            assertEquals(
                    sent ? "message " + n + " of " + LONGEST : "none " + n,
                    side.look(side.consumer.peek(side.consumer.head())));
            side.consumer.advance(side.consumer.head() + 1);
            if (n % 10 != 9) {
                side.newConsumer(side.buffer);
            } else {
                side.reader.release();
            }
        }
        assertTrue(refused > 0 && refused < 100, refused + " were refused");
    }

    private interface Life {
        void live(AtomicBuffer mortal);
    }

    private boolean dies(final int stores, final Life life) {
        final int[] left = {stores};
        final boolean[] died = {false};
        final AtomicBuffer mortal =
                (AtomicBuffer)
                        Proxy.newProxyInstance(
                                AtomicBuffer.class.getClassLoader(),
                                new Class<?>[] {AtomicBuffer.class},
                                (proxy, method, arguments) -> {
                                    if (method.getName().startsWith("put") && left[0]-- == 0) {
                                        died[0] = true;
                                        throw new IllegalStateException("dead");
                                    }
                                    try {
                                        return method.invoke(side.buffer, arguments);
                                    } catch (final InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
        try {
            life.live(mortal);
        } catch (final IllegalStateException e) {
            assertEquals("dead", e.getMessage());
        }
        return died[0];
    }

    @Test
    void whateverABrokenProducerNamesNoMessageLeavesTheRing() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final AtomicBuffer slot = new UnsafeBuffer(new byte[32]);
        final EventEncoder encoder = new EventEncoder(slot).moveTo(0);
        final Event event = new Event(slot);
        int found = 0;
        final int ringAt = SysexSide.ringAt(SLOTS) + RingDescriptor.HEAD.size();
        final int trailer = ringAt + RING;
        for (int i = 0; i < 50_000; i++) {
            final long head = odd(random, random.nextInt(RING / 8) * 8L);
            final long at = odd(random, head + random.nextInt(4) * 8L);
            final int length = (int) odd(random, random.nextInt(LONGEST + 4));
            side.buffer.putLong(trailer + RingDescriptor.TRAILER.offset("head"), head);
            side.buffer.putLong(
                    trailer + RingDescriptor.TRAILER.offset("tail"),
                    odd(random, head + random.nextInt(RING / 8) * 8L));
            final int record = ringAt + ((int) at & RING - 8);
            side.buffer.putInt(record, (int) odd(random, length + 8));
            side.buffer.putInt(record + 4, (int) odd(random, EventType.SYSEX));
            encoder.sysex(0, at, length);
            side.newConsumer(side.buffer);
            event.moveTo(0);
            if (side.reader.take(event)) {
                found++;
                assertTrue(event.payloadLength() <= LONGEST, "seed " + seed);
                assertEquals(
                        event.payloadLength(),
                        event.copyPayload(0, new byte[RING], 0, RING),
                        "seed " + seed);
            } else {
                assertEquals(0, event.payloadLength(), "seed " + seed);
            }
        }
        assertTrue(found > 5_000 && found < 40_000, found + " look like records, seed " + seed);
    }

    /** Now and then not what is asked for. */
    private static long odd(final Random random, final long usual) {
        return switch (random.nextInt(24)) {
            case 0 -> random.nextLong();
            case 1 -> usual + random.nextInt(9) - 4;
            default -> usual;
        };
    }

    @Test
    void anEventOfAnotherTypeHasNoMessage() {
        side.send(1, 8);
        note(2);
        assertFalse(side.reader.take(side.consumer.peek(1)));
        assertTrue(side.reader.take(side.consumer.peek(0)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 31, 1L << 32, Long.MIN_VALUE, -4096})
    void positionsMayWrapAnywhere(final long wrap) {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        side.startAt(wrap - 1024, wrap - 3);
        final Deque<String> expected = new ArrayDeque<>();
        final List<String> taken = new ArrayList<>();
        for (int n = 0; n < 2_000; n++) {
            final int length = 1 + random.nextInt(LONGEST);
            final boolean room = side.producer.size() < SLOTS;
            final int sent = side.send(n, length);
            if (sent == SysexWriter.SENT) {
                expected.add("message " + n + " of " + length);
            } else if (room) {
                expected.add("none " + n);
            }
            for (int k = random.nextInt(3); k > 0 && !expected.isEmpty(); k--) {
                final String next = side.take();
                taken.add(next);
                assertEquals(expected.poll(), next, "seed " + seed);
            }
        }
        assertTrue(taken.size() > 1_000, "seed " + seed);
    }

    @Test
    void betweenThreadsAHundredThousandMessagesArriveInOrderAndWhole() throws Exception {
        final int last = 100_000;
        side = new SysexSide(SysexSide.memory(64, 1 << 14), 64, 1 << 14);
        final CompletableFuture<Integer> producing =
                CompletableFuture.supplyAsync(
                        () -> {
                            int refused = 0;
                            for (int n = 0; n < last; n++) {
                                while (side.send(n, 1 + n % 700) != SysexWriter.SENT) {
                                    refused++;
                                    Thread.onSpinWait();
                                }
                            }
                            return refused;
                        });
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int next = 0;
        while (next < last) {
            final String found = side.take();
            if (!found.startsWith("none") && !found.equals("-")) {
                assertEquals("message " + next + " of " + (1 + next % 700), found);
                next++;
            }
            assertTrue(System.nanoTime() < deadline, "stopped at " + next);
        }
        assertEquals(
                (long) producing.get(10, TimeUnit.SECONDS),
                side.ring.dropped() + side.producer.dropped());
    }
}
