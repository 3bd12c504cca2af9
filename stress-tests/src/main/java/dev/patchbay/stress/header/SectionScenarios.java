// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.Operations.bit;
import static dev.patchbay.stress.header.Operations.unknown;
import static dev.patchbay.stress.header.WordScenarios.expect;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Scenario;
import java.util.Arrays;

/** Primitives that fill a section, with each actor in either language; the promises are those of the same in Java alone. */
final class SectionScenarios {
    private static final StructType PAIR =
            StructType.named("pair", "Two words that belong together.")
                    .field(FieldType.INT64, "first", "")
                    .field(FieldType.INT64, "second", "")
                    .build();

    private SectionScenarios() {}

    /** One side writes a struct of two words so often, the other reads it so often, each time with so many tries. */
    static Scenario snapshot(final Cast cast, final int writes, final int reads, final int tries) {
        final Place place = Place.of(r -> r.snapshot("it", "", Role.CONTROL, PAIR));
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            setup.name(place.head(Heads.SNAPSHOT, "sequence"), "sequence");
            setup.name(place.section().elementOffset(0), "words");
            setup.actor(
                    "writer",
                    () -> {
                        final Operations writer = cast.actor(0, () -> snapshotIn(memory, place));
                        for (int n = 1; n <= writes; n++) {
                            writer.call("write", n);
                        }
                    });
            final long[] last = {0};
            setup.actor(
                    "reader",
                    () -> {
                        final Operations reader = cast.actor(1, () -> snapshotIn(memory, place));
                        for (int n = 0; n < reads; n++) {
                            final long found = reader.call("read", tries);
                            expect(found == 0 || found >= last[0], "copies do not go back");
                            last[0] = Math.max(found, last[0]);
                        }
                    });
            setup.check(
                    () -> {
                        final Operations reader = cast.actor(1, () -> snapshotIn(memory, place));
                        expect(reader.call("read", 1) == writes, "the newest stays readable");
                    });
        };
    }

    private static Operations snapshotIn(final ModelBuffer memory, final Place place) {
        final Snapshot snapshot = Snapshot.over(memory, place.section());
        return (operation, a) ->
                switch (operation) {
                    case "write" -> {
                        snapshot.write(new long[] {a[0], -a[0]});
                        yield 0;
                    }
                    case "read" -> {
                        final long[] copy = new long[2];
                        final boolean isWhole = snapshot.read(copy, (int) a[0]);
                        expect(!isWhole || copy[0] == -copy[1], "a copy is whole");
                        yield isWhole ? copy[0] : 0;
                    }
                    default -> throw unknown(operation);
                };
    }

    /** One side publishes pairs so often, the other refreshes so often; in the end the newest is there. */
    static Scenario tripleBuffer(final Cast cast, final int publications, final int refreshes) {
        final Place place = Place.of(r -> r.tripleBuffer("it", "", Role.CONTROL, Role.RT, PAIR, 1));
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            setup.name(place.head(Heads.TRIPLE_BUFFER, "state"), "state");
            setup.name(place.section().elementOffset(0), "copies");
            final long[] last = new long[1];
            setup.actor(
                    "writer",
                    () -> {
                        final Operations writer = cast.actor(0, () -> tripleIn(memory, place));
                        for (int n = 1; n <= publications; n++) {
                            writer.call("publish", n);
                        }
                    });
            final Runnable refresh =
                    () -> {
                        final Operations reader = cast.actor(1, () -> tripleIn(memory, place));
                        final long found = reader.call("refresh");
                        expect(found == 0 || found > last[0], "a fresh copy is newer");
                        last[0] = Math.max(found, last[0]);
                    };
            setup.actor(
                    "reader",
                    () -> {
                        for (int n = 0; n < refreshes; n++) {
                            refresh.run();
                        }
                    });
            setup.check(
                    () -> {
                        refresh.run();
                        expect(last[0] == publications, "the newest wins");
                        refresh.run();
                    });
        };
    }

    private static Operations tripleIn(final ModelBuffer memory, final Place place) {
        final TripleBuffer triple = TripleBuffer.over(memory, place.section());
        return (operation, a) ->
                switch (operation) {
                    case "publish" -> {
                        final int at = triple.writerOffset();
                        memory.putLong(at, a[0]);
                        memory.putLong(at + 8, -a[0]);
                        triple.publish();
                        yield 0;
                    }
                    case "refresh" -> {
                        if (!triple.refresh()) {
                            yield 0;
                        }
                        final long n = memory.getLong(triple.readerOffset());
                        expect(n == -memory.getLong(triple.readerOffset() + 8), "a copy is whole");
                        yield n;
                    }
                    default -> throw unknown(operation);
                };
    }

    /**
     * One side changes two parameters in each of so many transactions, in C each as a writer that takes over; the other, in Java, polls so
     * often. The reader took a transaction of this number before, or none where it is 0.
     */
    static Scenario parameterChanges(
            final Cast cast, final int transactions, final int polls, final int before) {
        final StructType change = StandardStructs.PARAMETER_CHANGE;
        final Place place =
                Place.of(r -> r.tripleBuffer("it", "", Role.CONTROL, Role.RT, change, 2));
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            setup.name(place.head(Heads.TRIPLE_BUFFER, "state"), "state");
            setup.name(place.section().elementOffset(0), "copies");
            memory.putInt(
                    TripleBuffer.over(memory, place.section()).readerOffset()
                            + change.size()
                            + change.offset("transaction"),
                    before);
            final ParameterChangesReader[] reader = new ParameterChangesReader[1];
            final float[] values = new float[2];
            setup.actor(
                    "writer",
                    () -> {
                        final Operations writer = cast.actor(0, () -> changesIn(memory, place));
                        for (int n = 1; n <= transactions; n++) {
                            writer.call("publish", n);
                        }
                    });
            final Runnable poll =
                    () -> {
                        reader[0].poll((index, value) -> values[index] = value);
                        expect(values[0] == values[1], "a transaction is applied whole");
                    };
            setup.actor(
                    "reader",
                    () -> {
                        reader[0] = new ParameterChangesReader(memory, place.section());
                        for (int n = 0; n < polls; n++) {
                            poll.run();
                        }
                    });
            setup.check(
                    () -> {
                        poll.run();
                        expect(values[0] == transactions, "no transaction is lost");
                    });
        };
    }

    private static Operations changesIn(final ModelBuffer memory, final Place place) {
        final ParameterChangesWriter writer = new ParameterChangesWriter(memory, place.section());
        return (operation, a) -> {
            writer.set(0, a[0]);
            writer.set(1, a[0]);
            writer.publish();
            return 0;
        };
    }

    /** After a first state, one side writes two more of other lengths, while the other reads once. */
    static Scenario blob(final Cast cast) {
        final Place place = Place.of(r -> r.blob("it", "", Role.CONTROL, Role.RT, 16));
        final long[] lengths = {0, 16, 9, 12};
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            setup.name(place.head(Heads.BLOB, "published"), "published");
            setup.name(place.head(Heads.BLOB, "slot_sequence"), "slot_sequence");
            setup.name(place.head(Heads.BLOB, "slot_epoch"), "slot_epoch");
            setup.name(place.head(Heads.BLOB, "slot_length"), "slot_length");
            setup.name(place.section().elementOffset(0), "bytes");
            final Operations first = cast.actor(0, () -> blobIn(memory, place));
            expect(cast.actor(1, () -> blobIn(memory, place)).call("read") == -1, "none is none");
            expect(first.is("write", 1, lengths[1]), "what fits is published");
            setup.actor(
                    "writer",
                    () -> {
                        final Operations writer = cast.actor(0, () -> blobIn(memory, place));
                        for (int n = 2; n <= 3; n++) {
                            expect(writer.is("write", n, lengths[n]), "what fits is published");
                        }
                        expect(!writer.is("write", 4, 17), "what does not fit is refused");
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final Operations reader = cast.actor(1, () -> blobIn(memory, place));
                        final long found = reader.call("read");
                        expect(found > 0, "the last complete bytes are readable");
                        expect(
                                found % 100 == lengths[(int) found / 100],
                                "the length is that of the bytes");
                    });
        };
    }

    private static Operations blobIn(final ModelBuffer memory, final Place place) {
        final Blob blob = new Blob(memory, place.section());
        return (operation, a) ->
                switch (operation) {
                    case "write" -> {
                        if (a[1] > blob.capacity()) {
                            yield 0;
                        }
                        final byte[] bytes = new byte[(int) a[1]];
                        Arrays.fill(bytes, (byte) a[0]);
                        blob.write(bytes, a[0] + 100);
                        yield 1;
                    }
                    case "read" -> {
                        final Blob.Content found = blob.read();
                        if (found == null) {
                            yield -1;
                        }
                        expect(
                                found.epoch() == found.sequence() + 100,
                                "the epoch is that of the bytes");
                        for (final byte b : found.bytes()) {
                            expect(b == found.sequence(), "the bytes are whole");
                        }
                        yield found.sequence() * 100 + found.bytes().length;
                    }
                    default -> throw unknown(operation);
                };
    }

    /**
     * Two slots are full when a producer begins to send so many more events, in the place of one that has died, in each way that there
     * is; the other side takes what is there so often, in each way that there is.
     *
     * @param start the position of the first event
     */
    static Scenario eventQueue(
            final Cast cast, final int offers, final int polls, final long start) {
        final Place place = Place.of(r -> r.eventQueue("it", "", Role.BRIDGE, Role.RT, 2));
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            final int tail = place.head(Heads.EVENT_QUEUE, "tail");
            final int head = place.head(Heads.EVENT_QUEUE, "head");
            setup.name(tail, "tail").name(head, "head");
            setup.name(place.head(Heads.EVENT_QUEUE, "dropped"), "dropped");
            setup.name(place.section().elementOffset(0), "slots");
            memory.putLong(tail, start);
            memory.putLong(head, start);
            final StringBuilder sent = new StringBuilder("12");
            final StringBuilder taken = new StringBuilder();
            final int[] refused = {0};
            final Operations before = cast.actor(0, () -> queueIn(memory, place));
            expect(before.call("batch", 1) == 2, "an empty queue has room");
            setup.actor(
                    "producer",
                    () -> {
                        final Operations queue = cast.actor(0, () -> queueIn(memory, place));
                        for (int n = 3; n <= 2 + offers; n++) {
                            if (queue.is(n % 2 == 0 ? "claim" : "offer", n)) {
                                sent.append(n);
                            } else {
                                refused[0]++;
                            }
                        }
                    });
            final String[] ways = {"poll", "take_first", "take_position"};
            setup.actor(
                    "consumer",
                    () -> {
                        final Operations queue = cast.actor(1, () -> queueIn(memory, place));
                        for (int n = 0; n < polls; n++) {
                            final long there = queue.call("size");
                            expect(there <= 2, "no more events than slots");
                            take(queue.call(ways[n % 3], 2), sent, taken);
                        }
                    });
            setup.check(
                    () -> {
                        final Operations queue = cast.actor(1, () -> queueIn(memory, place));
                        take(queue.call("poll", 9), sent, taken);
                        expect(taken.compareTo(sent) == 0, "what was accepted arrives");
                        expect(queue.call("size") == 0, "what was taken is given back");
                        final Operations side = cast.actor(0, () -> queueIn(memory, place));
                        expect(side.call("batch", 7) == 2, "an empty queue has room");
                        expect(side.call("batch", 7) == 0, "a full one has none");
                        expect(queue.call("size") == 2, "what was not taken is there");
                        expect(queue.call("poll_behind", 8) == 0, "a frame is a limit");
                        expect(queue.call("take_first") == 7, "the oldest comes first");
                        expect(queue.call("take_first") == 8, "the oldest comes first");
                        expect(queue.call("take_first") == 0, "none is none");
                        expect(
                                queue.call("dropped") == refused[0] + 2,
                                "what was refused is counted");
                    });
        };
    }

    private static void take(
            final long digits, final StringBuilder sent, final StringBuilder taken) {
        taken.append(digits == 0 ? "" : Long.toString(digits));
        expect(sent.indexOf(taken.toString()) == 0, "events keep their order");
    }

    private static Operations queueIn(final ModelBuffer memory, final Place place) {
        final EventQueue queue = EventQueue.over(memory, place.section());
        return (operation, a) ->
                switch (operation) {
                    case "offer", "claim" -> offer(queue, (int) a[0]);
                    case "batch" -> offer(queue, (int) a[0]) + offer(queue, (int) a[0] + 1);
                    case "poll" -> {
                        final long[] digits = {0};
                        queue.poll(e -> digits[0] = digits[0] * 10 + number(e), (int) a[0]);
                        yield digits[0];
                    }
                    case "poll_behind" -> {
                        final long[] digits = {0};
                        queue.pollBefore(
                                e -> digits[0] = digits[0] * 10 + number(e), -(int) a[0], 9);
                        yield digits[0];
                    }
                    case "take_first" -> {
                        final Event event = queue.peekFirst();
                        final long n = event == null ? 0 : number(event);
                        queue.removeFirst();
                        yield n;
                    }
                    case "take_position" -> {
                        final long at = queue.head();
                        if (queue.tail() == at) {
                            yield 0;
                        }
                        final long n = number(queue.peek(at));
                        queue.advance(at + 1);
                        yield n;
                    }
                    case "size" -> queue.size();
                    case "dropped" -> queue.dropped();
                    default -> throw unknown(operation);
                };
    }

    private static long offer(final EventQueue queue, final int n) {
        return bit(queue.offer(n, -n, n, n, n, n, -n));
    }

    /** The number of an event, which all of its fields tell. */
    static int number(final Event e) {
        final int n = e.type();
        expect(
                e.sampleOffset() == -n
                        && e.channel() == n
                        && e.noteId() == n
                        && e.index() == n
                        && e.value() == n
                        && e.detail() == -n,
                "an event is whole");
        return n;
    }
}
