// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What only a queue with many producers does. {@link SlotQueueTest} has the rest. */
class SharedEventQueueTest {
    private static final int CAPACITY = 4;

    private final AtomicBuffer memory = QueueKind.SHARED.memory(CAPACITY, 0);
    private final SharedEventQueue control = queue(Role.CONTROL);
    private final SharedEventQueue ui = queue(Role.UI);
    private final SharedEventQueue consumer = queue(Role.RT);
    private final List<Integer> taken = new ArrayList<>();

    private SharedEventQueue queue(final Role role) {
        return QueueKind.shared(memory, CAPACITY, role);
    }

    private static boolean offer(final SlotQueue queue, final int number) {
        return queue.offer(EventType.NOTE_ON, number, 0, -1, 60, number, -number);
    }

    private List<Integer> poll() {
        taken.clear();
        consumer.poll(event -> taken.add(event.sampleOffset()), CAPACITY);
        return taken;
    }

    private void fill(final int slot, final int number) {
        memory.putInt(slot + EventDescriptor.SAMPLE_OFFSET, number);
    }

    @Test
    void claimsEndInAnyOrderAndTheConsumerStopsBeforeTheFirstThatIsOpen() {
        final int first = control.tryClaim();
        final int second = ui.tryClaim();
        final int third = control.tryClaim();
        fill(first, 1);
        fill(second, 2);
        fill(third, 3);
        control.commit(third);
        assertEquals(List.of(), poll());
        control.commit(first);
        assertEquals(List.of(1), poll());
        ui.abort(second);
        assertEquals(List.of(3), poll());
        assertTrue(consumer.isEmpty());
    }

    @Test
    void skippedSlotsDoNotCountAsEvents() {
        final int first = control.tryClaim();
        final int second = control.tryClaim();
        assertTrue(offer(ui, 7));
        control.abort(second);
        control.abort(first);
        assertEquals(1, consumer.poll(event -> taken.add(event.sampleOffset()), 1));
        assertEquals(List.of(7), taken);
        control.abort(control.tryClaim());
        assertEquals(1, consumer.size());
        assertEquals(List.of(), poll());
        assertEquals(0, consumer.size());
    }

