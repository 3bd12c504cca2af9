// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.Operations.bit;
import static dev.patchbay.stress.header.Operations.unknown;
import static dev.patchbay.stress.header.WordScenarios.expect;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SysexReader;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Scenario;
import dev.patchbay.stress.model.Setup;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * System exclusive messages among notes, with each side in either language. A message has its number, from 1 to 9, as its frame, and
 * tells it once for each 4 bytes; what was taken is told as decimal digits.
 */
final class SysexScenarios {
    /** Of the ring, in bytes: it holds three messages of 8 bytes. */
    private static final int CAPACITY = 64;

    /** Slots of a queue that is never full. */
    private static final int ROOM = 8;

    private static final int LENGTH = 8;

    private SysexScenarios() {}

    /** Queue, ring and both sides of them in an execution. */
    private static final class Sides {
        final Cast cast;
        final Place place;
        final SectionEntry ring;
        final ModelBuffer memory;
        final StringBuilder sent = new StringBuilder();
        final StringBuilder taken = new StringBuilder();
        int refused;

        Sides(final Setup setup, final Cast cast, final Place place, final long start) {
            this.cast = cast;
            this.place = place;
            ring = place.declaration().section("ring").entry();
            memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            for (final String field : new String[] {"tail", "head"}) {
                final int at = place.head(Heads.EVENT_QUEUE, field);
                setup.name(at, "queue " + field);
                memory.putLong(at, start);
            }
            setup.name(place.section().elementOffset(0), "slots");
            setup.name(ring.elementOffset(0), "records");
            for (final String field : new String[] {"tail", "head_cache", "head"}) {
                setup.name(trailer(field), "ring " + field);
                memory.putLong(trailer(field), start);
            }
        }

        int trailer(final String field) {
            return ring.elementOffset(0) + ring.count() + RingDescriptor.TRAILER.offset(field);
        }

        private Operations begin(final int actor) {
            final Operations side = cast.actor(actor, () -> inJava(this));
            side.call(
                    "open",
                    ring.offset(),
                    ring.elementOffset(0),
                    ring.stride(),
                    ring.count(),
                    ring.copies(),
                    ring.copyStride());
            return side;
        }

        /** A producer that begins. */
        Operations producer() {
            final Operations side = begin(0);
            side.call("take_over");
            return side;
        }

        /** A consumer that begins. */
        Operations consumer() {
            final Operations side = begin(1);
            side.call("begin_reading");
            return side;
        }

        void send(final Operations side, final int number) {
            told(side.is("send", number, LENGTH), number);
        }

        void note(final Operations side, final int number) {
            told(side.is("note", number), number);
        }

        private void told(final boolean isSent, final int number) {
            if (isSent) {
                sent.append(number);
            } else {
                refused++;
            }
        }

        /** Takes what is there, which need not be all that was sent before. */
        void take(final Operations side) {
            final long digits = side.call("take");
            taken.append(digits == 0 ? "" : Long.toString(digits));
        }

        void takeInOrder(final Operations side) {
            take(side);
            expect(sent.indexOf(taken.toString()) == 0, "events and messages keep their order");
        }

        /** What is left is taken, and then the ring holds three messages as it did. */
        void judge() {
            final Operations consumer = consumer();
            takeInOrder(consumer);
            expect(taken.compareTo(sent) == 0, "what was sent arrives");
            final Operations producer = producer();
            expect(producer.call("dropped") == refused, "what was refused is counted");
            for (int round = 0; round < 3; round++) {
                expect(producer.is("send", 7, LENGTH / 2), "what was taken is given back");
                expect(consumer.call("take") == 7, "it flows");
            }
        }
    }

    private static Place place(final int slots) {
        return Place.of(
                r ->
                        r.eventQueue("it", "", Role.BRIDGE, Role.RT, slots)
                                .ring("ring", "", Role.BRIDGE, Role.RT, CAPACITY));
    }

    /** The queue has two slots and both are taken, when the producer begins to send so many messages. */
    static Scenario fullQueue(final Cast cast, final int messages, final int polls) {
        return full(cast, 2, 2, messages, polls, 0);
    }

    /** The ring is full of three messages when the producer begins to send so many. */
    static Scenario fullRing(
            final Cast cast, final int messages, final int polls, final long start) {
        return full(cast, ROOM, 3, messages, polls, start);
    }

