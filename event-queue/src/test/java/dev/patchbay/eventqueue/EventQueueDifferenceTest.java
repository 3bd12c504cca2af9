// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.testing.CProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The event queues in Java against those in C: the same random operations, and after each of them the same answer, the same events and the
 * same bytes, all of them.
 */
class EventQueueDifferenceTest {
    private static final int STEPS = 600;
    private static final int CLAIMS = 4;
    private static final int MOST_IN_A_BATCH = 16;

    /** Near where a position in 32 bits, signed or not, or in 64 bits would wrap. */
    private static final long[] STARTS = {0, 1L << 31, 1L << 32, Long.MIN_VALUE, 20};

    @TempDir private static Path programs;
    private static final List<Path> C = new ArrayList<>();

    private final StringBuilder script = new StringBuilder();
    private final StringBuilder expected = new StringBuilder();
    private Random random;
    private QueueKind kind;
    private AtomicBuffer memory;
    private final SlotQueue[] producers = new SlotQueue[2];
    private SlotQueue consumer;

    /** The offset of each claim that is open, or {@link SlotQueue#FULL}, and whose it is. */
    private final int[] claims = new int[CLAIMS];

    private final int[] claimants = new int[CLAIMS];
    private int number;

    @BeforeAll
    static void compile() throws Exception {
        C.add(
                QueueStream.compile(
                        programs,
                        "event_queue_script.c",
                        "gcc",
                        "-std=c11",
                        "-O1",
                        "-g",
                        "-fsanitize=address,undefined",
                        "-fno-sanitize-recover=all"));
        C.add(
                QueueStream.compile(
                        programs, "event_queue_script.c", "g++", "-xc++", "-std=c++17", "-O2"));
    }

    @ParameterizedTest
    @EnumSource
    void javaAndCAnswerTheSameAndLeaveTheSameBytesAfterEveryStep(final QueueKind queue)
            throws Exception {
        kind = queue;
        final long seed = Long.getLong("patchbay.seed", System.nanoTime());
        System.out.println("EventQueueDifferenceTest: " + kind + " seed " + seed);
        random = new Random(seed);
        for (final long start : STARTS) {
            for (final int capacity : new int[] {1, 2, 8, 32}) {
                compare(capacity, start - random.nextInt(20 + capacity));
            }
        }
    }

    private void compare(final int capacity, final long start) throws Exception {
        script.setLength(0);
        expected.setLength(0);
        java.util.Arrays.fill(claims, SlotQueue.FULL);
        number = 0;
        memory = kind.memory(capacity, start);
        final byte[] image = new byte[memory.capacity()];
        memory.getBytes(0, image);
        final Path file = Files.write(programs.resolve("memory"), image);
        final Role[] roles = {Role.CONTROL, Role.UI};
        for (int i = 0; i < producers.length; i++) {
            producers[i] =
                    kind == QueueKind.SINGLE
                            ? kind.queue(memory, capacity)
                            : QueueKind.shared(memory, capacity, roles[i]);
        }
        consumer =
                kind == QueueKind.SINGLE
                        ? kind.queue(memory, capacity)
                        : QueueKind.shared(memory, capacity, Role.RT);
        for (int i = 0; i < STEPS; i++) {
            // Every other while nothing is taken, so that it fills up.
            step(i / 60 % 2 == 0);
        }
        final String what = kind + " of " + capacity + " from " + start;
        assertTrue(consumer.dropped() > 0, what + " was never full");
        for (final Path program : C) {
            final List<String> command =
                    List.of(
                            program.toString(),
                            kind.name().toLowerCase(Locale.ROOT),
                            Integer.toString(capacity),
                            file.toString());
            final String[] said = CProgram.run(command, script.toString()).split("\n");
            final String[] wanted = expected.toString().split("\n");
            final String[] steps = script.toString().split("\n");
            for (int i = 0; i < wanted.length && i < said.length; i++) {
                assertEquals(wanted[i], said[i], what + ", step " + i + ": " + steps[i]);
            }
            assertEquals(wanted.length, said.length, what);
        }
    }

