// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.Operations.unknown;
import static dev.patchbay.stress.header.RingScenarios.CAPACITY;
import static dev.patchbay.stress.header.RingScenarios.fill;
import static dev.patchbay.stress.header.RingScenarios.memory;
import static dev.patchbay.stress.header.RingScenarios.read;
import static dev.patchbay.stress.header.WordScenarios.expect;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.SharedRingRecovery;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Role;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Scenario;
import java.util.Set;

/** Rings of records with many producers, with each actor in either language; messages are those of {@link RingScenarios}. */
final class SharedRingScenarios {
    private SharedRingScenarios() {}

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

    /** {@link RingScenarios#sizeOfOneMoment(Cast)} of a ring with many producers. */
    static Scenario sizeOfOneMoment(final Cast cast) {
        return RingScenarios.sizeOfOneMoment(
                cast,
                shared(),
                (memory, place) -> sharedIn(memory, place, Role.CONTROL),
                Role.CONTROL.code());
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
                    case "read" -> {
                        if (reader[0] == null) {
                            reader[0] = RingReader.over(memory, place.section());
                        }
                        yield read(reader[0], (int) a[1]);
                    }
                    case "unblock" -> recovery[0].unblock((int) a[1]);
                    case "dropped" ->
                            SharedRingWriter.over(
                                            memory, place.section(), Role.STANDARD.get((int) a[0]))
                                    .dropped();
                    default -> throw unknown(operation);
                };
    }
}
