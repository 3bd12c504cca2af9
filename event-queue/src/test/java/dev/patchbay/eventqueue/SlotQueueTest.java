// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.EventDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a queue of events promises, with one producer and with many. */
class SlotQueueTest {
    private static final int CAPACITY = 8;

    private final List<Integer> taken = new ArrayList<>();
    private final EventHandler take = event -> taken.add(event.sampleOffset());

    private static boolean offer(final SlotQueue queue, final int number) {
        return queue.offer(EventType.NOTE_ON, number, 0, -1, 60, number, -number);
    }

    private static void offer(final SlotQueue queue, final int first, final int last) {
        for (int number = first; number <= last; number++) {
            assertTrue(offer(queue, number));
        }
    }

    private static List<Integer> numbers(final int first, final int last) {
        final List<Integer> numbers = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    @ParameterizedTest
    @EnumSource
    void aNewQueueIsEmpty(final QueueKind kind) {
        final SlotQueue queue = kind.queue(kind.memory(CAPACITY, 0), CAPACITY);
        assertEquals(CAPACITY, queue.capacity());
        assertEquals(0, queue.size());
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.dropped());
        assertNull(queue.peekFirst());
        queue.removeFirst();
        assertEquals(0, queue.poll(take, 10));
        assertTrue(queue.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void aPollTakesTheOldestUpToItsLimit(final QueueKind kind) {
        final AtomicBuffer memory = kind.memory(CAPACITY, 0);
        final SlotQueue producer = kind.queue(memory, CAPACITY);
        final SlotQueue consumer = kind.queue(memory, CAPACITY);
        offer(producer, 1, 6);
        assertEquals(0, consumer.poll(take, 0));
        assertEquals(0, consumer.poll(take, -1));
        assertEquals(4, consumer.poll(take, 4));
        assertEquals(2, consumer.size());
        assertEquals(2, consumer.poll(take, Integer.MAX_VALUE));
        assertEquals(numbers(1, 6), taken);
        assertEquals(0, consumer.poll(take, 1));
    }

    @ParameterizedTest
    @EnumSource
    void theSlotsOfAPollAreGivenBackTogetherAtItsEnd(final QueueKind kind) {
        final AtomicBuffer memory = kind.memory(CAPACITY, 0);
        final SlotQueue producer = kind.queue(memory, CAPACITY);
        final SlotQueue consumer = kind.queue(memory, CAPACITY);
        offer(producer, 1, CAPACITY);
        assertEquals(
                5,
                consumer.poll(
                        event -> assertFalse(offer(producer, 99), "a slot was given back"), 5));
        offer(producer, CAPACITY + 1, CAPACITY + 5);
        assertFalse(offer(producer, 99));
        assertEquals(6, producer.dropped());
        consumer.poll(take, CAPACITY);
        assertEquals(numbers(6, CAPACITY + 5), taken);
    }

    @ParameterizedTest
    @EnumSource
    void theEventWhoseHandlerThrewCountsAsHandledAndTheRestStays(final QueueKind kind) {
        final AtomicBuffer memory = kind.memory(CAPACITY, 0);
        final SlotQueue queue = kind.queue(memory, CAPACITY);
        offer(queue, 1, 5);
        final SlotQueue consumer = kind.queue(memory, CAPACITY);
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        consumer.poll(
                                event -> {
                                    take.onEvent(event);
                                    if (event.sampleOffset() == 3) {
                                        throw new IllegalArgumentException("of the handler");
                                    }
                                },
                                CAPACITY));
        assertEquals(2, consumer.size());
        assertEquals(2, kind.queue(memory, CAPACITY).poll(take, CAPACITY));
        assertEquals(numbers(1, 5), taken);
    }

    @ParameterizedTest
    @EnumSource
    void aPollBeforeAFrameStopsAtTheFirstEventThatIsNot(final QueueKind kind) {
        final SlotQueue queue = kind.queue(kind.memory(CAPACITY, 0), CAPACITY);
        for (final int at : new int[] {-1, 3, 9, 10, 4, 20}) {
            assertTrue(offer(queue, at));
        }
        assertEquals(0, queue.pollBefore(take, Integer.MIN_VALUE, CAPACITY));
        assertEquals(0, queue.pollBefore(take, -1, CAPACITY));
        assertEquals(1, queue.pollBefore(take, 10, 1));
        assertEquals(2, queue.pollBefore(take, 10, CAPACITY));
        assertEquals(List.of(-1, 3, 9), taken);
        assertEquals(0, queue.pollBefore(take, 10, CAPACITY), "the one at the frame is kept");
        assertEquals(2, queue.pollBefore(take, 11, CAPACITY));
        assertEquals(List.of(-1, 3, 9, 10, 4), taken);
        assertEquals(1, queue.pollBefore(take, Integer.MAX_VALUE, CAPACITY));
        assertTrue(queue.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void theOldestEventIsThereUntilItIsRemoved(final QueueKind kind) {
        final SlotQueue queue = kind.queue(kind.memory(CAPACITY, 0), CAPACITY);
        offer(queue, 1, 2);
        assertEquals(1, queue.peekFirst().sampleOffset());
        assertEquals(1, queue.peekFirst().sampleOffset());
        assertEquals(2, queue.size());
        queue.removeFirst();
        assertEquals(1, queue.size());
        assertEquals(2, queue.peekFirst().sampleOffset());
        queue.removeFirst();
        assertNull(queue.peekFirst());
        queue.removeFirst();
        assertEquals(0, queue.size());
        offer(queue, 3, 3);
        assertEquals(3, queue.peekFirst().sampleOffset());
    }

    private static void fill(final SlotQueue queue, final int slot, final int number) {
        queue.buffer().setMemory(slot, EventDescriptor.SIZE, (byte) 0);
        queue.buffer().putInt(slot + EventDescriptor.SAMPLE_OFFSET, number);
        queue.buffer().putShort(slot + EventDescriptor.TYPE, (short) EventType.NOTE_ON);
    }

    @ParameterizedTest
    @EnumSource
    void aClaimIsSeenOnceItIsCommittedAndNeverWhereItIsAborted(final QueueKind kind) {
        final AtomicBuffer memory = kind.memory(CAPACITY, 0);
        final SlotQueue producer = kind.queue(memory, CAPACITY);
        final SlotQueue consumer = kind.queue(memory, CAPACITY);
        for (int lap = 0; lap < 3 * CAPACITY; lap++) {
            final int first = producer.tryClaim();
            fill(producer, first, 2 * lap);
            assertEquals(0, consumer.poll(take, CAPACITY), "an open claim was read");
            assertNull(consumer.peekFirst());
            producer.abort(first);
            final int second = producer.tryClaim();
            fill(producer, second, lap);
            producer.commit(second);
            assertThrows(IllegalStateException.class, () -> producer.commit(second));
            assertThrows(IllegalStateException.class, () -> producer.abort(second));
            assertEquals(lap, consumer.peekFirst().sampleOffset());
            assertEquals(1, consumer.poll(take, CAPACITY));
            assertTrue(consumer.isEmpty());
        }
        assertEquals(numbers(0, 3 * CAPACITY - 1), taken);
        assertEquals(0, producer.dropped());
    }

    @ParameterizedTest
    @EnumSource
    void nothingButAClaimCanBeEnded(final QueueKind kind) {
        final SlotQueue queue = kind.queue(kind.memory(CAPACITY, 0), CAPACITY);
        offer(queue, 1, 1);
        final int slot = queue.tryClaim();
        for (final int wrong :
                new int[] {slot + 1, slot - EventDescriptor.SIZE, -1, 0, SlotQueue.FULL, 1 << 30}) {
            final IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> queue.commit(wrong));
            assertEquals(
                    "Nothing is claimed at offset "
                            + wrong
                            + ": a claim ends once, with commit or abort.",
                    refusal.getMessage());
            assertThrows(IllegalStateException.class, () -> queue.abort(wrong));
        }
        queue.commit(slot);
        assertEquals(2, queue.size());
    }

    @ParameterizedTest
    @EnumSource
    void aFullQueueRefusesAClaimAndCountsIt(final QueueKind kind) {
        final SlotQueue queue = kind.queue(kind.memory(CAPACITY, 0), CAPACITY);
        offer(queue, 1, CAPACITY);
        assertEquals(SlotQueue.FULL, queue.tryClaim());
        assertFalse(offer(queue, 99));
        assertEquals(2, queue.dropped());
        assertEquals(CAPACITY, queue.size());
        assertEquals(1, queue.poll(take, 1));
        assertTrue(queue.tryClaim() >= 0);
    }

    /** Slots as a batch has them, numbered from a first number on. */
    private static UnsafeBuffer batch(final int first, final int count) {
        final UnsafeBuffer batch = new UnsafeBuffer(new byte[8 + count * EventDescriptor.SIZE]);
        for (int i = 0; i < count; i++) {
            final int at = 8 + i * EventDescriptor.SIZE;
            batch.putInt(at + EventDescriptor.SAMPLE_OFFSET, first + i);
            batch.putDouble(at + EventDescriptor.DETAIL, -first - i);
        }
        return batch;
    }

    @ParameterizedTest
    @EnumSource
    void ofABatchAsManyAreTakenAsThereIsRoomFor(final QueueKind kind) {
        final AtomicBuffer memory = kind.memory(CAPACITY, 0);
        final SlotQueue producer = kind.queue(memory, CAPACITY);
        final SlotQueue consumer = kind.queue(memory, CAPACITY);
        assertEquals(0, producer.offerBatch(batch(0, 0), 8, 0));
        assertEquals(5, producer.offerBatch(batch(0, 5), 8, 5));
        assertEquals(3, consumer.poll(take, 3));
        assertEquals(6, producer.offerBatch(batch(5, 9), 8, 9));
        assertEquals(3, producer.dropped());
        assertEquals(0, producer.offerBatch(batch(99, 2), 8, 2));
        assertEquals(5, producer.dropped());
        final EventHandler whole =
                event -> {
                    assertEquals(-event.sampleOffset(), event.detail());
                    take.onEvent(event);
                };
        assertEquals(CAPACITY, consumer.poll(whole, 100));
        assertEquals(numbers(0, 10), taken);
        assertEquals(CAPACITY, producer.offerBatch(batch(11, 100), 8, 100));
        assertEquals(CAPACITY, consumer.poll(whole, 100));
        assertEquals(97, producer.dropped());
    }

    @ParameterizedTest
    @EnumSource
    void aQueueOfOneSlotServes(final QueueKind kind) {
        final AtomicBuffer memory = kind.memory(1, 0);
        final SlotQueue producer = kind.queue(memory, 1);
        final SlotQueue consumer = kind.queue(memory, 1);
        for (int i = 0; i < 5; i++) {
            producer.abort(producer.tryClaim());
            consumer.poll(take, 1);
            offer(producer, i, i);
            assertFalse(offer(producer, 99));
            assertEquals(1, consumer.poll(take, 9));
        }
        assertEquals(numbers(0, 4), taken);
    }

    @ParameterizedTest
    @CsvSource({
        "SINGLE, 2147483645",
        "SINGLE, 4294967293",
        "SINGLE, 9223372036854775805",
        "SINGLE, -3",
        "SHARED, 0",
        "SHARED, 2147483645",
        "SHARED, 4294967293",
        "SHARED, 9223372036854775805",
        "SHARED, -3",
    })
    void positionsMayStartAndWrapAnywhere(final QueueKind kind, final long start) {
        for (final int capacity : new int[] {1, 2, CAPACITY}) {
            final AtomicBuffer memory = kind.memory(capacity, start);
            final SlotQueue producer = kind.queue(memory, capacity);
            final SlotQueue consumer = kind.queue(memory, capacity);
            for (int lap = 0; lap < 12; lap++) {
                taken.clear();
                producer.abort(producer.tryClaim());
                consumer.poll(take, capacity);
                assertEquals(List.of(), taken);
                offer(producer, 0, capacity - 1);
                assertEquals(capacity, consumer.size());
                assertFalse(offer(producer, 99));
                assertEquals(capacity, consumer.poll(take, capacity));
                assertEquals(numbers(0, capacity - 1), taken, "lap " + lap + " from " + start);
                assertTrue(consumer.isEmpty());
            }
            assertEquals(12, producer.dropped());
        }
    }

    /** A tail that a broken producer stored. */
    @ParameterizedTest
    @CsvSource({"1000000, 8", "-1, 0", "9223372036854775807, 8", "-9223372036854775808, 0"})
    void aPollEndsAfterAsManyEventsAsThereAreSlots(final long tail, final int events) {
        final AtomicBuffer memory = QueueKind.SINGLE.memory(CAPACITY, 0);
        memory.putLong(QueueKind.TAIL_AT, tail);
        final SlotQueue consumer = QueueKind.SINGLE.queue(memory, CAPACITY);
        assertEquals(events, consumer.poll(take, Integer.MAX_VALUE));
        assertEquals(events, taken.size());
    }
}