    private void step(final boolean filling) {
        final int side = kind == QueueKind.SINGLE ? 0 : random.nextInt(2);
        final int claim = kind == QueueKind.SINGLE ? 0 : random.nextInt(CLAIMS);
        final boolean open = claims[claim] != SlotQueue.FULL;
        final boolean mayOffer = kind == QueueKind.SHARED || !open;
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> {
                if (mayOffer) {
                    offer(side);
                }
            }
            case 3, 4 -> {
                if (open) {
                    end(claim);
                } else {
                    claim(side, claim);
                }
            }
            case 5 -> poll(filling ? 0 : random.nextInt(10));
            case 6 -> pollBefore(number - random.nextInt(12), filling ? 0 : random.nextInt(10));
            case 7 -> first();
            case 8 -> {
                if (!filling) {
                    consumer.removeFirst();
                    note('r', 0, 0, 0, 0, RingSide.Hash.START);
                }
            }
            case 9 -> {
                note('s', 0, 0, 0, consumer.size(), RingSide.Hash.START);
                note('d', 0, 0, 0, consumer.dropped(), RingSide.Hash.START);
            }
            default -> death(side);
        }
    }

    private void offer(final int side) {
        final int n = next();
        if (random.nextBoolean()) {
            final UnsafeBuffer one = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
            fill(one, 0, n);
            final Event event = new Event(one).moveTo(0);
            final boolean sent =
                    producers[side].offer(
                            event.type(),
                            event.sampleOffset(),
                            event.channel(),
                            event.noteId(),
                            event.index(),
                            event.value(),
                            event.detail());
            note('o', side, n, 0, sent ? 1 : 0, RingSide.Hash.START);
            return;
        }
        final int count = random.nextInt(MOST_IN_A_BATCH + 1);
        final UnsafeBuffer batch = new UnsafeBuffer(new byte[count * EventDescriptor.SIZE]);
        for (int i = 0; i < count; i++) {
            fill(batch, i * EventDescriptor.SIZE, n + i);
        }
        final int taken = producers[side].offerBatch(batch, 0, count);
        note('b', side, n, count, taken, RingSide.Hash.START);
        number += count;
    }

    private void claim(final int side, final int claim) {
        final int n = next();
        claims[claim] = producers[side].tryClaim();
        claimants[claim] = side;
        final boolean claimed = claims[claim] != SlotQueue.FULL;
        if (claimed) {
            fill(memory, claims[claim], n);
        }
        note('c', side, n, claim, claimed ? 1 : 0, RingSide.Hash.START);
    }

    private void end(final int claim) {
        final SlotQueue producer = producers[claimants[claim]];
        final boolean keep = random.nextInt(3) > 0;
        if (keep) {
            producer.commit(claims[claim]);
        } else {
            producer.abort(claims[claim]);
        }
        claims[claim] = SlotQueue.FULL;
        note(keep ? 'k' : 'a', claimants[claim], 0, claim, 1, RingSide.Hash.START);
    }

    private void poll(final int most) {
        final long[] seen = {RingSide.Hash.START};
        note('p', 0, most, 0, consumer.poll(hearing(seen), most), seen[0]);
    }

    private void pollBefore(final int before, final int limit) {
        final long[] seen = {RingSide.Hash.START};
        note('q', 0, before, limit, consumer.pollBefore(hearing(seen), before, limit), seen[0]);
    }

    private void first() {
        final long[] seen = {RingSide.Hash.START};
        final Event first = consumer.peekFirst();
        if (first != null) {
            hearing(seen).onEvent(first);
        }
        note('f', 0, 0, 0, first == null ? 0 : 1, seen[0]);
    }

    /** The claims of a producer are nobody's any more; a successor begins later, perhaps. */
    private void death(final int side) {
        if (kind == QueueKind.SINGLE || random.nextInt(3) > 0) {
            return;
        }
        final SharedEventQueue queue = (SharedEventQueue) consumer;
        for (int claim = 0; claim < CLAIMS; claim++) {
            if (claims[claim] != SlotQueue.FULL && claimants[claim] == side) {
                claims[claim] = SlotQueue.FULL;
            }
        }
        final int dead = side == 0 ? Role.CONTROL.bit() : Role.UI.bit();
        note('u', 0, 0, 0, queue.unblock(0), RingSide.Hash.START);
        note('u', 0, dead, 0, queue.unblock(dead), RingSide.Hash.START);
        ((SharedEventQueue) producers[side]).takeOver();
        note('t', side, 0, 0, 0, RingSide.Hash.START);
    }

    private int next() {
        // Numbers start anew, so that a poll before a frame meets later ones in front.
        number = number > 2000 ? 0 : number + 1;
        return number;
    }

    private static void fill(final MutableDirectBuffer to, final int at, final int n) {
        for (int i = 0; i < EventDescriptor.SIZE / Long.BYTES; i++) {
            to.putLong(at + i * Long.BYTES, n | (long) (n + i) << 32);
        }
    }

    /** A handler that hashes all bytes of an event. */
    private static EventHandler hearing(final long[] hash) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
        return event -> {
            Event.store(
                    copy,
                    0,
                    event.type(),
                    event.sampleOffset(),
                    event.channel(),
                    event.noteId(),
                    event.index(),
                    event.value(),
                    event.detail());
            hash[0] = RingSide.Hash.of(hash[0], copy, 0, copy.capacity());
        };
    }

    private void note(
            final char op,
            final int side,
            final int a,
            final int b,
            final long answer,
            final long seen) {
        script.append(String.format("%c %d %d %d%n", op, side, a, b));
        final long bytes = RingSide.Hash.of(RingSide.Hash.START, memory, 0, memory.capacity());
        expected.append(String.format("%c %d %x %x%n", op, answer, seen, bytes));
    }
}
