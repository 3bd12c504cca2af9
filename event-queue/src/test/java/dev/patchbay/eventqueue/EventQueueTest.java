// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {
    private static final int CAPACITY = 8;
    private static final int HEAD = 128;
    private static final int SLOTS = HEAD + 256;
    private static final long TAIL_AT = HEAD + Heads.EVENT_QUEUE.offset("tail");
    private static final long HEAD_AT = HEAD + Heads.EVENT_QUEUE.offset("head");

    private final AtomicBuffer buffer =
            new UnsafeBuffer(
                    ByteBuffer.allocateDirect(SLOTS + 1024 * EventDescriptor.SIZE)
                            .order(ByteOrder.nativeOrder()));

    private EventQueue queue() {
        return new EventQueue(buffer, HEAD, SLOTS, CAPACITY);
    }

    private static boolean offer(final EventQueue queue, final int number) {
        return queue.offer(EventType.NOTE_ON, number, 0, -1, 60, number, -number);
    }

    private static int take(final EventQueue queue) {
        final long position = queue.head();
        assertTrue(position != queue.tail(), "the queue is empty");
        final int number = queue.peek(position).sampleOffset();
        queue.advance(position + 1);
        return number;
    }

    @Test
    void aNewQueueIsEmpty() {
        assertEquals(0, queue().head());
        assertEquals(0, queue().tail());
        assertEquals(0, queue().dropped());
        assertEquals(CAPACITY, queue().capacity());
    }

    @Test
    void everyFieldComesBackWithEveryBit() {
        final EventQueue queue = queue();
        assertTrue(
                queue.offer(
                        0xFFFF,
                        Integer.MIN_VALUE,
                        Short.MIN_VALUE,
                        Integer.MAX_VALUE,
                        0x12345678,
                        Double.MIN_VALUE,
                        -0.0));
        assertTrue(queue.offer(EventType.NOTE_OFF, 1, 15, -1, 127, Double.NaN, 1e300));
        final Event first = queue.peek(0);
        assertEquals(0xFFFF, first.type());
        assertEquals(Integer.MIN_VALUE, first.sampleOffset());
        assertEquals(Short.MIN_VALUE, first.channel());
        assertEquals(Integer.MAX_VALUE, first.noteId());
        assertEquals(0x12345678, first.index());
        assertEquals(Double.MIN_VALUE, first.value());
        assertEquals(1 / -0.0, 1 / first.detail());
        final Event second = queue.peek(1);
        assertSame(first, second, "one view serves all slots");
        assertEquals(EventType.NOTE_OFF, second.type());
        assertEquals(15, second.channel());
        assertEquals(-1, second.noteId());
        assertEquals(127, second.key());
        assertTrue(Double.isNaN(second.value()));
    }

    @Test
    void eventsComeOutInTheOrderTheyWentIn() {
        final EventQueue producer = queue();
        final EventQueue consumer = queue();
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int in = 0;
        int out = 0;
        while (out < 10_000) {
            for (int n = random.nextInt(CAPACITY + 1); n > 0 && in - out < CAPACITY; n--) {
                assertTrue(offer(producer, in++), "seed " + seed);
            }
            for (int n = random.nextInt(CAPACITY + 1); n > 0 && out < in; n--) {
                assertEquals(out++, take(consumer), "seed " + seed);
            }
        }
        assertEquals(0, producer.dropped());
    }

    @Test
    void aFullQueueRefusesTheNewestAndCountsIt() {
        final EventQueue queue = queue();
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(offer(queue, i));
        }
        assertFalse(offer(queue, 100));
        assertFalse(offer(queue, 101));
        assertEquals(2, queue.dropped());
        assertEquals(CAPACITY, queue.tail());
        assertEquals(0, take(queue));
        assertTrue(offer(queue, CAPACITY));
        assertFalse(offer(queue, 102));
        for (int i = 1; i <= CAPACITY; i++) {
            assertEquals(i, take(queue));
        }
        assertEquals(3, queue.dropped());
        assertEquals(queue.head(), queue.tail());
    }

    @Test
    void severalEventsAreGivenBackInOneStep() {
        final EventQueue queue = queue();
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(offer(queue, i));
        }
        queue.advance(5);
        for (int i = 0; i < 5; i++) {
            assertTrue(offer(queue, CAPACITY + i));
        }
        assertFalse(offer(queue, 99));
        assertEquals(5, take(queue));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 6, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aCapacityThatIsNoPowerOfTwoIsRefused(final int capacity) {
        assertEquals(
                "The capacity of an event queue must be a power of two, but it is "
                        + capacity
                        + ".",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new EventQueue(buffer, HEAD, SLOTS, capacity))
                        .getMessage());
    }

    @Test
    void oneClaimIsOpenAtATime() {
        final EventQueue queue = queue();
        final int slot = queue.tryClaim();
        assertEquals(
                "The slot at offset "
                        + slot
                        + " is still claimed: end that claim with commit or abort before the next.",
                assertThrows(IllegalStateException.class, queue::tryClaim).getMessage());
        assertEquals(0, queue.size(), "a claim takes no slot before it is committed");
        queue.abort(slot);
        assertEquals(slot, queue.tryClaim());
        assertTrue(offer(queue, 1));
        assertThrows(IllegalStateException.class, () -> queue.commit(slot), "it was overwritten");
    }

    /** How often a method is called on the queue's memory for the word at an offset. */
    private AtomicBuffer counting(final String method, final long offset, final int[] calls) {
        return (AtomicBuffer)
                Proxy.newProxyInstance(
                        AtomicBuffer.class.getClassLoader(),
                        new Class<?>[] {AtomicBuffer.class},
                        (proxy, called, arguments) -> {
                            if (called.getName().equals(method)
                                    && (Integer) arguments[0] == offset) {
                                calls[0]++;
                            }
                            return called.invoke(buffer, arguments);
                        });
    }

    @Test
    void aProducerLooksAtTheHeadOnlyWhereTheOneItKnowsLeavesNoRoom() {
        final int[] looks = {0};
        final EventQueue producer =
                new EventQueue(counting("getLongAcquire", HEAD_AT, looks), HEAD, SLOTS, CAPACITY);
        for (int lap = 1; lap <= 4; lap++) {
            for (int i = 0; i < CAPACITY; i++) {
                assertTrue(offer(producer, i));
            }
            assertEquals(lap, looks[0], "once a lap");
            queue().advance(producer.tail());
        }
    }

    @Test
    void aPollLooksAtTheTailOnceAndStoresTheHeadOnce() {
        final int[] looks = {0};
        final int[] stores = {0};
        final EventQueue looking =
                new EventQueue(counting("getLongAcquire", TAIL_AT, looks), HEAD, SLOTS, CAPACITY);
        final EventQueue storing =
                new EventQueue(counting("putLongRelease", HEAD_AT, stores), HEAD, SLOTS, CAPACITY);
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(offer(queue(), i));
        }
        assertEquals(1, looking.poll(event -> {}, 1));
        assertEquals(2, looking.poll(event -> {}, 2), "what it knows of is enough");
        assertEquals(1, looks[0]);
        assertEquals(5, storing.poll(event -> {}, 100));
        assertEquals(1, stores[0]);
        assertEquals(0, storing.poll(event -> {}, 100));
        assertEquals(1, stores[0], "nothing to give back");
    }

    @Test
    void newObjectsInEitherRoleGoOnWhereTheLastOnesEnded() {
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(offer(queue(), i));
        }
        assertFalse(offer(queue(), 99));
        for (int i = 0; i < CAPACITY; i++) {
            assertEquals(i, take(queue()));
        }
    }

    /** The producer dies before any one of its stores: its event is there whole or not at all. */
    @Test
    void anEventIsWholeOrAbsentWhereverItsProducerDied() {
        int stores = 0;
        for (boolean died = true; died; stores++) {
            buffer.setMemory(0, buffer.capacity(), (byte) 0);
            assertTrue(offer(queue(), 1));
            died = offerDies(stores);
            final EventQueue consumer = queue();
            assertEquals(1, take(consumer));
            assertEquals(died, consumer.head() == consumer.tail());
            if (!died) {
                assertEquals(2, consumer.peek(1).sampleOffset());
                assertEquals(-2, consumer.peek(1).detail());
                consumer.advance(2);
            }
            assertTrue(offer(queue(), 3));
            assertEquals(3, take(consumer));
        }
        assertEquals(9, stores, "seven fields and the tail");
    }

    private boolean offerDies(final int stores) {
        final int[] left = {stores};
        final AtomicBuffer mortal =
                (AtomicBuffer)
                        Proxy.newProxyInstance(
                                AtomicBuffer.class.getClassLoader(),
                                new Class<?>[] {AtomicBuffer.class},
                                (proxy, method, arguments) -> {
                                    if (method.getName().startsWith("put") && left[0]-- == 0) {
                                        throw new IllegalStateException("dead");
                                    }
                                    try {
                                        return method.invoke(buffer, arguments);
                                    } catch (final InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
        try {
            assertTrue(offer(new EventQueue(mortal, HEAD, SLOTS, CAPACITY), 2));
            return false;
        } catch (final IllegalStateException e) {
            return true;
        }
    }

    @Test
    void betweenThreadsAMillionEventsArriveInOrderAndWhole() throws Exception {
        final int last = 1_000_000;
        final int capacity = 1024;
        final EventQueue producer = new EventQueue(buffer, HEAD, SLOTS, capacity);
        final EventQueue consumer = new EventQueue(buffer, HEAD, SLOTS, capacity);
        final CompletableFuture<Long> producing =
                CompletableFuture.supplyAsync(
                        () -> {
                            long refused = 0;
                            for (int i = 0; i < last; i++) {
                                while (!producer.offer(
                                        i & 0xFFFF,
                                        i,
                                        (short) i,
                                        ~i,
                                        i * 31,
                                        i * 0.5,
                                        (double) i * i)) {
                                    refused++;
                                    Thread.onSpinWait();
                                }
                            }
                            return refused;
                        });
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        final int[] next = {0};
        final EventHandler check =
                event -> {
                    final int n = next[0]++;
                    if (event.type() != (n & 0xFFFF)
                            || event.sampleOffset() != n
                            || event.channel() != (short) n
                            || event.noteId() != ~n
                            || event.index() != n * 31
                            || event.value() != n * 0.5
                            || event.detail() != (double) n * n) {
                        throw new AssertionError("event " + n + " is torn or out of order");
                    }
                };
        while (next[0] < last) {
            assertTrue(System.nanoTime() < deadline, "stopped at " + next[0]);
            consumer.poll(check, 300);
        }
        assertEquals(producing.get(10, TimeUnit.SECONDS), consumer.dropped());
        assertEquals(last, consumer.tail());
    }
}