    @Test
    void eachRoleCountsWhatItCouldNotSend() {
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(offer(ui, i));
        }
        assertFalse(offer(control, 9));
        assertFalse(offer(control, 9));
        assertEquals(0, ui.offerBatch(new UnsafeBuffer(new byte[96]), 0, 3));
        assertEquals(2, consumer.dropped(Role.CONTROL));
        assertEquals(3, consumer.dropped(Role.UI));
        assertEquals(0, consumer.dropped(Role.RT));
        assertEquals(5, consumer.dropped());
        assertEquals(0, consumer.unblock(0));
    }

    @Test
    void aDeadProducersClaimIsFreedOnlyOnceItIsProvedDead() {
        assertTrue(offer(ui, 1));
        control.tryClaim();
        assertTrue(offer(ui, 2));
        control.tryClaim();
        assertEquals(0, consumer.unblock(0), "nothing is stuck");
        assertEquals(List.of(1), poll());
        for (int i = 0; i < 10; i++) {
            assertEquals(0, consumer.unblock(0));
            assertEquals(0, consumer.unblock(Role.UI.bit()));
        }
        assertEquals(2, consumer.unblock(Role.CONTROL.bit()), "all that is proved, at once");
        assertEquals(0, consumer.unblock(Role.CONTROL.bit()));
        assertEquals(List.of(2), poll());
        assertTrue(consumer.isEmpty());
        final SharedEventQueue successor = queue(Role.CONTROL);
        successor.takeOver();
        assertTrue(offer(successor, 3));
        assertEquals(List.of(3), poll());
    }

    @Test
    void whileALiveRoleHoldsAClaimNothingIsFreed() {
        control.tryClaim();
        final int living = ui.tryClaim();
        assertEquals(0, consumer.unblock(Role.CONTROL.bit()));
        // A claim that is made meanwhile does not hold the proof up.
        fill(living, 5);
        ui.commit(living);
        final int later = ui.tryClaim();
        ui.commit(later);
        assertEquals(1, consumer.unblock(Role.CONTROL.bit()));
        assertEquals(List.of(5, 0), poll());
    }

    /** The role's successor has begun its lane anew: that proves the predecessor's claims abandoned too. */
    @Test
    void aSuccessorsTakeOverFreesTheClaimsOfItsPredecessor() {
        control.tryClaim();
        queue(Role.CONTROL).takeOver();
        assertEquals(1, consumer.unblock(0));
        assertEquals(List.of(), poll());
    }

    @Test
    void slotsOfAnotherSizeAreRefused() {
        final SectionEntry wide =
                new SectionEntry("wide", null, 0, 4096, 0, 1280, 64, 4, 1, 512, 0, 0, null, 0);
        final String message =
                "The slots of the event queue \"wide\" have 64 bytes, expected 32. Build both sides"
                        + " with the same version of Patchbay.";
        final AtomicBuffer room = new UnsafeBuffer(new byte[4096]);
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SharedEventQueue.over(room, wide, Role.UI))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> EventQueue.over(room, wide))
                        .getMessage());
    }

    /** Each of two threads sends in its own order; some claims are given up, and some events go in batches. */
    @Test
    void betweenThreadsEachProducersEventsArriveInOrderAndWhole() throws Exception {
        final int last = 300_000;
        final int capacity = 64;
        final AtomicBuffer room = QueueKind.SHARED.memory(capacity, -100);
        final List<CompletableFuture<Void>> producing = new ArrayList<>();
        for (final Role role : List.of(Role.CONTROL, Role.UI)) {
            producing.add(
                    CompletableFuture.runAsync(
                            () -> produce(QueueKind.shared(room, capacity, role), role, last)));
        }
        final SharedEventQueue reader = QueueKind.shared(room, capacity, Role.RT);
        final int[] next = new int[Role.MAX_CODE + 1];
        final EventHandler check =
                event -> {
                    final int n = next[event.type()]++;
                    if (event.sampleOffset() != n
                            || event.index() != n * 31
                            || event.value() != n * 0.5
                            || event.detail() != -n) {
                        throw new AssertionError(
                                "event " + n + " of " + event.type() + " is torn or out of order");
                    }
                };
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
        while (Arrays.stream(next).sum() < 2 * last) {
            assertTrue(System.nanoTime() < deadline, () -> "stopped at " + Arrays.toString(next));
            if (reader.poll(check, 50) == 0) {
                assertEquals(0, reader.unblock(0), "a living one's claim was freed");
                Thread.onSpinWait();
            }
        }
        for (final CompletableFuture<Void> one : producing) {
            one.get(10, TimeUnit.SECONDS);
        }
        assertTrue(reader.poll(check, 1) == 0 && reader.isEmpty());
    }

    private static void produce(final SharedEventQueue queue, final Role role, final int last) {
        final UnsafeBuffer two = new UnsafeBuffer(new byte[2 * EventDescriptor.SIZE]);
        for (int n = 0; n < last; ) {
            if (n % 11 == 3) {
                final int slot = queue.tryClaim();
                if (slot != SlotQueue.FULL) {
                    queue.abort(slot);
                }
            }
            if (n % 5 == 0 && n + 1 < last) {
                slot(two, 0, role, n);
                slot(two, EventDescriptor.SIZE, role, n + 1);
                n += queue.offerBatch(two, 0, 2);
            } else if (n % 3 == 0) {
                final int slot = queue.tryClaim();
                if (slot != SlotQueue.FULL) {
                    slot(queue.buffer(), slot, role, n++);
                    queue.commit(slot);
                }
            } else if (queue.offer(role.code(), n, 0, -1, n * 31, n * 0.5, -n)) {
                n++;
            }
        }
    }

    private static void slot(
            final org.agrona.MutableDirectBuffer to, final int at, final Role role, final int n) {
        to.putInt(at + EventDescriptor.SAMPLE_OFFSET, n);
        to.putShort(at + EventDescriptor.TYPE, (short) role.code());
        to.putInt(at + EventDescriptor.INDEX, n * 31);
        to.putDouble(at + EventDescriptor.VALUE, n * 0.5);
        to.putDouble(at + EventDescriptor.DETAIL, -n);
    }
}
