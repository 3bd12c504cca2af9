// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SysexReader;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.layout.EventDescriptor;
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

        /** Sends and takes what is wrong; nothing of it is let pass. */
        void breakAll() {
            final EventQueue events = EventQueue.over(memory, queue);
            final SysexWriter writer = SysexWriter.over(memory, events, ring);
            final UnsafeBuffer message = new UnsafeBuffer(new byte[2 * LENGTH]);
            message.putLong(0, 0x0807060504030201L);
            expect(writer.maxLength() == LENGTH, "the ring takes messages of that length");
            for (final int length : new int[] {0, LENGTH + 1}) {
                expect(
                        writer.offer(0, message, 0, length) == SysexWriter.INVALID
                                && events.isEmpty(),
                        "a message of no length, or too long, is refused");
            }
            expect(writer.offer(1, message, 0, LENGTH) == SysexWriter.SENT, "the longest is sent");
            expect(writer.offer(2, message, 0, 1) == SysexWriter.SENT, "the shortest is sent");

            final SysexReader reader = SysexReader.over(memory, ring);
            final int trailer = ring.elementOffset(0) + ring.count();
            final int tail = trailer + RingDescriptor.TRAILER.offset("tail");
            final int head = trailer + RingDescriptor.TRAILER.offset("head");
            expect(!takes(reader, EventType.NOTE_ON, 0, LENGTH), "another event has no message");
            expect(!takes(reader, EventType.SYSEX, 0, LENGTH - 1), "a length is the record's");
            expect(!takes(reader, EventType.SYSEX, 32, LENGTH), "nothing lies behind the tail");
            // Each of these would be a message but for one thing.
            record(0, LENGTH + 1, EventType.SYSEX);
            memory.putLongOpaque(tail, 24);
            expect(!takes(reader, EventType.SYSEX, 0, LENGTH + 1), "a length is a ring's");
            record(0, LENGTH, EventType.NOTE_ON);
            expect(!takes(reader, EventType.SYSEX, 0, LENGTH), "a record is of a message");
            record(0, LENGTH, EventType.SYSEX);
            record(32, LENGTH, EventType.SYSEX);
            memory.putLongOpaque(tail, 32);
            expect(!takes(reader, EventType.SYSEX, 32, LENGTH), "nothing lies behind the tail");
            memory.putLongOpaque(tail, 72);
            expect(!takes(reader, EventType.SYSEX, 0, LENGTH), "a tail is within a lap");
            memory.putLongOpaque(tail, 64);
            memory.putIntOpaque(ring.elementOffset(0) + 20, LENGTH + 8);
            memory.putInt(ring.elementOffset(0) + 24, EventType.SYSEX);
            expect(!takes(reader, EventType.SYSEX, 20, LENGTH), "a position is a record's");
            // And this one is, with as much of the ring before the tail as there can be.
            expect(takes(reader, EventType.SYSEX, 0, LENGTH), "a full ring has its message");
            expect(!takes(reader, EventType.SYSEX, 0, LENGTH), "a message is taken once");
            record(56, LENGTH, EventType.SYSEX);
            memory.putLongOpaque(tail, 72);
            expect(!takes(reader, EventType.SYSEX, 56, LENGTH), "a message lies in one piece");
            // What an event without a message names is done with, whether it was taken or not.
            expect(!takes(reader, EventType.SYSEX, 48, 0), "no length is no message");
            reader.release();
            expect(memory.getLong(head) == 48, "the bytes before it are free");
            expect(
                    event(EventType.SYSEX, 0, LENGTH, 0).isValid()
                            && !event(EventType.SYSEX, -1, LENGTH, 0).isValid()
                            && !event(EventType.SYSEX, 0, -1, 0).isValid()
                            && !event(0x7FFF, 0, LENGTH, 0).isValid(),
                    "an event is valid with a type, a frame and numbers in range");
        }

        /** Looks for messages again that were taken, and for what was not. */
        void findAgain() {
            final int records = ring.elementOffset(0);
            final int tail = records + ring.count() + RingDescriptor.TRAILER.offset("tail");
            for (int at = 0; at < 48; at += 16) {
                record(at, LENGTH, EventType.SYSEX);
                memory.putLong(records + at + 8, 0x0807060504030201L);
            }
            memory.putLongOpaque(tail, 48);
            final SysexReader reader = SysexReader.over(memory, ring);
            expect(!finds(reader, EventType.SYSEX, 0, LENGTH), "nothing was taken yet");
            expect(takes(reader, EventType.SYSEX, 0, LENGTH), "the first is there");
            expect(takes(reader, EventType.SYSEX, 16, LENGTH), "and the second");
            for (final int at : new int[] {16, 0, 0, 16}) {
                expect(finds(reader, EventType.SYSEX, at, LENGTH), "in any order, and again");
            }
            expect(!finds(reader, EventType.NOTE_ON, 0, LENGTH), "another event has no message");
            expect(!finds(reader, EventType.SYSEX, 0, LENGTH - 1), "a length is the record's");
            expect(!finds(reader, EventType.SYSEX, 32, LENGTH), "the third was not taken");
            // Each of these would be a message but for one thing.
            record(0, LENGTH + 1, EventType.SYSEX);
            expect(!finds(reader, EventType.SYSEX, 0, LENGTH + 1), "a length is a ring's");
            record(0, 0, EventType.SYSEX);
            expect(!finds(reader, EventType.SYSEX, 0, 0), "no length is no message");
            memory.putIntOpaque(records + 4, LENGTH + 8);
            memory.putInt(records + 8, EventType.SYSEX);
            expect(!finds(reader, EventType.SYSEX, 4, LENGTH), "a position is a record's");
            reader.release();
            expect(!finds(reader, EventType.SYSEX, 16, LENGTH), "what was given back is gone");
        }

        private boolean finds(
                final SysexReader reader, final int type, final long position, final int length) {
            final Event event = event(type, 0, length, position);
            final boolean found = reader.find(event);
            expect(
                    event.payloadLength() == (found ? length : 0),
                    "what is found has its length, and nothing else has any");
            return found;
        }

        private Event event(
                final int type, final int sampleOffset, final int index, final long value) {
            final int slot = queue.elementOffset(7);
            memory.putInt(slot + EventDescriptor.SAMPLE_OFFSET, sampleOffset);
            memory.putShort(slot + EventDescriptor.TYPE, (short) type);
            memory.putShort(slot + EventDescriptor.CHANNEL, (short) 0);
            memory.putInt(slot + EventDescriptor.INDEX, index);
            memory.putLong(slot + EventDescriptor.VALUE, value);
            memory.putDouble(slot + EventDescriptor.DETAIL, 0);
            return new Event(memory).moveTo(slot);
        }

        private void record(final int at, final int length, final int type) {
            memory.putIntOpaque(ring.elementOffset(0) + at, length + 8);
            memory.putInt(ring.elementOffset(0) + at + 4, type);
        }

        /** Whether a reader takes such an event; where it does, the payload is whole and has no bytes but its own. */
        private boolean takes(
                final SysexReader reader, final int type, final long position, final int length) {
            final Event event = event(type, 0, length, position);
            if (!reader.take(event)) {
                expect(event.payloadLength() == 0, "what is refused has no bytes");
                return false;
            }
            expect(
                    event.payloadByte(-4) == 0
                            && event.payloadByte(0) == 1
                            && event.payloadByte(length - 1) == length
                            && event.payloadByte(length) == 0,
                    "a message has its own bytes and no others");
            final byte[] bytes = new byte[length];
            expect(
                    event.copyPayload(-1, bytes, 0, 1) == 0
                            && event.copyPayload(length, bytes, 0, 1) == 0
                            && event.copyPayload(length + 1, bytes, 0, 1) == 0
                            && event.copyPayload(0, bytes, -1, 1) == 0
                            && event.copyPayload(0, bytes, length, 1) == 0
                            && event.copyPayload(0, bytes, length + 1, 1) == 0
                            && event.copyPayload(0, bytes, 0, 0) == 0
                            && event.copyPayload(0, bytes, 0, -1) == 0,
                    "nothing is copied from or to where nothing is");
            expect(
                    event.copyPayload(0, bytes, 1, 1) == 1 && bytes[1] == 1 && bytes[0] == 0,
                    "so much is copied as is asked for");
            expect(
                    event.copyPayload(length - 1, bytes, 0, length) == 1 && bytes[0] == length,
                    "no more is copied than there is");
            return true;
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

    /**
     * Messages too short and too long to send, events that name no message or another's, in a ring whose records and tail are as no writer
     * of this library leaves them, and every way to ask for bytes of a message that there are not. One actor.
     */
    public static Scenario broken() {
        return setup -> {
            final Sides sides = new Sides(setup, 8);
            setup.actor("both", sides::breakAll);
        };
    }

    /** Messages that were taken are looked for once more, as are some that were not. One actor. */
    public static Scenario foundAgain() {
        return setup -> {
            final Sides sides = new Sides(setup, 8);
            setup.actor("consumer", sides::findAgain);
        };
    }
}
