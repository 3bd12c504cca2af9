// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.Operations.unknown;
import static dev.patchbay.stress.header.WordScenarios.expect;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Scenario;
import dev.patchbay.stress.model.Setup;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/**
 * Rings of records, with each actor in either language. A message has its number, from 1 to 9, as its type, and its payload is
 * that number once for each 4 bytes; what was read is told as decimal digits.
 */
final class RingScenarios {
    /** Of the data, in bytes. */
    static final int CAPACITY = 64;

    private RingScenarios() {}

    private static Place ring() {
        return Place.of(r -> r.ring("it", "", Role.CONTROL, Role.RT, CAPACITY));
    }

    /** The memory of a scenario whose positions begin so far on. */
    static ModelBuffer memory(
            final Setup setup, final Cast cast, final Place place, final long start) {
        final ModelBuffer memory = setup.memory(place.image());
        cast.bind(memory, place.section());
        final int data = place.section().elementOffset(0);
        final int trailer = data + CAPACITY;
        setup.name(data, "data").name(trailer, "trailer");
        for (final String field : new String[] {"tail", "head_cache", "head"}) {
            final int at = trailer + RingDescriptor.TRAILER.offset(field);
            setup.name(at, field);
            memory.putLong(at, start);
        }
        return memory;
    }

    /**
     * One side writes so many messages, some of them by claim, and aborts one claim in between; the other reads so often, so many.
     *
     * @param start the position of the first record
     */
    static Scenario ring(
            final Cast cast,
            final int messages,
            final int reads,
            final int limit,
            final long start) {
        final Place place = ring();
        return setup -> {
            final ModelBuffer memory = memory(setup, cast, place, start);
            final StringBuilder sent = new StringBuilder();
            final StringBuilder taken = new StringBuilder();
            final int[] refused = {0};
            setup.actor(
                    "producer",
                    () -> {
                        final Operations ring = cast.actor(0, () -> ringIn(memory, place));
                        for (int n = 1; n <= messages; n++) {
                            send(ring, n, sent, refused);
                        }
                    });
            setup.actor(
                    "consumer",
                    () -> {
                        final Operations ring = cast.actor(1, () -> ringIn(memory, place));
                        for (int n = 0; n < reads; n++) {
                            take(ring.call("read", limit), taken, sent);
                        }
                    });
            setup.check(
                    () -> {
                        final Operations ring = cast.actor(1, () -> ringIn(memory, place));
                        for (int n = 0; n < 3; n++) {
                            take(ring.call("read", 9), taken, sent);
                        }
                        expect(sent.compareTo(taken) == 0, "what was accepted arrives");
                        expect(ring.call("size") == 0, "what was read is given back");
                        for (int n = 1; n <= 6; n++) {
                            expect(ring.is("write", n, 8), "an empty ring has room");
                            expect(ring.call("size") >= 16, "what is not read takes room");
                            final long first = ring.call("read", 1);
                            expect((first == 0 ? ring.call("read", 1) : first) == n, "it flows");
                        }
                        expect(ring.call("dropped") == refused[0], "what was refused is counted");
                    });
        };
    }

    /** By write where its number is even, else by claim; every third is claimed once in vain before. */
    private static void send(
            final Operations ring, final int n, final StringBuilder sent, final int[] refused) {
        if (n % 3 == 0) {
            final long at = ring.call("claim", n, 4);
            refused[0] += at == 0 ? 1 : 0;
            expect(at == 0 || ring.is("abort", at), "what is claimed can be aborted");
        }
        final boolean isSent;
        if (n % 2 == 0) {
            isSent = ring.is("write", n, 8);
        } else {
            final long at = ring.call("claim", n, 8);
            isSent = at != 0;
            expect(at == 0 || ring.is("commit", at, n), "what is claimed can be committed");
        }
        if (isSent) {
            sent.append(n);
        } else {
            refused[0]++;
        }
    }

    private static void take(
            final long digits, final StringBuilder taken, final StringBuilder sent) {
        taken.append(digits == 0 ? "" : Long.toString(digits));
        expect(sent.indexOf(taken.toString()) == 0, "messages keep their order");
    }

    private static Operations ringIn(final ModelBuffer memory, final Place place) {
        final RingWriter writer = RingWriter.over(memory, place.section());
        final RingReader reader = RingReader.over(memory, place.section());
        return (operation, a) ->
                switch (operation) {
                    case "write" -> {
                        final int at = writer.tryClaim((int) a[0], (int) a[1]);
                        if (at < 0) {
                            yield 0;
                        }
                        if (a[1] > 0) {
                            fill(memory, at, a[0]);
                        }
                        writer.commit(at);
                        yield 1;
                    }
                    case "claim" -> Math.max(0, writer.tryClaim((int) a[0], (int) a[1]));
                    case "commit" -> {
                        fill(memory, (int) a[0], a[1]);
                        writer.commit((int) a[0]);
                        yield 1;
                    }
                    case "abort" -> {
                        writer.abort((int) a[0]);
                        yield 1;
                    }
                    case "take_over" -> writer.takeOver();
                    case "read" -> read(reader, (int) a[0]);
                    case "dropped" -> writer.dropped();
                    case "size" -> writer.size();
                    default -> throw unknown(operation);
                };
    }

