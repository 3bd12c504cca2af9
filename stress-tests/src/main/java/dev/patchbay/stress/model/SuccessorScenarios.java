// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import org.agrona.concurrent.UnsafeBuffer;

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

    /** A writer of two parameters dies in one of its transactions; its successor changes one of them. The other side polls. */
    public static Scenario parameterChangesWriter(final int transactions, final int polls) {
        final SectionScenarios.Place place = parameterPlace();
        return setup -> {
            final ModelBuffer memory = SectionScenarios.named(setup, place);
            final float[] values = new float[2];
            final ParameterChangesReader[] reader = new ParameterChangesReader[1];
            final float[] published = new float[1];
            setup.mortal(
                    "writer",
                    () -> {
                        final ParameterChangesWriter writer =
                                new ParameterChangesWriter(memory, place.section());
                        for (int n = 1; n <= transactions; n++) {
                            writer.set(0, n);
                            if (n % 2 != 0) {
                                writer.set(1, n);
                            }
                            writer.publish();
                            published[0] = n - Math.floorMod(n - 1, 2);
                        }
                    },
                    () -> {
                        final ParameterChangesWriter writer =
                                new ParameterChangesWriter(memory, place.section());
                        writer.set(0, 100);
                        writer.publish();
                    });
            final Runnable poll =
                    () -> {
                        final float before = values[1];
                        reader[0].poll((i, value) -> values[i] = value);
                        expect(
                                values[0] == values[1]
                                        || values[0] == values[1] + 1 && values[1] % 2 != 0
                                        || values[0] == 100,
                                "a transaction is seen whole");
                        expect(values[1] >= before, "values do not go back");
                    };
            setup.actor(
                    "reader",
                    () -> {
                        reader[0] = new ParameterChangesReader(memory, place.section());
                        for (int n = 0; n < polls; n++) {
                            poll.run();
                        }
                    });
            neighbour(setup, memory, place);
            setup.check(
                    () -> {
                        poll.run();
                        expect(values[0] == 100, "the successor's change arrives");
                        expect(
                                values[1] == published[0],
                                "what the dead one had published stays, and no more");
                        final ParameterChangesWriter third =
                                new ParameterChangesWriter(memory, place.section());
                        third.set(1, 200);
                        third.publish();
                        values[0] = -1;
                        reader[0].poll((i, value) -> values[i] = value);
                        expect(values[0] == -1, "a change is applied once");
                        expect(values[1] == 200, "the next change arrives");
                    });
        };
    }

    /** A reader of two parameters dies while it polls; its successor polls once. The writer makes so many transactions. */
    public static Scenario parameterChangesReader(final int transactions, final int polls) {
        final SectionScenarios.Place place = parameterPlace();
        return setup -> {
            final ModelBuffer memory = SectionScenarios.named(setup, place);
            setup.actor(
                    "writer",
                    () -> {
                        final ParameterChangesWriter writer =
                                new ParameterChangesWriter(memory, place.section());
                        for (int n = 1; n <= transactions; n++) {
                            writer.set(n % 2, n);
                            writer.publish();
                        }
                    });
            final float[] values = new float[2];
            setup.mortal(
                    "reader",
                    () -> {
                        final ParameterChangesReader reader =
                                new ParameterChangesReader(memory, place.section());
                        for (int n = 0; n < polls; n++) {
                            reader.poll((i, value) -> values[i] = value);
                        }
                    },
                    () -> {
                        // What the copy holds that the other had taken is the successor's start.
                        final int at = TripleBuffer.over(memory, place.section()).readerOffset();
                        for (int i = 0; i < 2; i++) {
                            values[i] =
                                    memory.getFloat(
                                            at
                                                    + i * StandardStructs.PARAMETER_CHANGE.size()
                                                    + StandardStructs.PARAMETER_CHANGE.offset(
                                                            "value"));
                        }
                        final float[] before = values.clone();
                        new ParameterChangesReader(memory, place.section())
                                .poll(
                                        (i, value) -> {
                                            expect(
                                                    value > before[i],
                                                    "what was taken counts as applied");
                                            values[i] = value;
                                        });
                    });
            setup.check(
                    () -> {
                        new ParameterChangesReader(memory, place.section())
                                .poll((i, value) -> values[i] = value);
                        for (int n = Math.max(1, transactions - 1); n <= transactions; n++) {
                            expect(values[n % 2] == n, "no change is lost");
                        }
                    });
        };
    }

    /**
     * The cell of a process that has failed is taken over by another, which says who it is and that it lives. The other side looks
     * from the state to the process, and then from the process to the state.
     */
    public static Scenario roleCell() {
        final StructType role = StandardStructs.ROLE;
        final SectionScenarios.Place place =
                SectionScenarios.Place.of(r -> r.roles("it", "", List.of(Role.BRIDGE, Role.RT)));
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            final int cell = place.section().elementOffset(Role.RT.code());
            setup.name(cell, "cell").name(cell + role.offset("state"), "state");
            setup.name(cell + role.offset("start_time"), "rest");
            final RoleCell before = new RoleCell(memory, place.section(), Role.RT);
            before.identify(41, 76, 1, "Epsilon");
            before.state(2);
            setup.actor(
                    "process",
                    () -> {
                        final RoleCell own = new RoleCell(memory, place.section(), Role.RT);
                        own.identify(42, 77, 2, "Epsilon");
                        own.state(1);
                        own.heartbeat(5);
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final Loads loads = Loads.over(memory);
                        if (RoleCell.stateOf(loads, place.section(), Role.RT) == 1) {
                            expect(
                                    loads.int32(cell + role.offset("pid")) == 42
                                            && loads.int64(cell + role.offset("start_time")) == 77
                                            && loads.int32(cell + role.offset("generation")) == 2,
                                    "who sees the state sees the process");
                        }
                    });
            for (final String field : List.of("pid", "start_time", "generation")) {
                setup.actor(
                        "reader of " + field,
                        () -> {
                            final Loads loads = Loads.over(memory);
                            final int at = cell + role.offset(field);
                            final long found =
                                    field.equals("start_time") ? loads.int64(at) : loads.int32(at);
                            final boolean isNew =
                                    found
                                            == Map.of(
                                                            "pid",
                                                            42L,
                                                            "start_time",
                                                            77L,
                                                            "generation",
                                                            2L)
                                                    .get(field);
                            expect(
                                    !isNew
                                            || RoleCell.stateOf(loads, place.section(), Role.RT)
                                                    != 2,
                                    "who sees the new process does not see the old one's state");
                        });
            }
            setup.check(
                    () -> {
                        final Loads loads = Loads.over(memory);
                        expect(
                                RoleCell.stateOf(loads, place.section(), Role.RT) == 1,
                                "the state is as it was set");
                        expect(
                                loads.int64(cell + role.offset("heartbeat_nanos")) == 5,
                                "the heartbeat is as it was set");
                    });
        };
    }

    /** A text that fills its field without an end, as no writer of this library leaves it, and one that changes during each try. */
    public static Scenario roleTexts() {
        final StructType role = StandardStructs.ROLE;
        final SectionScenarios.Place place =
                SectionScenarios.Place.of(r -> r.roles("it", "", List.of(Role.BRIDGE, Role.RT)));
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            final int cell = place.section().elementOffset(Role.RT.code());
            final int room = role.field("collector").count();
            setup.actor(
                    "process",
                    () -> {
                        for (int i = 0; i < room; i += Long.BYTES) {
                            memory.putLong(
                                    cell + role.offset("collector") + i, 0x6161616161616161L);
                        }
                        expect(
                                RoleCell.collectorOf(Loads.over(memory), place.section(), Role.RT)
                                        .equals("a".repeat(room)),
                                "a text without an end ends with its field");
                    });
            final int sequence = cell + role.offset("text_sequence");
            final long[] number = new long[1];
            final UnsafeBuffer restless =
                    new UnsafeBuffer(new byte[place.image().capacity()]) {
                        @Override
                        public long getLongAcquire(final int index) {
                            return index == sequence ? number[0] += 2 : super.getLongAcquire(index);
                        }

                        @Override
                        public long getLongOpaque(final int index) {
                            return index == sequence ? number[0] += 2 : super.getLongOpaque(index);
                        }
                    };
            restless.setMemory(cell + role.offset("collector"), Long.BYTES, (byte) 'a');
            setup.check(
                    () ->
                            expect(
                                    RoleCell.collectorOf(
                                                    Loads.over(restless), place.section(), Role.RT)
                                            .isEmpty(),
                                    "a text that changes at each try is not told"));
        };
    }

    /** Right behind each copy somebody else stores. */
    private static void neighbour(
            final Setup setup, final ModelBuffer memory, final SectionScenarios.Place place) {
        setup.actor(
                "neighbour",
                () -> {
                    for (int copy = 0; copy < 3; copy++) {
                        final int at =
                                place.section().elementOffset(0)
                                        + copy * place.section().copyStride()
                                        + 2 * StandardStructs.PARAMETER_CHANGE.size();
                        memory.putLong(at, -1);
                    }
                });
    }

    private static SectionScenarios.Place parameterPlace() {
        return SectionScenarios.Place.of(
                r ->
                        r.tripleBuffer(
                                "it",
                                "",
                                Role.CONTROL,
                                Role.RT,
                                StandardStructs.PARAMETER_CHANGE,
                                2));
    }
}
