// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What an event queue's sides do beside offer and poll. */
public final class QueueOperationScenarios {
    private QueueOperationScenarios() {}

    private static SectionScenarios.Place place(final int capacity) {
        return SectionScenarios.Place.of(
                r -> r.eventQueue("it", "", Role.BRIDGE, Role.RT, capacity));
    }

    private static void fill(final ModelBuffer memory, final int at, final int n) {
        Event.store(memory, at, 1, n, 0, -1, n, n, -n);
    }

    private static int number(final Event event) {
        final int n = event.index();
        expect(
                event.sampleOffset() == n
                        && event.noteId() == -1
                        && event.value() == n
                        && event.detail() == -n,
                "an event is whole");
        return n;
    }

    /** One side fills a claim in place, gives one up and fills another; the other looks at the first event and takes it, twice. */
    public static Scenario claims() {
        final SectionScenarios.Place place = place(2);
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            final List<Integer> taken = new ArrayList<>();
            setup.actor(
                    "producer",
                    () -> {
                        final EventQueue queue = EventQueue.over(memory, place.section());
                        for (int n = 1; n <= 3; n++) {
                            final int at = queue.tryClaim();
                            if (at == EventQueue.FULL) {
                                continue;
                            }
                            fill(memory, at, n);
                            if (n == 2) {
                                queue.abort(at);
                            } else {
                                queue.commit(at);
                            }
                        }
                    });
            final Runnable take =
                    () -> {
                        final EventQueue queue = EventQueue.over(memory, place.section());
                        final Event first = queue.peekFirst();
                        if (first == null) {
                            queue.removeFirst();
                        } else {
                            final int n = number(first);
                            expect(number(queue.peekFirst()) == n, "what was looked at stays");
                            expect(!queue.isEmpty(), "a queue with an event is not empty");
                            taken.add(n);
                            queue.removeFirst();
                        }
                    };
            setup.actor(
                    "consumer",
                    () -> {
                        take.run();
                        take.run();
                    });
            setup.check(
                    () -> {
                        take.run();
                        take.run();
                        final EventQueue queue = EventQueue.over(memory, place.section());
                        expect(taken.equals(List.of(1, 3)), "each event is taken once, in order");
                        expect(queue.isEmpty() && queue.size() == 0, "nothing is left");
                        expect(queue.dropped() == 0, "what was given up is not dropped");
                        for (int n = 4; n <= 5; n++) {
                            final int at = queue.tryClaim();
                            fill(memory, at, n);
                            queue.commit(at);
                        }
                        expect(queue.tryClaim() == EventQueue.FULL, "a full queue has no slot");
                        expect(queue.tryClaim() == EventQueue.FULL, "a full queue has no slot");
                        expect(queue.dropped() == 2, "what found no slot is counted");
                        queue.removeFirst();
                        expect(number(queue.peekFirst()) == 4, "what was not looked at stays");
                        queue.removeFirst();
                        expect(number(queue.peekFirst()) == 5, "the next is there");
                        expect(queue.tryClaim() != EventQueue.FULL, "a slot given back is free");
                    });
        };
    }

    /** One side sends a batch of three into four slots and then one of three more; the other polls by limit and by frame. */
    public static Scenario batches() {
        final SectionScenarios.Place place = place(4);
        final int batch = place.image().capacity();
        return setup -> {
            final ByteBuffer image = ByteBuffer.allocate(batch + 256);
            image.put(0, place.image(), 0, batch);
            final ModelBuffer memory = setup.memory(image);
            for (int n = 0; n < 6; n++) {
                fill(memory, batch + n * EventDescriptor.SIZE, n + 1);
            }
            final List<Integer> taken = new ArrayList<>();
            final int[] sent = {0};
            setup.actor(
                    "producer",
                    () -> {
                        final EventQueue queue = EventQueue.over(memory, place.section());
                        sent[0] = queue.offerBatch(memory, batch, 3);
                        expect(sent[0] == 3, "a batch that fits is sent whole");
                        sent[0] += queue.offerBatch(memory, batch + 3 * EventDescriptor.SIZE, 3);
                        expect(queue.offerBatch(memory, batch, 0) == 0, "nothing is sent of none");
                    });
            setup.actor(
                    "consumer",
                    () -> {
                        final EventQueue queue = EventQueue.over(memory, place.section());
                        expect(queue.poll(e -> taken.add(number(e)), 0) == 0, "none is asked for");
                        final int one = queue.poll(e -> taken.add(number(e)), 1);
                        expect(one == taken.size() && one <= 1, "no more than the limit");
                        final int before = queue.pollBefore(e -> taken.add(number(e)), 3, 9);
                        expect(one + before == taken.size(), "each handled event is counted");
                        expect(!taken.contains(3), "an event at the frame itself is kept");
                    });
            setup.check(
                    () -> {
                        final EventQueue queue = EventQueue.over(memory, place.section());
                        queue.poll(e -> taken.add(number(e)), Integer.MAX_VALUE);
                        final List<Integer> all = List.of(1, 2, 3, 4, 5, 6).subList(0, sent[0]);
                        expect(taken.equals(all), "each event is taken once, in order");
                        expect(queue.dropped() == 6 - sent[0], "what did not fit is counted");
                        expect(queue.isEmpty(), "nothing is left");
                    });
            setup.outcome(() -> sent[0] + " " + taken);
        };
    }
}
