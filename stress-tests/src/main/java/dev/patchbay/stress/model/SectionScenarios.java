// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventHandler;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.RegionBuilder;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StructType;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.IntBinaryOperator;
import java.util.function.UnaryOperator;

/** Patchbay's primitives that fill a section of a region, as production runs them, each with what it promises. */
public final class SectionScenarios {
    private static final StructType PAIR =
            StructType.named("pair", "Two words that belong together.")
                    .field(FieldType.INT64, "first", "")
                    .field(FieldType.INT64, "second", "")
                    .build();

    private SectionScenarios() {}

    /** A region of one section, as its image has it. */
    record Place(SectionEntry section, ByteBuffer image) {
        static Place of(final UnaryOperator<RegionBuilder> section) {
            final RegionDeclaration declaration =
                    section.apply(RegionDeclaration.named("model")).build();
            return new Place(
                    declaration.section("it").entry(), new RegionImage(declaration).bytes());
        }

        /** The offset of a field of the section's head. */
        int head(final StructType struct, final String field) {
            return (int) section.offset() + struct.offset(field);
        }
    }

    /** A triple buffer of pairs. */
    static Place pairs() {
        return Place.of(r -> r.tripleBuffer("it", "", Role.CONTROL, Role.RT, PAIR, 1));
    }

    /** Memory that holds a triple buffer, its parts named. */
    static ModelBuffer named(final Setup setup, final Place triple) {
        setup.name(triple.head(Heads.TRIPLE_BUFFER, "state"), "state");
        setup.name(triple.section().elementOffset(0), "copies");
        return setup.memory(triple.image());
    }

    /** Publishes a pair. */
    static void publish(final ModelBuffer memory, final TripleBuffer triple, final int n) {
        final int at = triple.writerOffset();
        memory.putLong(at, n);
        memory.putLong(at + 8, -n);
        triple.publish();
    }

    /** The number of the pair that a refresh finds, or the last one where there is none. */
    static long refreshed(final ModelBuffer memory, final Place place, final long last) {
        final TripleBuffer triple = TripleBuffer.over(memory, place.section());
        if (!triple.refresh()) {
            return last;
        }
        final int at = triple.readerOffset();
        final long n = memory.getLong(at);
        expect(n == -memory.getLong(at + 8), "a copy is whole");
        expect(n > last, "a fresh copy is newer");
        return n;
    }

    /**
     * One side publishes pairs so often, the other refreshes so often; in the end the newest is there. A copy that the reader
     * has read comes back to the writer with the fourth publication: fewer do not show a missing order.
     */
    public static Scenario tripleBuffer(final int publications, final int refreshes) {
        final Place place = pairs();
        return setup -> {
            final ModelBuffer memory = named(setup, place);
            final long[] last = new long[1];
            final StringBuilder seen = new StringBuilder();
            setup.actor(
                    "writer",
                    () -> {
                        final TripleBuffer triple = TripleBuffer.over(memory, place.section());
                        for (int n = 1; n <= publications; n++) {
                            publish(memory, triple, n);
                        }
                    });
            setup.actor(
                    "reader",
                    () -> {
                        for (int n = 0; n < refreshes; n++) {
                            last[0] = refreshed(memory, place, last[0]);
                            seen.append(last[0]).append(' ');
                        }
                    });
            setup.check(
                    () ->
                            expect(
                                    refreshed(memory, place, last[0]) == publications
                                            || last[0] == publications,
                                    "the newest wins"));
            setup.outcome(() -> seen);
        };
    }

    /**
     * Two slots are full when a producer begins to offer so many more events, in the place of one that has died; the other side
     * takes what is there so often.
     *
     * @param start the position of the first event
     */
    public static Scenario eventQueue(final int offers, final int polls, final long start) {
        final Place place = Place.of(r -> r.eventQueue("it", "", Role.BRIDGE, Role.RT, 2));
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            final int tail = place.head(Heads.EVENT_QUEUE, "tail");
            final int head = place.head(Heads.EVENT_QUEUE, "head");
            setup.name(tail, "tail").name(head, "head");
            setup.name(place.head(Heads.EVENT_QUEUE, "dropped"), "dropped");
            setup.name(place.section().elementOffset(0), "slots");
            memory.putLong(tail, start);
            memory.putLong(head, start);
            final int[] offered = new int[offers + 3];
            final int[] taken = {0};
            final IntBinaryOperator offer =
                    (first, last) -> {
                        final EventQueue queue = EventQueue.over(memory, place.section());
                        for (int n = first; n <= last; n++) {
                            if (queue.offer(n, -n, n, n, n, n, -n)) {
                                offered[++offered[0]] = n;
                            }
                        }
                        return offered[0];
                    };
            offer.applyAsInt(1, 2);
            setup.actor("producer", () -> offer.applyAsInt(3, 2 + offers));
            final EventHandler take =
                    e -> {
                        expect(isOf(e, e.type()), "an event is whole");
                        expect(e.type() == offered[++taken[0]], "events keep their order");
                    };
            final Consumer<EventQueue> poll =
                    queue -> {
                        final int there = queue.size();
                        expect(there <= 2, "no more events than slots");
                        expect(queue.poll(take, 2) >= there, "what was seen is taken");
                    };
            setup.actor(
                    "consumer",
                    () -> {
                        final EventQueue queue = EventQueue.over(memory, place.section());
                        for (int n = 0; n < polls; n++) {
                            poll.accept(queue);
                        }
                    });
            setup.check(
                    () -> {
                        final EventQueue queue = EventQueue.over(memory, place.section());
                        poll.accept(queue);
                        expect(taken[0] == offered[0], "what was accepted arrives");
                        expect(
                                queue.dropped() == offers + 2 - offered[0],
                                "what was refused is counted");
                    });
            setup.outcome(() -> offered[0]);
        };
    }

    /**
     * While the other side publishes so often, one side refreshes once, and says whether it knew of a fresh copy before and whether it
     * got one: the writer can disturb each of its eight tries with the ninth publication.
     */
    public static Scenario tripleBufferGivesUp(final int publications) {
        final Place place = pairs();
        return setup -> {
            final ModelBuffer memory = named(setup, place);
            final String[] outcome = new String[1];
            setup.actor(
                    "writer",
                    () -> {
                        final TripleBuffer triple = TripleBuffer.over(memory, place.section());
                        for (int n = 1; n <= publications; n++) {
                            triple.publish();
                        }
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final int state =
                                memory.getIntOpaque(place.head(Heads.TRIPLE_BUFFER, "state"));
                        final TripleBuffer triple = TripleBuffer.over(memory, place.section());
                        outcome[0] = (state & 1 << 6) + " " + triple.refresh();
                    });
            setup.outcome(() -> outcome[0]);
        };
    }

    private static boolean isOf(final Event e, final int n) {
        return e.sampleOffset() == -n
                && e.channel() == n
                && e.noteId() == n
                && e.index() == n
                && e.value() == n
                && e.detail() == -n;
    }
}
