// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;
import static dev.patchbay.stress.model.RingScenarios.send;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.SharedRingRecovery;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.stress.model.RingScenarios.Inbox;
import dev.patchbay.stress.model.RingScenarios.Send;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The ring of records with many producers and one consumer, as production runs it, with what it promises. */
public final class SharedRingScenarios {
    /** Where the data lie; what a watchdog says lies in front, where the head has nothing. */
    private static final int DATA = RingDescriptor.SHARED_HEAD.size();

    private static final int CLEARED = RingDescriptor.SHARED_HEAD.offset("cleared");
    private static final int DEAD = CLEARED + 64;
    private static final Role[] PRODUCERS = {Role.CONTROL, Role.UI};

    private SharedRingScenarios() {}

    /** The scenarios that are checked, by name. A ring of 32 bytes is full with two messages, one of 64 with four. */
    public static Map<String, Scenario> all() {
        final Map<String, Scenario> all = new LinkedHashMap<>();
        final List<Send> one = List.of(Send.WRITE);
        final List<Send> claim = List.of(Send.CLAIM);
        all.put(
                "shared ring, of 64 bytes, 1 given up, 1 claimed and 1 message, 2 reads",
                sharedRing(64, 0, 0, 2, List.of(Send.ABORT, Send.CLAIM), one));
        all.put(
                "shared ring, of 64 bytes with padding, 1 and 1 messages, 2 reads",
                sharedRing(64, 56, 0, 2, one, claim));
        all.put(
                "shared ring, of 32 bytes, 1 + 2 and 1 messages, 2 reads",
                sharedRing(32, 0, 1, 2, List.of(Send.WRITE, Send.WRITE), one));
        all.put(
                "shared ring, of 32 bytes with padding, 1 + 2 and 1 messages, 2 reads",
                sharedRing(32, 24, 1, 2, List.of(Send.WRITE, Send.WRITE), one));
        for (final int bit : RingScenarios.WRAPS) {
            all.put(
                    "shared ring, of 64 bytes at 2^" + bit + ", 1 and 1 messages, 2 reads",
                    sharedRing(64, (1L << bit) - 8, 0, 2, one, claim));
        }
        all.put("shared ring, of 64 bytes, a producer dies, 2 reads", deadProducer(64, 0, 2));
        all.put(
                "shared ring, of 64 bytes, a producer dies and has a successor, 1 read",
                succeededProducer(64, 0, 1));
        all.put(
                "shared ring, of 64 bytes with padding, a producer dies, 1 read",
                deadProducer(64, 56, 1));
        all.put(
                "shared ring, of 32 bytes, the consumer dies in a read, 1 + 2 messages",
                deadConsumer(32, 0, Send.WRITE, Send.WRITE));
        return all;
    }

    private static ModelBuffer memory(final Setup setup, final int capacity, final long start) {
        final ModelBuffer memory = RingScenarios.memory(setup, DATA, capacity, start);
        memory.putLong(CLEARED, start);
        setup.name(CLEARED, "cleared").name(DEAD, "dead");
        for (int role = 0; role <= Role.MAX_CODE; role++) {
            final int lane =
                    RingDescriptor.SHARED_HEAD.offset("lanes") + role * RingDescriptor.LANE.size();
            setup.name(lane + RingDescriptor.LANE.offset("open"), "open");
            setup.name(lane + RingDescriptor.LANE.offset("dropped"), "dropped");
        }
        return memory;
    }

    private static SharedRingWriter writer(
            final ModelBuffer memory, final int capacity, final int producer) {
        return new SharedRingWriter(memory, 0, DATA, capacity, PRODUCERS[producer]);
    }

    private static RingReader reader(final ModelBuffer memory, final int capacity) {
        return RingReader.shared(memory, 0, DATA, capacity);
    }

    /**
     * Two producers send messages, each its own, while the consumer reads so often.
     *
     * @param capacity bytes of data; a message takes 16
     * @param start the position of the first record
     * @param before messages that are there at the start
     * @param first what the one sends
     * @param second what the other sends
     */
    public static Scenario sharedRing(
            final int capacity,
            final long start,
            final int before,
            final int reads,
            final List<Send> first,
            final List<Send> second) {
        return setup -> {
            final ModelBuffer memory = memory(setup, capacity, start);
            final List<Integer> sent = new ArrayList<>();
            for (int n = 1; n <= before; n++) {
                expect(send(writer(memory, capacity, 0), memory, Send.WRITE, n), "there is room");
                sent.add(n);
            }
            final Inbox inbox = new Inbox();
            final int[] refused = new int[2];
            for (int p = 0; p < 2; p++) {
                final int producer = p;
                final List<Send> sends = p == 0 ? first : second;
                if (sends.isEmpty()) {
                    continue;
                }
                setup.actor(
                        "producer " + (1 + p),
                        () -> {
                            final SharedRingWriter writer = writer(memory, capacity, producer);
                            for (int i = 0; i < sends.size(); i++) {
                                final int number = 10 * (producer + 1) + i;
                                if (!send(writer, memory, sends.get(i), number)) {
                                    refused[producer]++;
                                } else if (sends.get(i) != Send.ABORT) {
                                    sent.add(number);
                                }
                            }
                        });
            }
            setup.actor(
                    "consumer",
                    () -> {
                        final RingReader reader = reader(memory, capacity);
                        for (int n = 0; n < reads; n++) {
                            inbox.read(reader, memory);
                        }
                    });
            setup.check(
                    () -> {
                        inbox.readAll(reader(memory, capacity), memory);
                        expect(
                                inbox.taken.stream().sorted().toList().equals(sorted(sent)),
                                "what was accepted arrives, once");
                        for (int p = 0; p < 2; p++) {
                            expect(isAscending(inbox.taken, p), "each producer's come in order");
                            expect(
                                    writer(memory, capacity, p).dropped() == refused[p],
                                    "what was refused is counted, by role");
                        }
                    });
            setup.outcome(() -> inbox.taken);
        };
    }

