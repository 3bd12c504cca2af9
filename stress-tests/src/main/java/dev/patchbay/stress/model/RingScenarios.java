// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.eventqueue.RecordWriter;
import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.layout.RingDescriptor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** The ring of records with one producer and one consumer, as production runs it, with what it promises. */
public final class RingScenarios {
    /** Bits of the positions that wrap. */
    static final int[] WRAPS = {31, 32, 63};

    private static final int DATA = 128;

    private RingScenarios() {}

    /** The scenarios that are checked, by name. A ring of 32 bytes is full with one message, one of 64 with three. */
    public static Map<String, Scenario> all() {
        final Map<String, Scenario> all = new LinkedHashMap<>();
        all.put(
                "ring, of 64 bytes with padding, write, claim, abort, 2 reads",
                ring(64, 40, 0, 2, Send.WRITE, Send.CLAIM, Send.ABORT));
        all.put(
                "ring, of 32 bytes, 1 + 4 messages, 3 reads",
                ring(32, 0, 1, 3, Send.WRITE, Send.CLAIM, Send.ABORT, Send.WRITE));
        all.put(
                "ring, of 32 bytes with padding, 1 + 4 messages, 3 reads",
                ring(32, 8, 1, 3, Send.WRITE, Send.CLAIM, Send.ABORT, Send.WRITE));
        for (final int bit : WRAPS) {
            all.put(
                    "ring, of 64 bytes at 2^" + bit + ", 2 messages, 2 reads",
                    ring(64, (1L << bit) - 24, 0, 2, Send.WRITE, Send.CLAIM));
        }
        all.put(
                "ring, of 32 bytes, producer dies, take-over and 1 message, 2 reads",
                takeOver(32, 16, 2));
        all.put(
                "ring, of 32 bytes with padding, producer dies, take-over and 1 message, 2 reads",
                takeOver(32, 24, 2));
        return all;
    }

    /** Ways to send a message of 8 bytes, or none. */
    public enum Send {
        /** In one call. */
        WRITE,
        /** Claimed, filled, committed. */
        CLAIM,
        /** Claimed, filled and given up. */
        ABORT
    }

    /** What a consumer has been given: of each message its type, which is its number, after a look at its payload. */
    static final class Inbox {
        final List<Integer> taken = new ArrayList<>();

        /** Reads once: how many messages there were. */
        int read(final RingReader reader, final ModelBuffer memory) {
            final int read =
                    reader.read(
                            (type, buffer, at, length) -> {
                                expect(length == 8, "a message has its length");
                                expect(memory.getLong(at) == -type, "a message is whole");
                                taken.add(type);
                            },
                            Integer.MAX_VALUE);
            expect(read != RingReader.CORRUPT, "what is read are records");
            return read;
        }

        /** Reads all that there is. One call stops at the data's end, so a second one begins at their front. */
        void readAll(final RingReader reader, final ModelBuffer memory) {
            for (int calls = 0; calls < 3; calls++) {
                read(reader, memory);
            }
        }
    }

    /** Sends a message of this number: whether there was room. */
    static boolean send(
            final RecordWriter writer, final ModelBuffer memory, final Send how, final int number) {
        if (how == Send.WRITE) {
            final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocate(8));
            payload.putLong(0, -number);
            return writer.write(number, payload, 0, 8);
        }
        final int at = writer.tryClaim(number, 8);
        if (at == RecordWriter.FULL) {
            return false;
        }
        memory.putLong(at, -number);
        if (how == Send.CLAIM) {
            writer.commit(at);
        } else {
            writer.abort(at);
        }
        return true;
    }

    /** Memory of a ring whose positions start here. */
    static ModelBuffer memory(
            final Setup setup, final int data, final int capacity, final long start) {
        final ModelBuffer memory = setup.memory(data + capacity + RingDescriptor.TRAILER.size());
        final int trailer = data + capacity;
        setup.name(data, "records").name(trailer, "trailer");
        for (final String field : List.of("tail", "head_cache", "head")) {
            final int at = trailer + RingDescriptor.TRAILER.offset(field);
            setup.name(at, field);
            memory.putLong(at, start);
        }
        return memory;
    }

    /**
     * A producer sends messages in the place of one that has sent some already, while the other side reads so often.
     *
     * @param capacity bytes of data; a message takes 16, and 8 more must be free
     * @param start the position of the first record, which may lie near the data's end
     * @param before messages that are there at the start
     */
    public static Scenario ring(
            final int capacity,
            final long start,
            final int before,
            final int reads,
            final Send... sends) {
        return setup -> {
            final ModelBuffer memory = memory(setup, DATA, capacity, start);
            setup.name(0, "dropped");
            final RingWriter first = new RingWriter(memory, 0, DATA, capacity);
            final List<Integer> sent = new ArrayList<>();
            for (int n = 1; n <= before; n++) {
                expect(send(first, memory, Send.WRITE, n), "there is room at the start");
                sent.add(n);
            }
            final Inbox inbox = new Inbox();
            final int[] refused = {0};
            setup.actor(
                    "producer",
                    () -> {
                        final RingWriter writer = new RingWriter(memory, 0, DATA, capacity);
                        for (int i = 0; i < sends.length; i++) {
                            final int number = before + 1 + i;
                            if (!send(writer, memory, sends[i], number)) {
                                refused[0]++;
                            } else if (sends[i] != Send.ABORT) {
                                sent.add(number);
                            }
                        }
                    });
            setup.actor(
                    "consumer",
                    () -> {
                        final RingReader reader = RingReader.single(memory, DATA, capacity);
                        for (int n = 0; n < reads; n++) {
                            inbox.read(reader, memory);
                        }
                    });
            setup.check(
                    () -> {
                        inbox.readAll(RingReader.single(memory, DATA, capacity), memory);
                        expect(inbox.taken.equals(sent), "what was accepted arrives, in order");
                        expect(
                                new RingWriter(memory, 0, DATA, capacity).dropped() == refused[0],
                                "what was refused is counted");
                    });
            setup.outcome(() -> sent);
        };
    }

    /**
     * A producer dies anywhere in its message, while the other side reads; its successor takes over and sends one more.
     */
    public static Scenario takeOver(final int capacity, final long start, final int reads) {
        return setup -> {
            final ModelBuffer memory = memory(setup, DATA, capacity, start);
            setup.name(0, "dropped");
            final boolean[] accepted = new boolean[2];
            final Inbox inbox = new Inbox();
            setup.mortal(
                    "producer",
                    () ->
                            accepted[0] =
                                    send(
                                            new RingWriter(memory, 0, DATA, capacity),
                                            memory,
                                            Send.WRITE,
                                            1),
                    () -> {
                        final RingWriter successor = new RingWriter(memory, 0, DATA, capacity);
                        successor.takeOver();
                        accepted[1] = send(successor, memory, Send.WRITE, 2);
                    });
            setup.actor(
                    "consumer",
                    () -> {
                        final RingReader reader = RingReader.single(memory, DATA, capacity);
                        for (int n = 0; n < reads; n++) {
                            inbox.read(reader, memory);
                        }
                    });
            setup.check(
                    () -> {
                        inbox.readAll(RingReader.single(memory, DATA, capacity), memory);
                        final List<Integer> expected = new ArrayList<>();
                        if (accepted[0]) {
                            expected.add(1);
                        }
                        if (accepted[1]) {
                            expected.add(2);
                        }
                        expect(inbox.taken.equals(expected), "what was committed arrives, once");
                    });
            setup.outcome(() -> setup.storesOfLife() + " " + inbox.taken);
        };
    }
}
