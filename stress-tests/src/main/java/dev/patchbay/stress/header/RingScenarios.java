// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.Operations.unknown;
import static dev.patchbay.stress.header.WordScenarios.expect;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SharedRingRecovery;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Scenario;
import dev.patchbay.stress.model.Setup;
import java.util.Set;

/**
 * Rings of records, with each actor in either language. A message has its number, from 1 to 9, as its type, and its payload is
 * that number once for each 4 bytes; what was read is told as decimal digits.
 */
final class RingScenarios {
    private static final int CAPACITY = 64;

    private RingScenarios() {}

    private static Place ring() {
        return Place.of(r -> r.ring("it", "", Role.CONTROL, Role.RT, CAPACITY));
    }

    private static ModelBuffer memory(
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

    private static void fill(final ModelBuffer memory, final int at, final long number) {
        memory.putInt(at, (int) number);
        memory.putInt(at + 4, (int) number);
    }

    private static long read(final RingReader reader, final int limit) {
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

    private static Place shared() {
        return Place.of(
                r -> r.sharedRing("it", "", Set.of(Role.CONTROL, Role.BRIDGE), Role.RT, CAPACITY));
    }

    /**
     * Two sides send so many messages each; the third reads so often.
     *
     * @param start the position of the first record
     */
    static Scenario sharedRing(
            final Cast cast, final int messages, final int reads, final long start) {
        final Place place = shared();
        return setup -> {
            final ModelBuffer memory = memory(setup, cast, place, start);
            final StringBuilder[] sent = {new StringBuilder(), new StringBuilder()};
            final StringBuilder taken = new StringBuilder();
            final int[] refused = {0};
            final Role[] roles = {Role.CONTROL, Role.BRIDGE};
            for (int i = 0; i < 2; i++) {
                final int p = i;
                setup.actor(
                        i == 0 ? "control" : "bridge",
                        () -> {
                            final Operations ring =
                                    cast.actor(p, () -> sharedIn(memory, place, roles[p]));
                            for (int n = 1; n <= messages; n++) {
                                final int number = 4 * p + n;
                                if (sends(ring, roles[p], number)) {
                                    sent[p].append(number);
                                } else {
                                    refused[0]++;
                                }
                            }
                        });
            }
            final Operations[] reader = new Operations[1];
            setup.actor(
                    "consumer",
                    () -> {
                        reader[0] = cast.actor(2, () -> sharedIn(memory, place, Role.RT));
                        reader[0].call("recover", Role.RT.code());
                        for (int n = 0; n < reads; n++) {
                            take(reader[0], taken);
                        }
                    });
            setup.check(
                    () -> {
                        for (int n = 0; n < 3; n++) {
                            take(reader[0], taken);
                        }
                        final String low = taken.toString().replaceAll("[5-9]", "");
                        final String high = taken.toString().replaceAll("[0-4]", "");
                        expect(low.contentEquals(sent[0]), "what was accepted arrives in order");
                        expect(high.contentEquals(sent[1]), "what was accepted arrives in order");
                        final long dropped =
                                reader[0].call("dropped", roles[0].code())
                                        + reader[0].call("dropped", roles[1].code());
                        expect(dropped == refused[0], "what was refused is counted");
                        flows(cast, memory, place, reader[0]);
                    });
        };
    }

    /** An empty ring takes and gives one message after the other, around its end. */
    private static void flows(
            final Cast cast, final ModelBuffer memory, final Place place, final Operations reader) {
        final Operations ring = cast.actor(0, () -> sharedIn(memory, place, Role.CONTROL));
        for (int n = 1; n <= 6; n++) {
            expect(ring.is("write", Role.CONTROL.code(), n, 8), "an empty ring has room");
            final long first = reader.call("read", Role.RT.code(), 1);
            final long found = first == 0 ? reader.call("read", Role.RT.code(), 1) : first;
            expect(found == n, "it flows");
        }
    }

    /** The ring is full; the third reads once, and each of two sides sends one message if it has room by then. */
    static Scenario sharedRingFull(final Cast cast) {
        final Place place = shared();
        return setup -> {
            final ModelBuffer memory = memory(setup, cast, place, 0);
            final Operations before = cast.actor(0, () -> sharedIn(memory, place, Role.CONTROL));
            for (int n = 1; n <= 4; n++) {
                expect(before.is("write", Role.CONTROL.code(), n, 8), "there is room");
            }
            final StringBuilder sent = new StringBuilder();
            final StringBuilder taken = new StringBuilder();
            final Operations[] reader = new Operations[1];
            setup.actor(
                    "consumer",
                    () -> {
                        reader[0] = cast.actor(2, () -> sharedIn(memory, place, Role.RT));
                        reader[0].call("recover", Role.RT.code());
                        take(reader[0], taken);
                    });
            for (int i = 0; i < 2; i++) {
                final Role role = i == 0 ? Role.CONTROL : Role.BRIDGE;
                final int actor = i;
                setup.actor(
                        role.name(),
                        () -> {
                            final Operations ring =
                                    cast.actor(actor, () -> sharedIn(memory, place, role));
                            if (sends(ring, role, 5 + actor)) {
                                sent.append(5 + actor);
                            }
                        });
            }
            setup.check(
                    () -> {
                        take(reader[0], taken);
                        expect(taken.length() == 4 + sent.length(), "what was accepted arrives");
                        flows(cast, memory, place, reader[0]);
                    });
        };
    }

    private static boolean sends(final Operations ring, final Role role, final int number) {
        if (number % 2 == 0) {
            return ring.is("write", role.code(), number, 8);
        }
        final long at = ring.call("claim", role.code(), number, 8);
        return at != 0 && ring.is("commit", role.code(), at, number);
    }

    private static void take(final Operations ring, final StringBuilder taken) {
        final long digits = ring.call("read", Role.RT.code(), 9);
        taken.append(digits == 0 ? "" : Long.toString(digits));
    }

    /**
     * A producer has died with a claim open; another sends one message while the consumer reads and unblocks, so often. In the end
     * the ring flows.
     *
     * @param named whether the dead producer had stored the record's length
     */
    static Scenario recovery(final Cast cast, final int rounds, final boolean named) {
        final Place place = shared();
        return setup -> {
            final ModelBuffer memory = memory(setup, cast, place, 0);
            final int data = place.section().elementOffset(0);
            final StringBuilder sent = new StringBuilder();
            final StringBuilder taken = new StringBuilder();
            final Operations dead = cast.actor(0, () -> sharedIn(memory, place, Role.CONTROL));
            dead.call("take_over", Role.CONTROL.code());
            expect(dead.is("claim", Role.CONTROL.code(), 9, 8), "an empty ring has room");
            if (!named) {
                memory.putLong(data, 0);
            }
            setup.actor(
                    "living",
                    () -> {
                        final Operations ring =
                                cast.actor(0, () -> sharedIn(memory, place, Role.BRIDGE));
                        if (sends(ring, Role.BRIDGE, 5)) {
                            sent.append(5);
                        }
                    });
            final Operations[] reader = new Operations[1];
            final Runnable round =
                    () -> {
                        take(reader[0], taken);
                        final long freed =
                                reader[0].call("unblock", Role.RT.code(), Role.CONTROL.bit());
                        expect(freed == 0 || freed == 16, "the dead claim alone is freed");
                    };
            setup.actor(
                    "consumer",
                    () -> {
                        reader[0] = cast.actor(1, () -> sharedIn(memory, place, Role.RT));
                        reader[0].call("recover", Role.RT.code());
                        for (int n = 0; n < rounds; n++) {
                            round.run();
                        }
                    });
            setup.check(
                    () -> {
                        round.run();
                        take(reader[0], taken);
                        expect(taken.compareTo(sent) == 0, "the ring flows again");
                        flows(cast, memory, place, reader[0]);
                    });
        };
    }

    /**
     * A producer sends one message and dies, which its successor in the role learns as from a watchdog; the consumer, which does not
     * know of it, reads and unblocks so often.
     */
    static Scenario sharedSuccessor(final Cast cast, final int rounds) {
        final Place place =
                Place.of(
                        r ->
                                r.sharedRing("it", "", Set.of(Role.CONTROL), Role.RT, CAPACITY)
                                        .array("dead", "", Role.BRIDGE, FieldType.INT32, 1));
        final int death = place.elements("dead");
        return setup -> {
            final ModelBuffer memory = memory(setup, cast, place, 0);
            setup.name(death, "death");
            setup.actor(
                    "predecessor",
                    () -> {
                        final Operations ring =
                                cast.actor(0, () -> sharedIn(memory, place, Role.CONTROL));
                        expect(sends(ring, Role.CONTROL, 4), "an empty ring has room");
                        memory.putIntRelease(death, 1);
                    });
            setup.actor(
                    "successor",
                    () -> {
                        if (memory.getIntAcquire(death) == 1) {
                            cast.actor(1, () -> sharedIn(memory, place, Role.CONTROL))
                                    .call("take_over", Role.CONTROL.code());
                        }
                    });
            final StringBuilder taken = new StringBuilder();
            final Operations[] reader = new Operations[1];
            setup.actor(
                    "consumer",
                    () -> {
                        reader[0] = cast.actor(2, () -> sharedIn(memory, place, Role.RT));
                        reader[0].call("recover", Role.RT.code());
                        for (int n = 0; n < rounds; n++) {
                            take(reader[0], taken);
                            expect(
                                    reader[0].call("unblock", Role.RT.code(), 0) == 0,
                                    "what is committed is not given up");
                        }
                    });
            setup.check(
                    () -> {
                        take(reader[0], taken);
                        expect("4".contentEquals(taken), "what was accepted arrives");
                    });
        };
    }

    /** A second message is written only once the first has been read: at no moment are there two, whoever asks. */
    static Scenario sizeOfOneMoment(final Cast cast) {
        final Place place = shared();
        final int role = Role.CONTROL.code();
        return setup -> {
            final ModelBuffer memory = memory(setup, cast, place, 0);
            setup.actor(
                    "producer",
                    () -> {
                        final Operations ring =
                                cast.actor(0, () -> sharedIn(memory, place, Role.CONTROL));
                        expect(ring.is("write", role, 1, 8), "an empty ring has room");
                        if (ring.call("size", role) == 0) {
                            expect(ring.is("write", role, 2, 8), "an empty ring has room");
                        }
                    });
            setup.actor(
                    "consumer",
                    () -> {
                        final Operations ring =
                                cast.actor(1, () -> sharedIn(memory, place, Role.RT));
                        ring.call("recover", Role.RT.code());
                        ring.call("read", Role.RT.code(), 1);
                    });
            setup.actor(
                    "observer",
                    () ->
                            expect(
                                    cast.actor(2, () -> sharedIn(memory, place, Role.CONTROL))
                                                    .call("size", role)
                                            <= 16,
                                    "the size is that of one moment"));
        };
    }

    private static Operations sharedIn(
            final ModelBuffer memory, final Place place, final Role role) {
        final SharedRingWriter writer = SharedRingWriter.over(memory, place.section(), role);
        final RingReader[] reader = {null};
        final SharedRingRecovery[] recovery = {null};
        return (operation, a) ->
                switch (operation) {
                    case "take_over" -> {
                        writer.takeOver();
                        yield 0;
                    }
                    case "write" -> {
                        final int at = writer.tryClaim((int) a[1], (int) a[2]);
                        if (at < 0) {
                            yield 0;
                        }
                        fill(memory, at, a[1]);
                        writer.commit(at);
                        yield 1;
                    }
                    case "claim" -> Math.max(0, writer.tryClaim((int) a[1], (int) a[2]));
                    case "commit" -> {
                        fill(memory, (int) a[1], a[2]);
                        writer.commit((int) a[1]);
                        yield 1;
                    }
                    case "size" -> writer.size();
                    case "recover" -> {
                        reader[0] = RingReader.over(memory, place.section());
                        recovery[0] = SharedRingRecovery.over(memory, place.section());
                        yield 0;
                    }
                    case "read" -> read(reader[0], (int) a[1]);
                    case "unblock" -> recovery[0].unblock((int) a[1]);
                    case "dropped" ->
                            SharedRingWriter.over(
                                            memory, place.section(), Role.STANDARD.get((int) a[0]))
                                    .dropped();
                    default -> throw unknown(operation);
                };
    }
}
