// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventHandler;
import dev.patchbay.eventqueue.SharedEventQueue;
import dev.patchbay.eventqueue.SlotQueue;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import java.nio.ByteBuffer;
import java.util.Set;

/** The event queue with many producers, as production runs it: contention, claims that are given up, and a producer's death. */
public final class QueueScenarios {
    private QueueScenarios() {}

    /** A region with one queue, and a word by which the watchdog says that a producer has ended. */
    private record Place(SectionEntry queue, int gone, ByteBuffer image) {
        static Place of(final int capacity) {
            final RegionDeclaration declaration =
                    RegionDeclaration.named("model")
                            .sharedEventQueue(
                                    "it", "", Set.of(Role.CONTROL, Role.UI), Role.RT, capacity)
                            .array("gone", "", Role.BRIDGE, FieldType.INT32, 1)
                            .build();
            return new Place(
                    declaration.section("it").entry(),
                    declaration.section("gone").entry().elementOffset(0),
                    new RegionImage(declaration).bytes());
        }

        /** An empty queue from a position on, its commit words as the lap before left them. */
        ModelBuffer begin(final Setup setup, final long start) {
            final ModelBuffer memory = setup.memory(image);
            final int tail = (int) queue.offset() + Heads.SHARED_EVENT_QUEUE.offset("tail");
            final int head = (int) queue.offset() + Heads.SHARED_EVENT_QUEUE.offset("head");
            final int slots = queue.elementOffset(0);
            final int commits = slots + queue.count() * EventDescriptor.SIZE;
            setup.name(tail, "tail").name(head, "head").name(slots, "slots");
            setup.name((int) queue.offset() + Heads.SHARED_EVENT_QUEUE.offset("lanes"), "lanes");
            setup.name(commits, "commits").name(gone, "gone");
            memory.putLong(tail, start);
            memory.putLong(head, start);
            for (long position = start - queue.count(); position != start; position++) {
                memory.putLong(
                        commits + (int) (position & queue.count() - 1) * Heads.COMMIT_WORD,
                        position + 1);
            }
            return memory;
        }

        SharedEventQueue queue(final ModelBuffer memory, final Role role) {
            return SharedEventQueue.over(memory, queue, role);
        }
    }

    /** What the consumer has seen of each producer. */
    private static final class Seen implements EventHandler {
        private final int[] last = new int[Role.MAX_CODE + 1];
        private int events;

        @Override
        public void onEvent(final Event e) {
            final int n = e.index();
            expect(
                    e.sampleOffset() == -n
                            && e.noteId() == n
                            && e.channel() == n
                            && e.value() == n
                            && e.detail() == -n,
                    "an event is whole");
            expect(n > last[e.type()], "each producer's events keep their order");
            last[e.type()] = n;
            events++;
        }
    }

    private static boolean isRefused(final SlotQueue queue, final int slot) {
        try {
            queue.abort(slot);
            return false;
        } catch (final IllegalStateException e) {
            return true;
        }
    }

    private static boolean offer(final SlotQueue queue, final Role role, final int n) {
        return queue.offer(role.code(), -n, n, n, n, n, -n);
    }

    /**
     * Two producers send so many events each into two slots, of which the first claims one in vain before; the consumer polls so often. What
     * was accepted arrives once, whole and in each one's order; the rest is counted by role.
     *
     * @param start the position of the first event
     */
    public static Scenario contention(
            final int offers, final int polls, final boolean aborts, final long start) {
        final Place place = Place.of(2);
        return setup -> {
            final ModelBuffer memory = place.begin(setup, start);
            final Role[] roles = {Role.CONTROL, Role.UI};
            final int[] accepted = new int[roles.length];
            final int[] aborted = {0};
            final Seen seen = new Seen();
            for (int i = 0; i < roles.length; i++) {
                final int own = i;
                setup.actor(
                        own == 0 ? "producer" : "other",
                        () -> {
                            final SharedEventQueue queue = place.queue(memory, roles[own]);
                            if (own == 0 && aborts) {
                                final int slot = queue.tryClaim();
                                if (slot == SlotQueue.FULL) {
                                    aborted[0]++;
                                } else {
                                    memory.putLong(slot, -1);
                                    queue.abort(slot);
                                }
                            }
                            for (int n = 1; n <= offers; n++) {
                                accepted[own] += offer(queue, roles[own], n) ? 1 : 0;
                            }
                        });
            }
            setup.actor(
                    "consumer",
                    () -> {
                        final SharedEventQueue queue = place.queue(memory, Role.RT);
                        for (int n = 0; n < polls; n++) {
                            queue.poll(seen, Integer.MAX_VALUE);
                        }
                    });
            setup.check(
                    () -> {
                        final SharedEventQueue queue = place.queue(memory, Role.RT);
                        queue.poll(seen, Integer.MAX_VALUE);
                        expect(queue.isEmpty(), "nothing is stuck");
                        expect(seen.events == accepted[0] + accepted[1], "what was sent arrives");
                        expect(
                                queue.dropped()
                                        == queue.dropped(Role.CONTROL) + queue.dropped(Role.UI),
                                "what was refused is the sum of the roles'");
                        expect(
                                queue.dropped(Role.CONTROL) == offers - accepted[0] + aborted[0]
                                        && queue.dropped(Role.UI) == offers - accepted[1],
                                "each role counts what it could not send");
                    });
            setup.outcome(() -> accepted[0] + " and " + accepted[1]);
        };
    }