    private static Scenario full(
            final Cast cast,
            final int slots,
            final int before,
            final int messages,
            final int polls,
            final long start) {
        final Place place = place(slots);
        return setup -> {
            final Sides sides = new Sides(setup, cast, place, start);
            final Operations first = sides.producer();
            for (int n = 1; n <= before; n++) {
                sides.send(first, n);
            }
            expect(sides.sent.length() == before, "there is room at the start");
            setup.actor(
                    "producer",
                    () -> {
                        final Operations side = sides.producer();
                        for (int n = before + 1; n <= before + messages; n++) {
                            sides.send(side, n);
                        }
                    });
            setup.actor(
                    "consumer",
                    () -> {
                        final Operations side = sides.consumer();
                        for (int n = 0; n < polls; n++) {
                            sides.takeInOrder(side);
                        }
                    });
            setup.check(sides::judge);
        };
    }

    /** A note, a message, a note and a message are sent while the other side takes so often. */
    static Scenario amongNotes(final Cast cast, final int polls) {
        final Place place = place(ROOM);
        return setup -> {
            final Sides sides = new Sides(setup, cast, place, 0);
            setup.actor(
                    "producer",
                    () -> {
                        final Operations side = sides.producer();
                        sides.note(side, 1);
                        sides.send(side, 2);
                        sides.note(side, 3);
                        sides.send(side, 4);
                    });
            setup.actor(
                    "consumer",
                    () -> {
                        final Operations side = sides.consumer();
                        for (int n = 0; n < polls; n++) {
                            sides.takeInOrder(side);
                        }
                    });
            setup.check(sides::judge);
        };
    }

    /** A producer dies anywhere in its second message, and its successor sends a third; the other side takes so often. */
    static Scenario producerDies(final Cast cast, final int polls) {
        final Place place = place(2);
        return setup -> {
            final Sides sides = new Sides(setup, cast, place, 0);
            sides.send(sides.producer(), 1);
            setup.mortal(
                    "producer",
                    () -> sides.send(sides.producer(), 2),
                    () -> sides.send(sides.producer(), 3));
            setup.actor(
                    "consumer",
                    () -> {
                        final Operations side = sides.consumer();
                        for (int n = 0; n < polls; n++) {
                            sides.take(side);
                        }
                    });
            setup.check(
                    () -> {
                        sides.take(sides.consumer());
                        for (final char n : sides.sent.toString().toCharArray()) {
                            expect(sides.taken.indexOf("" + n) >= 0, "what was sent arrives");
                        }
                        expect(
                                "123".contains(sides.taken) || "13".contentEquals(sides.taken),
                                "messages keep their order, and each comes once");
                    });
        };
    }

    /** A consumer dies anywhere while it takes two messages, and its successor goes on; the other side sends so many more. */
    static Scenario consumerDies(final Cast cast, final int messages) {
        final Place place = place(2);
        return setup -> {
            final Sides sides = new Sides(setup, cast, place, 0);
            final Operations first = sides.producer();
            sides.send(first, 1);
            sides.send(first, 2);
            setup.actor(
                    "producer",
                    () -> {
                        final Operations side = sides.producer();
                        for (int n = 3; n <= 2 + messages; n++) {
                            sides.send(side, n);
                        }
                    });
            setup.mortal(
                    "consumer",
                    () -> sides.take(sides.consumer()),
                    () -> sides.take(sides.consumer()));
            setup.check(
                    () -> {
                        sides.take(sides.consumer());
                        final String taken = sides.taken.toString();
                        expect(
                                // What the dead one took and did not give back comes again as a
                                // whole.
                                taken.endsWith(sides.sent.toString())
                                        || taken.contentEquals(sides.sent)
                                        || sides.sent.toString().endsWith(taken),
                                "what was sent arrives, unless who died had given it back");
                    });
            setup.outcome(() -> setup.storesOfLife() + " " + sides.taken);
        };
    }

    /**
     * A message is sent and taken; then come messages too short and too long to send, and events that name no message or another's, in a
     * ring whose records and tail are as no writer of this library leaves them.
     */
    static Scenario broken(final Cast cast) {
        final Place place = place(ROOM);
        return setup -> {
            final Sides sides = new Sides(setup, cast, place, 0);
            setup.actor("producer", () -> sides.send(sides.producer(), 1));
            setup.actor("consumer", () -> sides.takeInOrder(sides.consumer()));
            setup.check(
                    () -> {
                        sides.takeInOrder(sides.consumer());
                        expect("1".contentEquals(sides.taken), "what was sent arrives");
                        breakAll(sides);
                    });
        };
    }

