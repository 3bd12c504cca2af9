// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.RoleCell;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** A process that tells who it is and how it does, and those who look at it. */
public final class RoleScenarios {
    private static final StructType ROLE = StandardStructs.ROLE;

    private RoleScenarios() {}

    private static SectionScenarios.Place cells() {
        return SectionScenarios.Place.of(r -> r.roles("it", "", List.of(Role.BRIDGE, Role.RT)));
    }

    /** The offset of RT's cell, its parts named. */
    private static int named(final Setup setup, final SectionScenarios.Place place) {
        final int cell = place.section().elementOffset(Role.RT.code());
        setup.name(cell, "cell").name(cell + ROLE.offset("state"), "state");
        setup.name(cell + ROLE.offset("start_time"), "rest");
        return cell;
    }

    /** A process says who it is and then why it has failed; a reader looks once at each. */
    public static Scenario oneLife() {
        final SectionScenarios.Place place = cells();
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            final int cell = named(setup, place);
            setup.actor(
                    "process",
                    () -> {
                        final RoleCell own = new RoleCell(memory, place.section(), Role.RT);
                        own.identify(42, 77, 1, "Epsilon");
                        own.state(1);
                        own.message("out of luck");
                        own.state(2);
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final int state = memory.getIntAcquire(cell + ROLE.offset("state"));
                        if (state > 0) {
                            expect(
                                    memory.getInt(cell + ROLE.offset("pid")) == 42
                                            && memory.getLong(cell + ROLE.offset("start_time"))
                                                    == 77,
                                    "who sees the state sees the process");
                        }
                        if (state == 2) {
                            expect(
                                    RoleCell.messageOf(Loads.over(memory), place.section(), Role.RT)
                                            .equals("out of luck"),
                                    "who sees the state sees its reason");
                        }
                    });
        };
    }

    /**
     * The cell of a process that has failed is taken over by another, which says who it is and that it lives. The other side looks
     * from the state to the process, and then from the process to the state.
     */
    public static Scenario successor() {
        final SectionScenarios.Place place = cells();
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            final int cell = named(setup, place);
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
                                    loads.int32(cell + ROLE.offset("pid")) == 42
                                            && loads.int64(cell + ROLE.offset("start_time")) == 77
                                            && loads.int32(cell + ROLE.offset("generation")) == 2,
                                    "who sees the state sees the process");
                        }
                    });
            for (final String field : List.of("pid", "start_time", "generation")) {
                setup.actor(
                        "reader of " + field,
                        () -> {
                            final Loads loads = Loads.over(memory);
                            final int at = cell + ROLE.offset(field);
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
                                loads.int64(cell + ROLE.offset("heartbeat_nanos")) == 5,
                                "the heartbeat is as it was set");
                    });
        };
    }

    /** A text that fills its field without an end, as no writer of this library leaves it, and one that changes during each try. */
    public static Scenario texts() {
        final SectionScenarios.Place place = cells();
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            final int cell = place.section().elementOffset(Role.RT.code());
            final int room = ROLE.field("collector").count();
            setup.actor(
                    "process",
                    () -> {
                        for (int i = 0; i < room; i += Long.BYTES) {
                            memory.putLong(
                                    cell + ROLE.offset("collector") + i, 0x6161616161616161L);
                        }
                        expect(
                                RoleCell.collectorOf(Loads.over(memory), place.section(), Role.RT)
                                        .equals("a".repeat(room)),
                                "a text without an end ends with its field");
                    });
            final int sequence = cell + ROLE.offset("text_sequence");
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
            restless.setMemory(cell + ROLE.offset("collector"), Long.BYTES, (byte) 'a');
            setup.check(
                    () ->
                            expect(
                                    RoleCell.collectorOf(
                                                    Loads.over(restless), place.section(), Role.RT)
                                            .isEmpty(),
                                    "a text that changes at each try is not told"));
        };
    }
}
