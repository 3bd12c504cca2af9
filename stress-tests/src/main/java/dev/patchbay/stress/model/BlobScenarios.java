// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.Blob;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import java.util.Arrays;

/** Bytes of varying length, as production runs them, with what they promise. */
public final class BlobScenarios {
    private static final int CAPACITY = 16;

    private BlobScenarios() {}

    /**
     * After a first state, one side writes two more of other lengths, while the other reads once. What lies right behind a slot is
     * another's, who stores there meanwhile.
     *
     * @param start the number of the first state
     */
    public static Scenario blob(final long start) {
        final SectionScenarios.Place place = place();
        final byte[][] states = {filled(16, 1), filled(9, 2), filled(16, 3)};
        return setup -> {
            final ModelBuffer memory = named(setup, place);
            memory.putLong(place.head(Heads.BLOB, "published"), start - 1);
            new Blob(memory, place.section()).write(states[0], 100);
            final long[] epoch = new long[1];
            setup.actor(
                    "writer",
                    () -> {
                        final Blob blob = new Blob(memory, place.section());
                        blob.write(states[1], 101);
                        blob.write(states[2], 102);
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final Blob.Content found = new Blob(memory, place.section()).read();
                        expect(found != null, "the last complete bytes are readable");
                        epoch[0] = found.epoch();
                        expect(
                                found.sequence() == start + found.epoch() - 100,
                                "the epoch is that of the number");
                        expect(
                                Arrays.equals(found.bytes(), states[(int) found.epoch() - 100]),
                                "the bytes are whole and of their epoch");
                    });
            setup.actor(
                    "neighbour",
                    () -> {
                        for (int slot = 0; slot < 2; slot++) {
                            final int at =
                                    place.section().elementOffset(0)
                                            + slot * place.section().copyStride();
                            memory.putLong(at + CAPACITY, -1);
                        }
                    });
            setup.outcome(() -> epoch[0]);
        };
    }

    /** Nothing was ever written when one side writes no byte and then one, and the other reads once. */
    public static Scenario first() {
        final SectionScenarios.Place place = place();
        return setup -> {
            final ModelBuffer memory = named(setup, place);
            final String[] outcome = new String[1];
            setup.actor(
                    "writer",
                    () -> {
                        final Blob blob = new Blob(memory, place.section());
                        blob.write(new byte[0], 7);
                        blob.write(new byte[] {5}, 8);
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final Blob.Content found = new Blob(memory, place.section()).read();
                        outcome[0] =
                                found == null
                                        ? "none"
                                        : found.epoch() + Arrays.toString(found.bytes());
                        expect(
                                found == null
                                        || outcome[0].equals("7[]")
                                        || outcome[0].equals("8[5]"),
                                "nothing is read but what was written");
                    });
            setup.outcome(() -> outcome[0]);
        };
    }

    /**
     * A broken process has written a length that cannot be: who reads gives up after a thousand tries.
     *
     * @param length what it has written
     */
    public static Scenario broken(final long length) {
        final SectionScenarios.Place place = place();
        return setup -> {
            final ModelBuffer memory = named(setup, place);
            new Blob(memory, place.section()).write(filled(CAPACITY, 1), 100);
            memory.putLong(place.head(Heads.BLOB, "slot_length") + Long.BYTES, length);
            setup.actor(
                    "reader",
                    () ->
                            expect(
                                    new Blob(memory, place.section()).read() == null,
                                    "bytes of a length that cannot be are not read"));
        };
    }

    private static SectionScenarios.Place place() {
        return SectionScenarios.Place.of(r -> r.blob("it", "", Role.CONTROL, Role.RT, CAPACITY));
    }

    private static ModelBuffer named(final Setup setup, final SectionScenarios.Place place) {
        setup.name(place.head(Heads.BLOB, "published"), "published");
        setup.name(place.head(Heads.BLOB, "slot_sequence"), "slot_sequence");
        setup.name(place.head(Heads.BLOB, "slot_epoch"), "slot_epoch");
        setup.name(place.head(Heads.BLOB, "slot_length"), "slot_length");
        setup.name(place.section().elementOffset(0), "bytes");
        return setup.memory(place.image());
    }

    private static byte[] filled(final int length, final int value) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
