// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.testing.CProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process of an event queue dies, in C after each of its instructions and in Java before each of its stores. What was there arrives, of
 * the dying producer's events some first ones, each whole, and what others send; a killed consumer's batch comes again as a whole or not
 * at all.
 */
class QueueDeathTest {
    private static final int CAPACITY = 8;
    private static final Role DYING = Role.CONTROL;

    @TempDir private Path folder;

    @Test
    void inCNoInstructionIsABadOneToDieAfter() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("QueueDeathTest: seed of event_queue_death.c " + seed);
        for (final String level : List.of("-O2", "-O0")) {
            final Path program =
                    QueueStream.compile(
                            folder,
                            "event_queue_death.c",
                            "gcc",
                            "-std=c11",
                            "-D_GNU_SOURCE",
                            level);
            final String said =
                    CProgram.run(
                            List.of(program.toString(), Long.toUnsignedString(seed), "80"), "");
            assertTrue(said.matches("[1-9]\\d* sent, \\d+ refused\n"), said);
        }
    }

    private static SlotQueue queue(
            final QueueKind kind, final AtomicBuffer memory, final Role role) {
        return kind == QueueKind.SINGLE
                ? kind.queue(memory, CAPACITY)
                : QueueKind.shared(memory, CAPACITY, role);
    }

    private static boolean send(final SlotQueue queue, final int number) {
        return queue.offer(EventType.NOTE_ON, number, 3, ~number, number * 3, number, -number);
    }

    private static void take(final List<Integer> seen, final Event e) {
        final int n = e.sampleOffset();
        assertTrue(
                e.noteId() == ~n && e.index() == n * 3 && e.value() == n && e.detail() == -n,
                "an event is torn");
        seen.add(n);
    }

    /** Polls until the queue is empty; what is stuck must be the dying role's. */
    private static List<Integer> takeAll(final QueueKind kind, final AtomicBuffer memory) {
        final List<Integer> seen = new ArrayList<>();
        final SlotQueue queue = queue(kind, memory, Role.RT);
        for (int i = 0; i < 20 && !queue.isEmpty(); i++) {
            queue.poll(event -> take(seen, event), CAPACITY);
            if (queue instanceof SharedEventQueue shared) {
                shared.unblock(DYING.bit());
            }
        }
        assertTrue(queue.isEmpty(), "the queue does not flow");
        return seen;
    }

    /** A queue anywhere, with some events in it. */
    private static List<Integer> prepare(
            final QueueKind kind, final AtomicBuffer memory, final Random random) {
        final List<Integer> waiting = new ArrayList<>();
        final SlotQueue living = queue(kind, memory, Role.UI);
        for (int n = 100 + random.nextInt(CAPACITY + 2); n > 100; n--) {
            if (send(living, n)) {
                waiting.add(n);
            }
        }
        return waiting;
    }

    private static AtomicBuffer memory(final QueueKind kind, final Random random) {
        return kind.memory(CAPACITY, random.nextInt(30) - 15);
    }

    private static AtomicBuffer watched(
            final AtomicBuffer memory, final Consumer<UnsafeBuffer> death) {
        return RingDeathTest.watched((UnsafeBuffer) memory, death);
    }

    private static void produce(final SlotQueue queue, final int way, final int number) {
        if (way == 0) {
            send(queue, number);
        } else if (way == 1) {
            final UnsafeBuffer batch = new UnsafeBuffer(new byte[3 * EventDescriptor.SIZE]);
            for (int i = 0; i < 3; i++) {
                fill(batch, i * EventDescriptor.SIZE, number + i);
            }
            queue.offerBatch(batch, 0, 3);
        } else {
            for (final boolean keep : new boolean[] {false, true}) {
                final int slot = queue.tryClaim();
                if (slot == SlotQueue.FULL) {
                    return;
                }
                if (keep) {
                    fill(queue.buffer(), slot, number);
                    queue.commit(slot);
                } else {
                    queue.abort(slot);
                }
            }
        }
    }

    private static void fill(
            final org.agrona.MutableDirectBuffer to, final int at, final int number) {
        to.putInt(at + EventDescriptor.SAMPLE_OFFSET, number);
        to.putShort(at + EventDescriptor.TYPE, (short) EventType.NOTE_ON);
        to.putInt(at + EventDescriptor.NOTE_ID, ~number);
        to.putInt(at + EventDescriptor.INDEX, number * 3);
        to.putDouble(at + EventDescriptor.VALUE, number);
        to.putDouble(at + EventDescriptor.DETAIL, -number);
    }

    @ParameterizedTest
    @EnumSource
    void inJavaNoStoreIsABadOneForAProducerToDieBefore(final QueueKind kind) {
        final long seed = System.nanoTime();
        System.out.println("QueueDeathTest: seed of the producers " + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            final AtomicBuffer memory = memory(kind, random);
            final List<Integer> waiting = prepare(kind, memory, random);
            final int[] deaths = {0};
            final AtomicBuffer mortal =
                    watched(
                            memory,
                            grave -> {
                                deaths[0]++;
                                succeed(kind, grave, waiting);
                            });
            produce(queue(kind, mortal, DYING), round % 3, 1000);
            succeed(kind, memory, waiting);
            assertTrue(deaths[0] > 0);
        }
    }

    private static void succeed(
            final QueueKind kind, final AtomicBuffer memory, final List<Integer> waiting) {
        final List<Integer> expected = new ArrayList<>(waiting);
        // A living one goes on beside the dead one's claim.
        final boolean sent = kind == QueueKind.SHARED && send(queue(kind, memory, Role.UI), 2000);
        final List<Integer> seen = takeAll(kind, memory);
        for (int n = 1000; n < 1003 && seen.contains(n); n++) {
            expected.add(n);
        }
        if (sent) {
            expected.add(2000);
        }
        assertEquals(expected, seen);
        final SlotQueue successor = queue(kind, memory, DYING);
        if (successor instanceof SharedEventQueue shared) {
            shared.takeOver();
        }
        for (int n = 3000; n < 3020; n++) {
            assertTrue(send(successor, n), "an empty queue refuses");
            assertEquals(List.of(n), takeAll(kind, memory));
        }
    }

    @ParameterizedTest
    @EnumSource
    void inJavaNoStoreIsABadOneForAConsumerToDieBefore(final QueueKind kind) {
        final long seed = System.nanoTime();
        System.out.println("QueueDeathTest: seed of the consumers " + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            final AtomicBuffer memory = memory(kind, random);
            final List<Integer> waiting = prepare(kind, memory, random);
            final boolean claimed =
                    kind == QueueKind.SHARED
                            && queue(kind, memory, DYING).tryClaim() != SlotQueue.FULL;
            final boolean more = claimed && send(queue(kind, memory, Role.UI), 50);
            final List<Integer> all = new ArrayList<>(waiting);
            if (more) {
                all.add(50);
            }
            final List<List<Integer>> allowed =
                    List.of(all, all.subList(waiting.size(), all.size()), List.of());
            takeAll(
                    kind,
                    watched(
                            memory,
                            grave -> {
                                final List<Integer> seen = takeAll(kind, grave);
                                assertTrue(allowed.contains(seen), () -> seen + " of " + all);
                            }));
            assertTrue(queue(kind, memory, Role.RT).isEmpty());
        }
    }
}
