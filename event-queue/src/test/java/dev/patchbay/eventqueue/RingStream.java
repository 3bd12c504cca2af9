// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** Java's end of the streams of {@code ring_stream.c}: the same messages, told by their producer and number. */
final class RingStream {
    static final int CAPACITY = 1024;
    static final RegionDeclaration RINGS =
            RegionDeclaration.named("rings")
                    .ring("ring", "", Role.CONTROL, Role.RT, CAPACITY)
                    .sharedRing("shared_ring", "", Set.of(Role.CONTROL, Role.UI), Role.RT, CAPACITY)
                    .build();

    private static final int NUMBERS = 0xFFFFFF;

    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[CAPACITY]);
    private final int[] next = new int[Role.MAX_CODE + 1];
    private String fault = "";

    /** What sends one message, or says that there is no room. */
    interface Sender {
        boolean send(int type, UnsafeBuffer payload, int length);
    }

    /** What hands messages to this stream. */
    interface Receiver {
        int receive();
    }

    static SectionEntry section(final Region region, final SectionKind kind) {
        return region.section(RINGS.section(kind == SectionKind.RING ? "ring" : "shared_ring"));
    }

    /** The bytes that Agrona's classes take: data and trailer. */
    static UnsafeBuffer slice(final Region region, final SectionKind kind) {
        return new UnsafeBuffer(
                region.buffer(),
                section(region, kind).elementOffset(0),
                CAPACITY + RingDescriptor.TRAILER.size());
    }

    /** A child JVM: {@code RingStream FILE KIND COUNT} produces as control. */
    public static void main(final String[] args) {
        try (Region region = Region.attach(Path.of(args[0]))) {
            final RecordWriter writer = writer(region, SectionKind.valueOf(args[1]), Role.CONTROL);
            new RingStream()
                    .produce(
                            Role.CONTROL,
                            Integer.parseInt(args[2]),
                            // Its consumer started it and ends it.
                            () -> true,
                            alternately(writer));
        }
    }

    static RecordWriter writer(final Region region, final SectionKind kind, final Role role) {
        if (kind == SectionKind.RING) {
            final RingWriter writer = RingWriter.over(region.buffer(), section(region, kind));
            writer.takeOver();
            return writer;
        }
        final SharedRingWriter writer =
                SharedRingWriter.over(region.buffer(), section(region, kind), role);
        writer.takeOver();
        return writer;
    }

    /** Sends by each way in turn: written, claimed and committed, claimed and given up and then written. */
    static Sender alternately(final RecordWriter writer) {
        return (type, payload, length) -> {
            if (type % 13 == 5) {
                final int at = writer.tryClaim(type, length);
                if (at != RecordWriter.FULL) {
                    writer.buffer().setMemory(at, length, (byte) type);
                    writer.abort(at);
                }
            }
            if (type % 2 == 0) {
                return writer.write(type, payload, 0, length);
            }
            final int at = writer.tryClaim(type, length);
            if (at == RecordWriter.FULL) {
                return false;
            }
            writer.buffer().putBytes(at, payload, 0, length);
            writer.commit(at);
            return true;
        };
    }

    /** Sends this many messages to a consumer that takes them as long as it lives. */
    void produce(
            final Role role,
            final int count,
            final BooleanSupplier consuming,
            final Sender sender) {
        for (int number = 0; number < count; number++) {
            final int length = length(role.code(), number);
            for (int i = 0; i < length; i++) {
                payload.putByte(i, content(role.code(), number, i));
            }
            while (!sender.send(type(role.code(), number), payload, length)) {
                if (!consuming.getAsBoolean()) {
                    throw new AssertionError(
                            "The ring is full at message "
                                    + number
                                    + ", and its consumer has ended.");
                }
                rest();
            }
        }
    }

    /** Leaves the processor to the other side; a test that takes too long is interrupted, and ends here. */
    private static void rest() {
        LockSupport.parkNanos(20_000);
        if (Thread.interrupted()) {
            throw new AssertionError("interrupted");
        }
    }

    /** Receives this many messages in all, from a producer that has sent them or lives. */
    void consume(final int count, final BooleanSupplier producing, final Receiver receiver) {
        int left = count;
        int idle = 0;
        while (left > 0) {
            // Before the read: what comes to nothing after the end is not to be expected any more.
            final boolean alive = producing.getAsBoolean();
            final int messages = receiver.receive();
            if (messages < 0 || !fault.isEmpty()) {
                throw new AssertionError(fault.isEmpty() ? "The ring is corrupt." : fault);
            }
            left -= messages;
            // A read ends at the end of the data, so two that find nothing are the end.
            idle = messages > 0 || alive ? 0 : idle + 1;
            if (idle > 1) {
                throw new AssertionError(
                        left + " messages are missing, and their producer has ended.");
            }
            if (messages == 0) {
                rest();
            }
        }
    }

    /** A handler. */
    void hear(
            final int type,
            final org.agrona.DirectBuffer buffer,
            final int index,
            final int length) {
        final int role = type - 1 >> 24;
        final int number = next[role]++;
        boolean sound = type == type(role, number) && length == length(role, number);
        for (int i = 0; sound && i < length; i++) {
            sound = buffer.getByte(index + i) == content(role, number, i);
        }
        if (!sound && fault.isEmpty()) {
            fault = "Message " + number + " of role " + role + " is not what came.";
        }
    }

    /** The number of the message of a role that is next. */
    int next(final Role role) {
        return next[role.code()];
    }

    /** Begins anew with number 0 of each role. */
    void forget() {
        java.util.Arrays.fill(next, 0);
    }

    private static int type(final int role, final int number) {
        return 1 + (role << 24 | number & NUMBERS);
    }

    private static int length(final int role, final int number) {
        return (number * 31 + role) % (CAPACITY / 8 + 1);
    }

    private static byte content(final int role, final int number, final int i) {
        return (byte) (number * 131 + role * 17 + i * 7);
    }
}
