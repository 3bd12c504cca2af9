// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/** A process dies before any of its loads and stores, another takes its place, and the other side lives on. */
public final class SuccessorScenarios {
    private static final int DATA = 128;

    private SuccessorScenarios() {}

    /**
     * A writer dies, perhaps leaving an odd number; its successor writes once more. The other side reads so often with two tries.
     *
     * @param start the sequence number before the first publication; even
     */
    public static Scenario snapshot(final int reads, final long start) {
        return setup -> {
            final ModelBuffer memory = setup.memory(256);
            final int sequence = Heads.SNAPSHOT.offset("sequence");
            setup.name(sequence, "sequence").name(DATA, "words");
            memory.putLong(sequence, start);
            final StringBuilder outcome = new StringBuilder();
            setup.mortal(
                    "writer",
                    () -> new Snapshot(memory, 0, DATA, 2).write(new long[] {1, -1}),
                    () -> new Snapshot(memory, 0, DATA, 2).write(new long[] {2, -2}));
            setup.actor(
                    "reader",
                    () -> {
                        final Snapshot snapshot = new Snapshot(memory, 0, DATA, 2);
                        final long[] copy = new long[2];
                        long last = 0;
                        for (int n = 0; n < reads; n++) {
                            if (snapshot.read(copy, 2)) {
                                expect(copy[0] == -copy[1], "a copy is whole");
                                expect(copy[0] >= last, "copies do not go back");
                                last = copy[0];
                            }
                        }
                        outcome.append(last);
                    });
            setup.check(
                    () -> {
                        final long[] copy = new long[2];
                        final Snapshot snapshot = new Snapshot(memory, 0, DATA, 2);
                        expect(snapshot.read(copy, 1), "the successor's struct can be read");
                        expect(copy[0] == 2 && copy[1] == -2, "the successor's struct is whole");
                        expect(!snapshot.read(copy, 0), "who does not try has no copy");
                        final long publications = memory.getLong(sequence) - start >>> 1;
                        expect(publications <= 2, "each publication counts once");
                    });
            setup.outcome(() -> outcome);
        };
    }

    /**
     * After a first state, a writer dies while it writes another, and its successor writes a third. The other side reads once.
     *
     * @param start the number of the first state
     */
    public static Scenario blob(final long start) {
        final SectionScenarios.Place place =
                SectionScenarios.Place.of(r -> r.blob("it", "", Role.CONTROL, Role.RT, 16));
        final byte[][] states = {filled(9, 1), filled(16, 2), filled(12, 3)};
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            final int published = place.head(Heads.BLOB, "published");
            setup.name(published, "published");
            setup.name(place.head(Heads.BLOB, "slot_sequence"), "slot_sequence");
            setup.name(place.head(Heads.BLOB, "slot_epoch"), "slot_epoch");
            setup.name(place.head(Heads.BLOB, "slot_length"), "slot_length");
            setup.name(place.section().elementOffset(0), "bytes");
            memory.putLong(published, start - 1);
            new Blob(memory, place.section()).write(states[0], 100);
            final long[] read = new long[1];
            setup.mortal(
                    "writer",
                    () -> new Blob(memory, place.section()).write(states[1], 101),
                    () -> new Blob(memory, place.section()).write(states[2], 102));
            setup.actor(
                    "reader", () -> read[0] = epochOf(new Blob(memory, place.section()), states));
            setup.check(
                    () ->
                            expect(
                                    epochOf(new Blob(memory, place.section()), states) == 102,
                                    "the last state is the successor's"));
            setup.outcome(() -> read[0]);
        };
    }

    private static long epochOf(final Blob blob, final byte[][] states) {
        final Blob.Content found = blob.read();
        expect(found != null, "the last complete bytes are readable");
        final byte[] expected = states[(int) found.epoch() - 100];
        expect(Arrays.equals(found.bytes(), expected), "the bytes are whole and of their epoch");
        return found.epoch();
    }

    private static byte[] filled(final int length, final int value) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** A writer of pairs dies, perhaps with its copy half filled; its successor publishes so often. The other side refreshes. */
    public static Scenario tripleBufferWriter(
            final int publications, final int more, final int refreshes) {
        final SectionScenarios.Place place = SectionScenarios.pairs();
        return setup -> {
            final ModelBuffer memory = SectionScenarios.named(setup, place);
            final long[] last = new long[1];
            final IntBinaryOperator publish =
                    (first, end) -> {
                        final TripleBuffer triple = TripleBuffer.over(memory, place.section());
                        for (int n = first; n <= end; n++) {
                            SectionScenarios.publish(memory, triple, n);
                        }
                        return end;
                    };
            setup.mortal(
                    "writer",
                    () -> publish.applyAsInt(1, publications),
                    () -> publish.applyAsInt(publications + 1, publications + more));
            setup.actor(
                    "reader",
                    () -> {
                        for (int n = 0; n < refreshes; n++) {
                            last[0] = SectionScenarios.refreshed(memory, place, last[0]);
                        }
                    });
            setup.check(
                    () ->
                            expect(
                                    SectionScenarios.refreshed(memory, place, last[0])
                                            == publications + more,
                                    "the newest wins"));
        };
    }

    /** A reader of pairs dies, and its successor goes on with what the other had taken. The writer publishes so often. */
    public static Scenario tripleBufferReader(
            final int publications, final int refreshes, final int more) {
        final SectionScenarios.Place place = SectionScenarios.pairs();
        return setup -> {
            final ModelBuffer memory = SectionScenarios.named(setup, place);
            final long[] last = new long[1];
            setup.actor(
                    "writer",
                    () -> {
                        final TripleBuffer triple = TripleBuffer.over(memory, place.section());
                        for (int n = 1; n <= publications; n++) {
                            SectionScenarios.publish(memory, triple, n);
                        }
                    });
            setup.mortal(
                    "reader",
                    () -> {
                        for (int n = 0; n < refreshes; n++) {
                            last[0] = SectionScenarios.refreshed(memory, place, last[0]);
                        }
                    },
                    () -> {
                        final int at = TripleBuffer.over(memory, place.section()).readerOffset();
                        final long n = memory.getLong(at);
                        expect(n >= last[0], "what the other had taken is still there");
                        expect(n == -memory.getLong(at + 8), "a copy is whole");
                        for (int i = 0; i < more; i++) {
                            last[0] =
                                    Math.max(
                                            last[0],
                                            SectionScenarios.refreshed(memory, place, last[0]));
                        }
                    });
            setup.check(
                    () -> {
                        SectionScenarios.refreshed(memory, place, -1);
                        final int at = TripleBuffer.over(memory, place.section()).readerOffset();
                        expect(memory.getLong(at) == publications, "the newest wins");
                    });
        };
    }
}