    private static List<Integer> sorted(final List<Integer> numbers) {
        return numbers.stream().sorted().toList();
    }

    private static boolean isAscending(final List<Integer> taken, final int producer) {
        final List<Integer> own = taken.stream().filter(n -> n / 10 == producer + 1).toList();
        return own.equals(sorted(own));
    }

    /**
     * A producer dies anywhere in its message, while another lives and sends a message and the consumer reads and frees what is
     * proved abandoned.
     *
     * @param start the position of the first record
     * @param turns how often the consumer tries to free and reads
     */
    public static Scenario deadProducer(final int capacity, final long start, final int turns) {
        return death(
                capacity,
                start,
                turns,
                PRODUCERS[0].bit(),
                // The watchdog, which saw the process end.
                memory -> {
                    memory.putIntRelease(DEAD, PRODUCERS[0].bit());
                    return true;
                });
    }

    /** The same, but a successor takes the dead producer's role and sends a message too: so the role is not given as dead. */
    public static Scenario succeededProducer(
            final int capacity, final long start, final int turns) {
        return death(
                capacity,
                start,
                turns,
                0,
                memory -> {
                    final SharedRingWriter successor = writer(memory, capacity, 0);
                    successor.takeOver();
                    return send(successor, memory, Send.WRITE, 11);
                });
    }

    private static Scenario death(
            final int capacity,
            final long start,
            final int turns,
            final int dead,
            final Predicate<ModelBuffer> then) {
        return setup -> {
            final ModelBuffer memory = memory(setup, capacity, start);
            final boolean[] accepted = new boolean[2];
            final Inbox inbox = new Inbox();
            setup.mortal(
                    "producer 1",
                    () -> send(writer(memory, capacity, 0), memory, Send.WRITE, 10),
                    () -> accepted[0] = then.test(memory));
            setup.actor(
                    "producer 2",
                    () -> accepted[1] = send(writer(memory, capacity, 1), memory, Send.WRITE, 20));
            setup.actor(
                    "consumer",
                    () -> {
                        final RingReader reader = reader(memory, capacity);
                        final SharedRingRecovery recovery =
                                new SharedRingRecovery(memory, 0, DATA, capacity);
                        for (int n = 0; n < turns; n++) {
                            final int known = memory.getIntAcquire(DEAD);
                            expect(recovery.unblock(known) >= 0, "what is freed is a claim");
                            inbox.read(reader, memory);
                        }
                    });
            setup.check(
                    () -> {
                        final RingReader reader = reader(memory, capacity);
                        final SharedRingRecovery recovery =
                                new SharedRingRecovery(memory, 0, DATA, capacity);
                        for (int n = 0; n < 3; n++) {
                            inbox.read(reader, memory);
                            recovery.unblock(dead);
                        }
                        inbox.readAll(reader, memory);
                        final List<Integer> expected = new ArrayList<>();
                        expected.add(20);
                        // Stores of a record of one's own: lane, tail, length, payload, type,
                        // length; whoever comes first at the data's end pads with three more.
                        final int stores = setup.storesOfLife();
                        final boolean pads = start % capacity > capacity - 16;
                        if (stores >= (pads ? 9 : 6) || stores >= 6 && inbox.taken.contains(10)) {
                            expected.add(10);
                        }
                        if (dead == 0) {
                            expected.add(11);
                        }
                        expect(accepted[0] && accepted[1], "there is room for the living");
                        expect(
                                sorted(inbox.taken).equals(sorted(expected)),
                                "what was committed arrives, once, and the ring flows");
                        expect(reader.size() == 0, "nothing is stuck");
                    });
            setup.outcome(() -> setup.storesOfLife() + " " + inbox.taken);
        };
    }

    /**
     * The consumer dies anywhere in a read, while a producer sends; its successor goes on. Messages that were not given back come
     * again.
     */
    public static Scenario deadConsumer(final int capacity, final long start, final Send... sends) {
        return setup -> {
            final ModelBuffer memory = memory(setup, capacity, start);
            expect(send(writer(memory, capacity, 0), memory, Send.WRITE, 1), "there is room");
            final List<Integer> sent = new ArrayList<>(List.of(1));
            final Inbox first = new Inbox();
            final Inbox next = new Inbox();
            setup.actor(
                    "producer",
                    () -> {
                        final SharedRingWriter writer = writer(memory, capacity, 1);
                        for (int i = 0; i < sends.length; i++) {
                            if (send(writer, memory, sends[i], 20 + i)) {
                                sent.add(20 + i);
                            }
                        }
                    });
            setup.mortal(
                    "consumer",
                    () -> first.read(reader(memory, capacity), memory),
                    () -> next.read(reader(memory, capacity), memory));
            setup.check(
                    () -> {
                        next.readAll(reader(memory, capacity), memory);
                        final List<Integer> all = new ArrayList<>(first.taken);
                        if (next.taken.containsAll(first.taken)) {
                            all.clear();
                        }
                        expect(
                                Collections.disjoint(all, next.taken),
                                "what was not given back comes again as a whole, or not at all");
                        all.addAll(next.taken);
                        expect(all.equals(sent), "what was accepted arrives, in order");
                    });
            setup.outcome(() -> setup.storesOfLife() + " " + first.taken + " " + next.taken);
        };
    }
}
