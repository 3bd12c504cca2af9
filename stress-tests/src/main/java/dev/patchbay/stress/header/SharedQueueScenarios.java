// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.Operations.bit;
import static dev.patchbay.stress.header.Operations.unknown;
import static dev.patchbay.stress.header.SectionScenarios.number;
import static dev.patchbay.stress.header.WordScenarios.expect;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.SharedEventQueue;
import dev.patchbay.eventqueue.SlotQueue;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Scenario;
import dev.patchbay.stress.model.Setup;
import java.util.Set;

/** The event queue with many producers, with each actor in either language; the promises are those of QueueScenarios. */
final class SharedQueueScenarios {
    private static final int SLOTS = 2;
    private static final Role[] ROLES = {Role.CONTROL, Role.UI};
    private static final int CONSUMER = Role.RT.code();

    private SharedQueueScenarios() {}

    /** A queue, and a word by which a watchdog says that a producer has ended. */
    private static Place place() {
        return Place.of(
                r ->
                        r.sharedEventQueue("it", "", Set.of(ROLES), Role.RT, SLOTS)
                                .array("gone", "", Role.BRIDGE, FieldType.INT32, 1));
    }

    /** An empty queue from a position on, its commit words as the lap before left them. */
    private static ModelBuffer begin(
            final Setup setup, final Cast cast, final Place place, final long start) {
        final ModelBuffer memory = setup.memory(place.image());
        cast.bind(memory, place.section());
        final int tail = place.head(Heads.SHARED_EVENT_QUEUE, "tail");
        final int head = place.head(Heads.SHARED_EVENT_QUEUE, "head");
        final int slots = place.section().elementOffset(0);
        final int commits = slots + SLOTS * EventDescriptor.SIZE;
        setup.name(tail, "tail").name(head, "head").name(slots, "slots").name(commits, "commits");
        setup.name(place.head(Heads.SHARED_EVENT_QUEUE, "lanes"), "lanes");
        setup.name(place.elements("gone"), "gone");
        memory.putLong(tail, start);
        memory.putLong(head, start);
        for (long position = start - SLOTS; position != start; position++) {
            memory.putLong(
                    commits + (int) (position & SLOTS - 1) * Heads.COMMIT_WORD, position + 1);
        }
        return memory;
    }

    /** The side of a role that begins. */
    private static Operations side(
            final Cast cast,
            final int actor,
            final ModelBuffer memory,
            final Place place,
            final Role role) {
        return cast.actor(actor, () -> queueIn(memory, place, role));
    }

    /** Sends an event, in one of two ways by its number. */
    private static boolean sends(final Operations queue, final Role role, final int n) {
        if (n % 2 == 0) {
            return queue.is("offer", role.code(), n);
        }
        final long slot = queue.call("claim", role.code());
        return slot != 0 && queue.is("commit", role.code(), slot, n);
    }

    private static void poll(final Operations queue, final StringBuilder taken) {
        final long digits = queue.call("poll", CONSUMER, 9);
        taken.append(digits == 0 ? "" : Long.toString(digits));
    }

    /**
     * Two producers send so many events each into two slots, of which the first claims one in vain before; the consumer polls so
     * often.
     *
     * @param start the position of the first event
     */
    static Scenario contention(
            final Cast cast,
            final int events,
            final int polls,
            final boolean aborts,
            final long start) {
        final Place place = place();
        return setup -> {
            final ModelBuffer memory = begin(setup, cast, place, start);
            final StringBuilder[] sent = {new StringBuilder(), new StringBuilder()};
            final int[] refused = new int[2];
            final StringBuilder taken = new StringBuilder();
            for (int i = 0; i < 2; i++) {
                final int p = i;
                setup.actor(
                        i == 0 ? "producer" : "other",
                        () -> {
                            final Operations queue = side(cast, p, memory, place, ROLES[p]);
                            if (p == 0 && aborts) {
                                final long slot = queue.call("claim", ROLES[p].code());
                                refused[p] += slot == 0 ? 1 : 0;
                                expect(
                                        slot == 0 || queue.is("abort", ROLES[p].code(), slot),
                                        "what is claimed can be given up");
                            }
                            for (int n = 1; n <= events; n++) {
                                final int number = 4 * p + n;
                                if (sends(queue, ROLES[p], number)) {
                                    sent[p].append(number);
                                } else {
                                    refused[p]++;
                                }
                            }
                        });
            }
            final Operations[] consumer = new Operations[1];
            setup.actor(
                    "consumer",
                    () -> {
                        consumer[0] = side(cast, 2, memory, place, Role.RT);
                        for (int n = 0; n < polls; n++) {
                            poll(consumer[0], taken);
                        }
                    });
            setup.check(
                    () -> {
                        poll(consumer[0], taken);
                        final String low = taken.toString().replaceAll("[5-9]", "");
                        final String high = taken.toString().replaceAll("[0-4]", "");
                        expect(low.contentEquals(sent[0]), "what was accepted arrives in order");
                        expect(high.contentEquals(sent[1]), "what was accepted arrives in order");
                        for (int p = 0; p < 2; p++) {
                            expect(
                                    consumer[0].call("dropped", CONSUMER, ROLES[p].code())
                                            == refused[p],
                                    "each role counts what it could not send");
                        }
                        flows(cast, memory, place, consumer[0]);
                    });
        };
    }