    /**
     * A producer gives up a claim that it has begun to fill, in the last slot before a wrap; another sends two events, of which the second
     * may come to lie in that slot, and the consumer polls once. Nobody has died, so nothing is freed.
     */
    public static Scenario givenUp() {
        final Place place = Place.of(2);
        return setup -> {
            final ModelBuffer memory = place.begin(setup, -1);
            final int[] accepted = {0};
            final Seen seen = new Seen();
            setup.actor(
                    "producer",
                    () -> {
                        final SharedEventQueue queue = place.queue(memory, Role.CONTROL);
                        final int slot = queue.tryClaim();
                        if (slot != SlotQueue.FULL) {
                            memory.putInt(slot + EventDescriptor.SAMPLE_OFFSET, 77);
                            queue.abort(slot);
                        }
                    });
            setup.actor(
                    "other",
                    () -> {
                        final SharedEventQueue queue = place.queue(memory, Role.UI);
                        for (int n = 1; n <= 2; n++) {
                            accepted[0] += offer(queue, Role.UI, n) ? 1 : 0;
                        }
                    });
            setup.actor(
                    "consumer", () -> place.queue(memory, Role.RT).poll(seen, Integer.MAX_VALUE));
            setup.check(
                    () -> {
                        final SharedEventQueue queue = place.queue(memory, Role.RT);
                        for (int n = 0; n < 2; n++) {
                            expect(queue.unblock(0) == 0, "what is given up is not freed again");
                        }
                        queue.poll(seen, Integer.MAX_VALUE);
                        expect(queue.isEmpty(), "nothing is stuck");
                        expect(seen.events == accepted[0], "what was sent arrives");
                        expect(seen.last[Role.CONTROL.code()] == 0, "what is given up is not read");
                        final int slot = queue.tryClaim();
                        for (final int wrong :
                                new int[] {slot + 8, slot + 2 * EventDescriptor.SIZE}) {
                            expect(isRefused(queue, wrong), "a claim ends where its slot begins");
                        }
                        queue.abort(slot);
                        expect(isRefused(queue, slot), "a claim ends once");
                    });
            setup.outcome(() -> accepted[0]);
        };
    }

    /**
     * A producer dies with a claim that it has begun to fill; the watchdog says so. Another sends so many events beside it, and the consumer
     * frees and polls so often. Nothing of the living one's is freed, nothing of the dead one's is read, and the queue flows.
     */
    public static Scenario death(final int capacity, final int offers, final int polls) {
        final Place place = Place.of(capacity);
        return setup -> {
            final ModelBuffer memory = place.begin(setup, 0);
            final int[] accepted = {0};
            final Seen seen = new Seen();
            setup.actor(
                    "producer",
                    () -> {
                        final int slot = place.queue(memory, Role.CONTROL).tryClaim();
                        if (slot != SlotQueue.FULL) {
                            memory.putInt(slot + EventDescriptor.SAMPLE_OFFSET, 77);
                        }
                        // The watchdog sees it end, and so all that it did.
                        memory.putIntRelease(place.gone(), 1);
                    });
            setup.actor(
                    "other",
                    () -> {
                        final SharedEventQueue queue = place.queue(memory, Role.UI);
                        for (int n = 1; n <= offers; n++) {
                            accepted[0] += offer(queue, Role.UI, n) ? 1 : 0;
                        }
                    });
            final Runnable[] round = new Runnable[1];
            setup.actor(
                    "consumer",
                    () -> {
                        final SharedEventQueue queue = place.queue(memory, Role.RT);
                        round[0] =
                                () -> {
                                    final boolean gone = memory.getIntAcquire(place.gone()) != 0;
                                    queue.unblock(gone ? Role.CONTROL.bit() : 0);
                                    queue.poll(seen, Integer.MAX_VALUE);
                                };
                        for (int n = 0; n < polls; n++) {
                            round[0].run();
                        }
                    });
            setup.check(
                    () -> {
                        for (int n = 0; n < 3; n++) {
                            round[0].run();
                        }
                        final SharedEventQueue queue = place.queue(memory, Role.RT);
                        expect(queue.isEmpty(), "nothing is stuck");
                        expect(seen.events == accepted[0], "what the living one sent arrives");
                        expect(seen.last[Role.CONTROL.code()] == 0, "nothing of the dead is read");
                        final SharedEventQueue successor = place.queue(memory, Role.CONTROL);
                        successor.takeOver();
                        expect(offer(successor, Role.CONTROL, 9), "its successor goes on");
                        expect(queue.poll(seen, Integer.MAX_VALUE) == 1, "and is heard");
                        expect(queue.unblock(0) == 0, "nobody holds a claim");
                    });
            setup.outcome(() -> accepted[0]);
        };
    }
}