    /** Stores a payload. */
    static void fill(final ModelBuffer memory, final int at, final long number) {
        memory.putInt(at, (int) number);
        memory.putInt(at + 4, (int) number);
    }

    /** What is read, as digits. */
    static long read(final RingReader reader, final int limit) {
        final long[] digits = {0};
        final int found =
                reader.read(
                        (type, buffer, index, length) -> {
                            for (int i = 0; i < length; i += 4) {
                                expect(buffer.getInt(index + i) == type, "a message is whole");
                            }
                            digits[0] = digits[0] * 10 + type;
                        },
                        limit);
        expect(found != RingReader.CORRUPT, "a ring is never corrupt");
        return digits[0];
    }

    /**
     * What is unread leaves too little room both behind it and before it for the message that a producer sends, though enough in
     * all, unless the consumer is faster.
     */
    static Scenario frontTooShort(final Cast cast) {
        final Place place = ring();
        return setup -> {
            final ModelBuffer memory = memory(setup, cast, place, 16);
            final StringBuilder sent = new StringBuilder("123");
            final StringBuilder taken = new StringBuilder();
            final Operations before = cast.actor(0, () -> ringIn(memory, place));
            expect(before.is("write", 1, 8) && before.is("write", 2, 8), "there is room");
            expect(before.is("write", 3, 0), "a message may be empty");
            setup.actor(
                    "producer",
                    () -> send(cast.actor(0, () -> ringIn(memory, place)), 4, sent, new int[1]));
            setup.actor(
                    "consumer",
                    () -> {
                        final Operations ring = cast.actor(1, () -> ringIn(memory, place));
                        take(ring.call("read", 9), taken, sent);
                    });
            setup.check(
                    () -> {
                        final Operations ring = cast.actor(1, () -> ringIn(memory, place));
                        take(ring.call("read", 9), taken, sent);
                        take(ring.call("read", 9), taken, sent);
                        expect(taken.compareTo(sent) == 0, "what was accepted arrives");
                        expect(ring.call("size") == 0, "what was read is given back");
                    });
        };
    }

    /** A producer has died with one message sent and one claimed; its successor takes over and sends one, the other reads. */
    static Scenario successor(final Cast cast, final int reads) {
        final Place place = ring();
        return setup -> {
            final ModelBuffer memory = memory(setup, cast, place, 0);
            final StringBuilder sent = new StringBuilder("1");
            final StringBuilder taken = new StringBuilder();
            final Operations dead = cast.actor(0, () -> ringIn(memory, place));
            expect(dead.is("write", 1, 8), "an empty ring has room");
            expect(dead.is("claim", 2, 8), "a ring has room");
            setup.actor(
                    "successor",
                    () -> {
                        final Operations ring = cast.actor(0, () -> ringIn(memory, place));
                        expect(ring.call("take_over") == 16, "the claim is padded");
                        send(ring, 4, sent, new int[1]);
                    });
            setup.actor(
                    "consumer",
                    () -> {
                        final Operations ring = cast.actor(1, () -> ringIn(memory, place));
                        for (int n = 0; n < reads; n++) {
                            take(ring.call("read", 9), taken, sent);
                        }
                    });
            setup.check(
                    () -> {
                        final Operations ring = cast.actor(1, () -> ringIn(memory, place));
                        take(ring.call("read", 9), taken, sent);
                        expect(taken.compareTo(sent) == 0, "what was accepted arrives");
                    });
        };
    }

    /** A second message is written only once the first has been read: at no moment are there two, whoever asks. */
    static Scenario sizeOfOneMoment(final Cast cast) {
        return sizeOfOneMoment(cast, ring(), RingScenarios::ringIn);
    }

    /**
     * The same of any ring.
     *
     * @param java the operations in Java
     * @param arguments what each operation has before the others
     */
    static Scenario sizeOfOneMoment(
            final Cast cast,
            final Place place,
            final BiFunction<ModelBuffer, Place, Operations> java,
            final long... arguments) {
        return setup -> {
            final ModelBuffer memory = memory(setup, cast, place, 0);
            setup.actor(
                    "producer",
                    () -> {
                        final Operations ring = cast.actor(0, () -> java.apply(memory, place));
                        expect(ring.is("write", with(arguments, 1, 8)), "an empty ring has room");
                        if (ring.call("size", arguments) == 0) {
                            expect(
                                    ring.is("write", with(arguments, 2, 8)),
                                    "an empty ring has room");
                        }
                    });
            setup.actor(
                    "consumer",
                    () ->
                            cast.actor(1, () -> java.apply(memory, place))
                                    .call("read", with(arguments, 1)));
            setup.actor(
                    "observer",
                    () ->
                            expect(
                                    cast.actor(2, () -> java.apply(memory, place))
                                                    .call("size", arguments)
                                            <= 16,
                                    "the size is that of one moment"));
        };
    }

    private static long[] with(final long[] arguments, final long... more) {
        return LongStream.concat(LongStream.of(arguments), LongStream.of(more)).toArray();
    }
}
