// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SysexReader;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** System exclusive messages: a queue of two or of eight slots, and a ring that holds three records at a time. */
public final class SysexScenarios {
    private static final int LENGTH = 8;

    private SysexScenarios() {}

    /** Both sides, and what they have done. */
    private static final class Sides {
        final ModelBuffer memory;
        final SectionEntry queue;
        final SectionEntry ring;
        final List<Integer> sent = new ArrayList<>();
        final List<Integer> taken = new ArrayList<>();

        Sides(final Setup setup, final int slots) {
            final RegionDeclaration region =
                    RegionDeclaration.named("model")
                            .eventQueue("queue", "", Role.BRIDGE, Role.RT, slots)
                            .ring("ring", "", Role.BRIDGE, Role.RT, 64)
                            .build();
            queue = region.section("queue").entry();
            ring = region.section("ring").entry();
            memory = setup.memory(new RegionImage(region).bytes());
            final int head = (int) queue.offset();
            final int trailer = ring.elementOffset(0) + ring.count();
            setup.name(head + Heads.EVENT_QUEUE.offset("tail"), "tail");
            setup.name(head + Heads.EVENT_QUEUE.offset("head"), "head");
            setup.name(head + Heads.EVENT_QUEUE.offset("dropped"), "dropped");
            setup.name(queue.elementOffset(0), "slots");
            setup.name((int) ring.offset(), "ring dropped");
            setup.name(ring.elementOffset(0), "records");
            setup.name(trailer + RingDescriptor.TRAILER.offset("tail"), "ring tail");
            setup.name(trailer + RingDescriptor.TRAILER.offset("head_cache"), "ring head cache");
            setup.name(trailer + RingDescriptor.TRAILER.offset("head"), "ring head");
        }

        /** Sends these numbers, as a producer that begins. */
        void send(final int first, final int last) {
            final RingWriter records = RingWriter.over(memory, ring);
            records.takeOver();
            final SysexWriter writer = new SysexWriter(EventQueue.over(memory, queue), records);
            for (int n = first; n <= last; n++) {
                final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
                message.putLong(0, n);
                if (writer.offer(n, message, 0, LENGTH) == SysexWriter.SENT) {
                    sent.add(n);
                }
            }
        }

        /** Takes what is there so often, as a consumer that begins. */
        void take(final int polls) {
            final EventQueue events = EventQueue.over(memory, queue);
            final SysexReader reader = SysexReader.over(memory, ring);
            for (int n = 0; n < polls; n++) {
                events.poll(event -> take(reader, event), 8);
                reader.release();
            }
        }

        private void take(final SysexReader reader, final Event event) {
            if (reader.take(event)) {
                final byte[] bytes = new byte[LENGTH];
                expect(event.copyPayload(0, bytes, 0, LENGTH) == LENGTH, "a message is there");
                expect(
                        new UnsafeBuffer(bytes).getLong(0) == event.sampleOffset(),
                        "a message is whole and its event's");
                taken.add(event.sampleOffset());
            } else {
                expect(event.sysexLength() == 0, "no event is without its message");
            }
        }
    }

    /** The queue is full of two messages when the producer begins to send so many more; the other side takes so often. */
    public static Scenario fullQueue(final int messages, final int polls) {
        return full(2, 2, messages, polls);
    }

    /** The ring is full of three messages when the producer begins to send so many more; the other side takes so often. */
    public static Scenario fullRing(final int messages, final int polls) {
        return full(8, 3, messages, polls);
    }

    private static Scenario full(
            final int slots, final int before, final int messages, final int polls) {
        return setup -> {
            final Sides sides = new Sides(setup, slots);
            sides.send(1, before);
            setup.actor("producer", () -> sides.send(before + 1, before + messages));
            setup.actor("consumer", () -> sides.take(polls));
            setup.check(
                    () -> {
                        sides.take(2);
                        expect(sides.taken.equals(sides.sent), "what was sent arrives in order");
                    });
            setup.outcome(() -> sides.sent);
        };
    }

    /** A producer dies while it sends a second message, and its successor sends a third; the other side takes so often. */
    public static Scenario producerDies(final int polls) {
        return setup -> {
            final Sides sides = new Sides(setup, 2);
            sides.send(1, 1);
            setup.mortal("producer", () -> sides.send(2, 2), () -> sides.send(3, 3));
            setup.actor("consumer", () -> sides.take(polls));
            setup.check(
                    () -> {
                        sides.take(2);
                        expect(
                                sides.taken.containsAll(sides.sent) && sides.taken.contains(1),
                                "what was sent arrives");
                        for (int i = 1; i < sides.taken.size(); i++) {
                            expect(
                                    sides.taken.get(i - 1) < sides.taken.get(i),
                                    "messages keep their order");
                        }
                    });
            setup.outcome(() -> sides.taken);
        };
    }

    /** A consumer dies while it takes two messages, and its successor goes on; the other side sends so many more meanwhile. */
    public static Scenario consumerDies(final int messages) {
        return setup -> {
            final Sides sides = new Sides(setup, 2);
            sides.send(1, 2);
            setup.actor("producer", () -> sides.send(3, 2 + messages));
            setup.mortal("consumer", () -> sides.take(1), () -> sides.take(1));
            setup.check(
                    () -> {
                        sides.take(2);
                        expect(sides.taken.containsAll(sides.sent), "what was sent arrives");
                        final int last = sides.sent.get(sides.sent.size() - 1);
                        expect(
                                sides.taken.lastIndexOf(last) == sides.taken.size() - 1,
                                "the last is the last");
                    });
            setup.outcome(() -> sides.taken);
        };
    }
}