    /** An empty queue takes and gives all that it has room for, skips what is aborted, and nobody holds a claim. */
    private static void flows(
            final Cast cast, final ModelBuffer memory, final Place place, final Operations queue) {
        final int role = ROLES[0].code();
        final Operations side = side(cast, 0, memory, place, ROLES[0]);
        expect(queue.call("size", CONSUMER) == 0, "nothing is stuck");
        expect(queue.call("unblock", CONSUMER, 0) == 0, "nobody holds a claim");
        final long before = queue.call("dropped", CONSUMER, role);
        expect(side.call("batch", role, 1) == 2, "an empty queue has room");
        expect(side.call("batch", role, 1) == 0, "a full one has none");
        expect(side.call("claim", role) == 0, "a full one has none");
        expect(queue.call("dropped", CONSUMER, role) == before + 3, "what is refused is counted");
        expect(queue.call("unblock", CONSUMER, 0) == 0, "what is committed is not given up");
        expect(queue.call("take_first", CONSUMER) == 1, "the oldest comes first");
        expect(queue.call("poll", CONSUMER, 1) == 2, "and then the next");
        expect(queue.call("take_first", CONSUMER) == 0, "none is none");
        final long slot = side.call("claim", role);
        expect(side.is("offer", role, 7), "a claim leaves the other slot");
        expect(queue.call("take_first", CONSUMER) == 0, "nothing overtakes a claim");
        expect(queue.call("unblock", CONSUMER, 0) == 0, "a living one's claim is its own");
        expect(!side.is("end_no_claim", role, slot + 8), "what is no slot is no claim");
        expect(side.is("abort", role, slot), "what is claimed can be given up");
        expect(!side.is("end_no_claim", role, slot), "what was given up is no claim");
        expect(!side.is("end_no_claim", role, place.section().offset()), "nor is the head");
        expect(queue.call("take_first", CONSUMER) == 7, "what is aborted is skipped");
        expect(queue.call("size", CONSUMER) == 0, "what was taken is given back");
        expect(queue.call("unblock", CONSUMER, 0) == 0, "nobody holds a claim");
        expect(!side.is("end_no_claim", role, slot), "what was taken is no claim");
    }

    /**
     * A producer dies with a claim that it has begun to fill; the watchdog says so. Another sends so many events beside it, and the
     * consumer frees and polls so often.
     */
    static Scenario death(final Cast cast, final int events, final int rounds) {
        final Place place = place();
        final int gone = place.elements("gone");
        return setup -> {
            final ModelBuffer memory = begin(setup, cast, place, 0);
            final StringBuilder sent = new StringBuilder();
            final StringBuilder taken = new StringBuilder();
            setup.actor(
                    "producer",
                    () -> {
                        final long slot =
                                side(cast, 0, memory, place, ROLES[0])
                                        .call("claim", ROLES[0].code());
                        if (slot != 0) {
                            memory.putInt((int) slot + EventDescriptor.SAMPLE_OFFSET, 77);
                        }
                        // The watchdog sees it end, and so all that it did.
                        memory.putIntRelease(gone, 1);
                    });
            setup.actor(
                    "other",
                    () -> {
                        final Operations queue = side(cast, 1, memory, place, ROLES[1]);
                        for (int n = 5; n < 5 + events; n++) {
                            if (sends(queue, ROLES[1], n)) {
                                sent.append(n);
                            }
                        }
                    });
            final Operations[] consumer = new Operations[1];
            final Runnable round =
                    () -> {
                        final boolean isGone = memory.getIntAcquire(gone) != 0;
                        final long freed =
                                consumer[0].call("unblock", CONSUMER, isGone ? ROLES[0].bit() : 0);
                        expect(freed <= bit(isGone), "the dead claim alone is freed");
                        poll(consumer[0], taken);
                    };
            setup.actor(
                    "consumer",
                    () -> {
                        consumer[0] = side(cast, 2, memory, place, Role.RT);
                        for (int n = 0; n < rounds; n++) {
                            round.run();
                        }
                    });
            setup.check(
                    () -> {
                        for (int n = 0; n < 3; n++) {
                            round.run();
                        }
                        expect(taken.compareTo(sent) == 0, "what the living one sent arrives");
                        final Operations successor = side(cast, 0, memory, place, ROLES[0]);
                        successor.call("take_over", ROLES[0].code());
                        flows(cast, memory, place, consumer[0]);
                    });
        };
    }