    /** With the ring empty and both positions at 16, of which the first record is as it was. */
    private static void breakAll(final Sides sides) {
        final Operations producer = sides.producer();
        expect(producer.call("max_length") == LENGTH, "the ring takes messages of that length");
        for (final int length : new int[] {0, LENGTH + 1}) {
            expect(
                    producer.call("send", 2, length) == -1 && producer.call("queued") == 0,
                    "a message of no length, or too long, is refused");
        }
        expect(producer.is("send", 2, LENGTH), "the longest is sent");
        final Operations reader = sides.consumer();
        final int data = sides.ring.elementOffset(0);
        expect(!has(reader, EventType.NOTE_ON, 16, LENGTH), "another event has no message");
        expect(!has(reader, EventType.SYSEX, 16, LENGTH - 1), "a length is the record's");
        expect(!has(reader, EventType.SYSEX, 32, LENGTH), "nothing lies behind the tail");
        expect(!has(reader, EventType.SYSEX, 0, LENGTH), "nothing lies before the head");
        // Each of these would be a message but for one thing.
        sides.memory.putInt(data + 16, LENGTH + 1 + RingDescriptor.RECORD.size());
        sides.memory.putLong(sides.trailer("tail"), 40);
        expect(!has(reader, EventType.SYSEX, 16, LENGTH + 1), "a length is a ring's");
        sides.memory.putInt(data + 16, LENGTH + RingDescriptor.RECORD.size());
        sides.memory.putInt(data + 20, EventType.NOTE_ON);
        expect(!has(reader, EventType.SYSEX, 16, LENGTH), "a record is of a message");
        sides.memory.putInt(data + 20, EventType.SYSEX);
        sides.memory.putLong(sides.trailer("tail"), 16 + CAPACITY + 8);
        expect(!has(reader, EventType.SYSEX, 16, LENGTH), "a tail is within a lap");
        sides.memory.putLong(sides.trailer("tail"), 16 + CAPACITY);
        expect(!has(reader, EventType.SYSEX, 20, LENGTH), "a position is a record's");
        sides.memory.putInt(data + 56, LENGTH + RingDescriptor.RECORD.size());
        sides.memory.putInt(data + 60, EventType.SYSEX);
        expect(!has(reader, EventType.SYSEX, 56, LENGTH), "a message lies in one piece");
        // And this one is, with as much of the ring before the tail as there can be.
        expect(has(reader, EventType.SYSEX, 16, LENGTH), "a full ring has its message");
        expect(!has(reader, EventType.SYSEX, 16, LENGTH), "a message is taken once");
        // What an event without a message names is done with, whether it was taken or not.
        expect(!has(reader, EventType.SYSEX, 48, 0), "no length is no message");
        reader.call("release");
        expect(
                reader.call("size") == CAPACITY - 32,
                "the bytes before what was named last are free");
    }

    private static boolean has(
            final Operations reader, final int type, final long position, final int length) {
        return reader.is("has", type, 2, position, length);
    }

    private static Operations inJava(final Sides sides) {
        final ModelBuffer memory = sides.memory;
        final EventQueue queue = EventQueue.over(memory, sides.place.section());
        final RingWriter records = RingWriter.over(memory, sides.ring);
        final SysexWriter writer = new SysexWriter(queue, records);
        final SysexReader[] reader = new SysexReader[1];
        return (operation, a) ->
                switch (operation) {
                    case "open" -> 0;
                    case "begin_reading" -> {
                        reader[0] = SysexReader.over(memory, sides.ring);
                        yield 0;
                    }
                    case "take_over" -> records.takeOver();
                    case "max_length" -> writer.maxLength();
                    case "send" -> {
                        final UnsafeBuffer message = new UnsafeBuffer(new byte[4 * LENGTH]);
                        for (int i = 0; i < message.capacity(); i += 4) {
                            message.putInt(i, (int) a[0]);
                        }
                        final int sent = writer.offer((int) a[0], message, 0, (int) a[1]);
                        yield sent == SysexWriter.SENT ? 1 : sent == SysexWriter.FULL ? 0 : -1;
                    }
                    case "note" -> bit(queue.offer(EventType.NOTE_ON, (int) a[0], 0, 0, 0, 0, 0));
                    case "take" -> {
                        final long[] digits = {0};
                        queue.poll(event -> digits[0] = appended(digits[0], reader[0], event), 9);
                        reader[0].release();
                        yield digits[0];
                    }
                    case "dropped" -> queue.dropped() + records.dropped();
                    default -> throw unknown(operation);
                };
    }

    private static long appended(final long digits, final SysexReader reader, final Event event) {
        final boolean has = reader.take(event);
        if (event.type() == EventType.SYSEX && !has) {
            expect(event.sysexLength() == 0, "no event is without its message");
            return digits;
        }
        expect(has == (event.type() == EventType.SYSEX), "another event has no message");
        if (has) {
            final byte[] bytes = new byte[event.payloadLength()];
            event.copyPayload(0, bytes, 0, bytes.length);
            for (int i = 0; i < bytes.length; i += 4) {
                expect(
                        new UnsafeBuffer(bytes).getInt(i) == event.sampleOffset(),
                        "a message is whole and its event's");
            }
        }
        return digits * 10 + event.sampleOffset();
    }
}
