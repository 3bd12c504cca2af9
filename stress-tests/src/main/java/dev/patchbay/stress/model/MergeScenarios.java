// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardStructs;
import java.nio.ByteBuffer;

/** Bulk changes by two writers, merged by one reader in the order in which the engine does so: the host's, then control's. */
public final class MergeScenarios {
    private static final int HOSTS = 0;
    private static final int SHARED = 1;
    private static final int CONTROLS = 2;
    private static final RegionDeclaration DECLARATION =
            RegionDeclaration.named("model")
                    .tripleBuffer(
                            "host", "", Role.BRIDGE, Role.RT, StandardStructs.PARAMETER_CHANGE, 3)
                    .tripleBuffer(
                            "control",
                            "",
                            Role.CONTROL,
                            Role.RT,
                            StandardStructs.PARAMETER_CHANGE,
                            3)
                    .build();

    private MergeScenarios() {}

    /** The reader: what it plays, and which side spoke last. */
    private static final class Engine {
        private final ParameterChangesReader host;
        private final ParameterChangesReader control;
        private final float[] values = new float[3];
        private boolean hostSpoke;
        private boolean controlSpoke;

        Engine(final ModelBuffer memory) {
            host = new ParameterChangesReader(memory, entry("host"));
            control = new ParameterChangesReader(memory, entry("control"));
        }

        void block() {
            final float before = values[SHARED];
            hostSpoke = false;
            controlSpoke = false;
            host.poll(
                    (index, value) -> {
                        values[index] = value;
                        hostSpoke = true;
                    });
            control.poll(
                    (index, value) -> {
                        values[index] = value;
                        controlSpoke = true;
                    });
            final float due = controlSpoke ? values[CONTROLS] : hostSpoke ? values[HOSTS] : before;
            expect(
                    values[SHARED] == due,
                    "all of a change or none, and control's after the host's");
        }
    }

    private static SectionEntry entry(final String name) {
        return DECLARATION.section(name).entry();
    }

    /**
     * The host changes two parameters and control two, one of them the same, each in so many transactions; the reader begins so many
     * blocks, and one more in the end.
     */
    public static Scenario of(final int transactions, final int blocks) {
        final ByteBuffer image = new RegionImage(DECLARATION).bytes();
        return setup -> {
            final ModelBuffer memory = setup.memory(image);
            for (final String name : new String[] {"host", "control"}) {
                final SectionEntry section = entry(name);
                setup.name(
                        (int) section.offset() + Heads.TRIPLE_BUFFER.offset("state"),
                        name + "'s state");
                setup.name(section.elementOffset(0), name + "'s copies");
            }
            final Engine[] engine = new Engine[1];
            writer(setup, memory, "host", HOSTS, 1, transactions);
            writer(setup, memory, "control", CONTROLS, 100, transactions);
            setup.actor(
                    "reader",
                    () -> {
                        engine[0] = new Engine(memory);
                        for (int n = 0; n < blocks; n++) {
                            engine[0].block();
                        }
                    });
            setup.check(
                    () -> {
                        engine[0].block();
                        final float[] values = engine[0].values;
                        expect(
                                values[HOSTS] == transactions
                                        && values[CONTROLS] == 100 * transactions,
                                "no transaction is lost");
                    });
        };
    }

    private static void writer(
            final Setup setup,
            final ModelBuffer memory,
            final String name,
            final int own,
            final int unit,
            final int transactions) {
        setup.actor(
                name,
                () -> {
                    final ParameterChangesWriter writer =
                            new ParameterChangesWriter(memory, entry(name));
                    for (int n = 1; n <= transactions; n++) {
                        writer.set(own, n * unit);
                        writer.set(SHARED, n * unit);
                        writer.publish();
                    }
                });
    }
}