    /**
     * A producer sends one event and dies, which its successor in the role learns as from a watchdog; the consumer, which does not know of
     * it, unblocks and polls so often.
     */
    static Scenario successor(final Cast cast, final int rounds) {
        final Place place = place();
        final int gone = place.elements("gone");
        return setup -> {
            final ModelBuffer memory = begin(setup, cast, place, 0);
            setup.actor(
                    "predecessor",
                    () -> {
                        final Operations queue = side(cast, 0, memory, place, ROLES[0]);
                        expect(sends(queue, ROLES[0], 4), "an empty queue has room");
                        memory.putIntRelease(gone, 1);
                    });
            setup.actor(
                    "successor",
                    () -> {
                        if (memory.getIntAcquire(gone) == 1) {
                            side(cast, 1, memory, place, ROLES[0])
                                    .call("take_over", ROLES[0].code());
                        }
                    });
            final StringBuilder taken = new StringBuilder();
            final Operations[] consumer = new Operations[1];
            setup.actor(
                    "consumer",
                    () -> {
                        consumer[0] = side(cast, 2, memory, place, Role.RT);
                        for (int n = 0; n < rounds; n++) {
                            expect(
                                    consumer[0].call("unblock", CONSUMER, 0) == 0,
                                    "what is committed is not given up");
                            poll(consumer[0], taken);
                        }
                    });
            setup.check(
                    () -> {
                        poll(consumer[0], taken);
                        expect("4".contentEquals(taken), "what was accepted arrives");
                    });
        };
    }

    private static Operations queueIn(
            final ModelBuffer memory, final Place place, final Role role) {
        final SharedEventQueue queue = SharedEventQueue.over(memory, place.section(), role);
        return (operation, a) ->
                switch (operation) {
                    case "take_over" -> {
                        queue.takeOver();
                        yield 0;
                    }
                    case "offer" -> offer(queue, (int) a[1]);
                    case "batch" -> offer(queue, (int) a[1]) + offer(queue, (int) a[1] + 1);
                    case "claim" -> {
                        final int slot = queue.tryClaim();
                        yield slot == SlotQueue.FULL ? 0 : slot;
                    }
                    case "commit" -> {
                        fill(memory, (int) a[1], (int) a[2]);
                        queue.commit((int) a[1]);
                        yield 1;
                    }
                    case "abort" -> {
                        memory.putDouble((int) a[1] + EventDescriptor.VALUE, -1);
                        queue.abort((int) a[1]);
                        yield 1;
                    }
                    case "end_no_claim" -> 0;
                    case "poll" -> {
                        final long[] digits = {0};
                        queue.poll(e -> digits[0] = digits[0] * 10 + number(e), (int) a[1]);
                        yield digits[0];
                    }
                    case "take_first" -> {
                        final Event event = queue.peekFirst();
                        final long n = event == null ? 0 : number(event);
                        queue.removeFirst();
                        yield n;
                    }
                    case "unblock" -> queue.unblock((int) a[1]);
                    case "size" -> queue.size();
                    case "dropped" -> queue.dropped(Role.STANDARD.get((int) a[1]));
                    default -> throw unknown(operation);
                };
    }

    private static long offer(final SlotQueue queue, final int n) {
        return bit(queue.offer(n, -n, n, n, n, n, -n));
    }

    private static void fill(final ModelBuffer memory, final int slot, final int n) {
        Event.store(memory, slot, n, -n, n, n, n, n, -n);
    }
}
