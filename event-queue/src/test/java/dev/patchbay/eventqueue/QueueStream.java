// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Java's end of the streams of {@code event_queue_stream.c}: the same events, told by their producer and number. */
final class QueueStream {
    static final int CAPACITY = 16;
    static final RegionDeclaration QUEUES =
            RegionDeclaration.named("queues")
                    .eventQueue("single", "", Role.CONTROL, Role.RT, CAPACITY)
                    .sharedEventQueue(
                            "shared", "", Set.of(Role.CONTROL, Role.UI), Role.RT, CAPACITY)
                    .build();

    private final int[] next = new int[Role.MAX_CODE + 1];
    private int received;

    /** Compiles a C resource of the tests beside the header of their region. */
    static Path compile(
            final Path folder, final String name, final String compiler, final String... options)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("queues.h"), HeaderGenerator.generate(QUEUES));
        final Path source =
                Files.writeString(
                        folder.resolve(name),
                        CText.read(name, QueueStream.class.getResourceAsStream(name)));
        return CProgram.compile(source, compiler, options);
    }

    static SectionEntry section(final Region region, final QueueKind kind) {
        return region.section(QUEUES.section(kind == QueueKind.SINGLE ? "single" : "shared"));
    }

    static SlotQueue queue(final Region region, final QueueKind kind, final Role role) {
        return kind == QueueKind.SINGLE
                ? EventQueue.over(region.buffer(), section(region, kind))
                : SharedEventQueue.over(region.buffer(), section(region, kind), role);
    }

    /** A child JVM: {@code QueueStream FILE KIND COUNT} produces as control. */
    public static void main(final String[] args) {
        try (Region region = Region.attach(Path.of(args[0]))) {
            final SlotQueue queue = queue(region, QueueKind.valueOf(args[1]), Role.CONTROL);
            // Its consumer started it and ends it.
            produce(queue, Role.CONTROL, Integer.parseInt(args[2]), () -> true);
        }
    }

    /** Sends this many events to a consumer that takes them as long as it lives. */
    static void produce(
            final SlotQueue queue,
            final Role role,
            final int count,
            final BooleanSupplier consuming) {
        final UnsafeBuffer three = new UnsafeBuffer(new byte[3 * EventDescriptor.SIZE]);
        for (int number = 0; number < count; ) {
            final int sent = send(queue, role, number, count, three);
            number += sent;
            if (sent == 0) {
                if (!consuming.getAsBoolean()) {
                    throw new AssertionError(
                            "The queue is full at event " + number + ", and its consumer ended.");
                }
                rest();
            }
        }
    }

    /** Sends an event, or a few, by one way or another; some claims are given up first. */
    private static int send(
            final SlotQueue queue,
            final Role role,
            final int number,
            final int count,
            final UnsafeBuffer three) {
        if (number % 13 == 5) {
            final int slot = queue.tryClaim();
            if (slot != SlotQueue.FULL) {
                queue.buffer().putInt(slot + EventDescriptor.SAMPLE_OFFSET, -1);
                queue.abort(slot);
            }
        }
        if (number % 3 == 0) {
            final boolean sent =
                    queue.offer(
                            role.code() + 1,
                            number % 64,
                            number % 30000,
                            ~number,
                            number,
                            number * 0.5,
                            -number);
            return sent ? 1 : 0;
        }
        if (number % 3 == 1) {
            final int some = Math.min(3, count - number);
            for (int i = 0; i < some; i++) {
                fill(three, i * EventDescriptor.SIZE, role, number + i);
            }
            return queue.offerBatch(three, 0, some);
        }
        final int slot = queue.tryClaim();
        if (slot == SlotQueue.FULL) {
            return 0;
        }
        fill(queue.buffer(), slot, role, number);
        queue.commit(slot);
        return 1;
    }

    private static void fill(
            final MutableDirectBuffer to, final int at, final Role role, final int number) {
        Event.store(
                to,
                at,
                role.code() + 1,
                number % 64,
                number % 30000,
                ~number,
                number,
                number * 0.5,
                -number);
    }

    /** Leaves the processor to the other side; a test that takes too long is interrupted, and ends here. */
    private static void rest() {
        LockSupport.parkNanos(20_000);
        if (Thread.interrupted()) {
            throw new AssertionError("interrupted");
        }
    }

    /** Receives this many events in all, from producers that have sent them or live. */
    void consume(final SlotQueue queue, final int count, final BooleanSupplier producing) {
        for (int round = 0; received < count; round++) {
            // Before the poll: what comes to nothing after the end is not to be expected any more.
            final boolean alive = producing.getAsBoolean();
            int events = queue.pollBefore(this::hear, 40, 7);
            events += queue.poll(this::hear, 5);
            if (events == 0 && !alive) {
                throw new AssertionError(
                        (count - received) + " events are missing, and their producer has ended.");
            }
            if (events == 0) {
                rest();
            }
        }
    }

    void hear(final Event e) {
        final int role = e.type() - 1;
        final int number = next[role]++;
        received++;
        if (e.sampleOffset() != number % 64
                || e.channel() != number % 30000
                || e.noteId() != ~number
                || e.index() != number
                || e.value() != number * 0.5
                || e.detail() != -number) {
            throw new AssertionError("Event " + number + " of role " + role + " is not what came.");
        }
    }

    /** The number of the event of a role that is next. */
    int next(final Role role) {
        return next[role.code()];
    }

    /** Begins anew with number 0 of each role. */
    void forget() {
        Arrays.fill(next, 0);
        received = 0;
    }
}
