// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardStructs;

/** Bulk changes of two parameters from one writer to one reader, of whom one may die. */
public final class ParameterChangesScenarios {
    private ParameterChangesScenarios() {}

    /**
     * One side changes two parameters in each of so many transactions, the other polls so often; none is seen in half. Both take over
     * after so many transactions, of which the reader had the last, and the first parameter was never changed.
     */
    public static Scenario transactions(final int transactions, final int polls, final int before) {
        final SectionScenarios.Place place = parameterPlace();
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            setup.name(place.head(Heads.TRIPLE_BUFFER, "state"), "state");
            setup.name(place.section().elementOffset(0), "copies");
            memory.putInt(
                    TripleBuffer.over(memory, place.section()).readerOffset()
                            + StandardStructs.PARAMETER_CHANGE.size()
                            + StandardStructs.PARAMETER_CHANGE.offset("transaction"),
                    before);
            final ParameterChangesWriter[] writer = new ParameterChangesWriter[1];
            final ParameterChangesReader[] reader = new ParameterChangesReader[1];
            final float[] values = new float[2];
            setup.actor(
                    "writer",
                    () -> {
                        writer[0] = new ParameterChangesWriter(memory, place.section());
                        for (int n = 1; n <= transactions; n++) {
                            writer[0].set(0, n);
                            writer[0].set(1, n);
                            writer[0].publish();
                        }
                    });
            setup.actor(
                    "reader",
                    () -> {
                        reader[0] = new ParameterChangesReader(memory, place.section());
                        for (int n = 0; n < polls; n++) {
                            reader[0].poll((index, value) -> values[index] = value);
                            expect(values[0] == values[1], "a transaction is applied whole");
                        }
                    });
            setup.check(
                    () -> {
                        reader[0].poll((index, value) -> values[index] = value);
                        new ParameterChangesReader(memory, place.section())
                                .poll(
                                        (index, value) -> {
                                            throw new AssertionError(
                                                    "broken: a successor applies nothing twice");
                                        });
                        expect(values[0] == transactions, "no transaction is lost");
                        expect(values[0] == values[1], "a transaction is applied whole");
                        writer[0].publish();
                        writer[0].set(0, -1);
                        writer[0].publish();
                        reader[0].poll((index, value) -> values[index] = value);
                        expect(values[0] == -1 && values[1] != -1, "a change is applied alone");
                        final int number =
                                TripleBuffer.over(memory, place.section()).readerOffset()
                                        + StandardStructs.PARAMETER_CHANGE.offset("transaction");
                        expect(
                                memory.getInt(number)
                                        == memory.getInt(
                                                        number
                                                                + StandardStructs.PARAMETER_CHANGE
                                                                        .size())
                                                + 1,
                                "a publication without a change does not count");
                    });
        };
    }

    /** A writer of two parameters dies in one of its transactions; its successor changes one of them. The other side polls. */
    public static Scenario writerDies(final int transactions, final int polls) {
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
    public static Scenario readerDies(final int transactions, final int polls) {
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
