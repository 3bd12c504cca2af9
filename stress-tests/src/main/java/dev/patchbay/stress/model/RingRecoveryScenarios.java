// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;
import static dev.patchbay.stress.model.RingOperationScenarios.CAPACITY;
import static dev.patchbay.stress.model.RingOperationScenarios.CLEARED;
import static dev.patchbay.stress.model.RingOperationScenarios.DATA;
import static dev.patchbay.stress.model.RingOperationScenarios.HEAD;
import static dev.patchbay.stress.model.RingOperationScenarios.memory;
import static dev.patchbay.stress.model.RingOperationScenarios.neighbour;
import static dev.patchbay.stress.model.RingOperationScenarios.positions;
import static dev.patchbay.stress.model.RingOperationScenarios.reader;
import static dev.patchbay.stress.model.RingOperationScenarios.record;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SharedRingRecovery;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.layout.Role;
import java.util.LinkedHashMap;
import java.util.Map;

/** What successors in rings of records, and who frees the claims of the dead, do at the edges, and with bytes that nobody leaves. */
final class RingRecoveryScenarios {
    private RingRecoveryScenarios() {}

    /** Those of a ring with one producer. */
    static Map<String, Scenario> single() {
        return Map.of("ring, take-over of what cannot be", takeOver());
    }

    /** Those of a ring with many producers. */
    static Map<String, Scenario> shared() {
        final Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("shared ring, what a consumer has not cleared", clearing());
        all.put("shared ring, recovery of what cannot be", recovery());
        all.put("shared ring, recovery to the end of the data", recoveryAtTheEnd());
        all.put("shared ring, recovery in two steps", recoveryInSteps());
        return all;
    }

    private static void refuses(final ModelBuffer memory, final String what) {
        final int freed;
        try {
            freed = new RingWriter(memory, 0, DATA, CAPACITY).takeOver();
        } catch (final IllegalStateException e) {
            return;
        }
        throw new AssertionError("broken: " + what + ", but " + freed + " bytes were freed");
    }

    private static Scenario takeOver() {
        return setup -> {
            final ModelBuffer memory = memory(setup, 0, true);
            setup.actor(
                    "successor",
                    () -> {
                        positions(memory, 4, 16);
                        refuses(memory, "a head between records is refused");
                        positions(memory, 0, 12);
                        refuses(memory, "a tail between records is refused");
                        positions(memory, 16, 0);
                        refuses(memory, "a tail before the head is refused");
                        positions(memory, 0, 72);
                        refuses(memory, "more than the data is refused");
                        positions(memory, 48, 80);
                        record(memory, 48, 24, 1);
                        refuses(memory, "a record beyond the data is refused");
                        positions(memory, 0, 16);
                        record(memory, 0, 24, 1);
                        refuses(memory, "a record beyond the tail is refused");
                        record(memory, 0, Integer.MAX_VALUE, 1);
                        refuses(memory, "a record without end is refused");
                        positions(memory, 0, 64);
                        for (int index = 0; index < CAPACITY; index += 16) {
                            record(memory, index, 16, 1);
                        }
                        expect(
                                new RingWriter(memory, 0, DATA, CAPACITY).takeOver() == 0,
                                "a ring may be full to the brim");
                        positions(memory, 32, 64);
                        record(memory, 48, -16, 1);
                        expect(
                                new RingWriter(memory, 0, DATA, CAPACITY).takeOver() == 16,
                                "a claim up to the end of the data is freed");
                        expect(memory.getLong(DATA) == 0, "what is behind the tail is clear");
                    });
        };
    }

    /** What a killed consumer was clearing is cleared only where it can be that. */
    private static Scenario clearing() {
        return setup -> {
            final ModelBuffer memory = memory(setup, 0, true);
            setup.actor(
                    "successor",
                    () -> {
                        final long[][] none = {{48, 72}, {4, 16}, {0, 20}};
                        for (final long[] range : none) {
                            positions(memory, range[0], 64);
                            memory.putLong(CLEARED, range[1]);
                            reader(memory, true);
                            expect(memory.getLong(HEAD) == range[0], "what cannot be is left");
                        }
                        positions(memory, 48, 64);
                        memory.putLong(CLEARED, 64);
                        reader(memory, true);
                        expect(memory.getLong(HEAD) == 64, "what was begun is finished");
                    });
        };
    }

    private static int unblock(final ModelBuffer memory) {
        return new SharedRingRecovery(memory, 0, DATA, CAPACITY).unblock(0);
    }

    /** Claims that nobody alive has made, some of which cannot be. */
    private static Scenario recovery() {
        return setup -> {
            final ModelBuffer memory = memory(setup, 0, true);
            setup.actor(
                    "consumer",
                    () -> {
                        final SharedRingRecovery moved =
                                new SharedRingRecovery(memory, 0, DATA, CAPACITY);
                        positions(memory, 4, 20);
                        expect(
                                moved.unblock(0) == RingReader.CORRUPT,
                                "a head between records is told");
                        positions(memory, 16, 0);
                        expect(
                                moved.unblock(0) == RingReader.CORRUPT,
                                "a tail before the head is told");
                        positions(memory, 0, 12);
                        expect(
                                unblock(memory) == RingReader.CORRUPT,
                                "a tail between records is told");
                        positions(memory, 0, 16);
                        record(memory, 0, Integer.MIN_VALUE, 1);
                        expect(unblock(memory) == RingReader.CORRUPT, "no length is that long");
                        positions(memory, 48, 64);
                        record(memory, 48, -24, 1);
                        expect(unblock(memory) == RingReader.CORRUPT, "no claim leaves the data");
                        positions(memory, 0, 24);
                        record(memory, 0, -24, 1);
                        memory.putLong(DATA + 8, -1);
                        expect(unblock(memory) == 24, "a claim is freed by its own length");
                    });
        };
    }

    private static Scenario recoveryAtTheEnd() {
        return setup -> {
            final ModelBuffer memory = memory(setup, 32, true);
            neighbour(setup, memory);
            setup.actor(
                    "consumer",
                    () -> {
                        positions(memory, 32, 80);
                        expect(unblock(memory) == 32, "no padding leaves the data");
                        record(memory, 32, 0, 0);
                        positions(memory, 32, 48);
                        expect(unblock(memory) == 16, "none passes the tail");
                        record(memory, 32, 0, 0);
                        record(memory, 40, 8, 1);
                        expect(unblock(memory) == 8, "none passes the next record");
                    });
        };
    }

    /** Roles that are without a claim at different times: each counts, if only the tail was noted before. */
    private static Scenario recoveryInSteps() {
        return setup -> {
            final ModelBuffer memory = memory(setup, 0, true);
            setup.actor(
                    "all",
                    () -> {
                        positions(memory, 0, 16);
                        final SharedRingWriter ui =
                                new SharedRingWriter(memory, 0, DATA, CAPACITY, Role.UI);
                        final SharedRingWriter bridge =
                                new SharedRingWriter(memory, 0, DATA, CAPACITY, Role.BRIDGE);
                        final SharedRingRecovery recovery =
                                new SharedRingRecovery(memory, 0, DATA, CAPACITY);
                        final int first = ui.tryClaim(1, 8);
                        expect(recovery.unblock(0) == 0, "one who lives has a claim");
                        bridge.tryClaim(2, 8);
                        ui.commit(first);
                        expect(recovery.unblock(0) == 16, "a later claim does not hold it up");
                    });
        };
    }
}
