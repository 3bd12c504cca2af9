// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What dies between two stores, and memory that is plain at one time and atomic at another: what rings need of the model. */
class MortalTest {
    /** A writer that stores 1, 2, exchanges 3, and in a finally clause stores 4, and dies after so many; then somebody says so. */
    private static Scenario writer(final int stores) {
        return setup -> {
            final ModelBuffer memory = setup.memory(64);
            final int[] seen = new int[5];
            setup.actor(
                    "dying",
                    () -> {
                        setup.mortal(
                                stores,
                                () -> {
                                    try {
                                        memory.putInt(4, 1);
                                        memory.putIntRelease(8, 2);
                                        memory.compareAndSetInt(12, 99, 100);
                                        memory.getAndSetInt(12, 3);
                                    } finally {
                                        memory.putIntRelease(16, 4);
                                    }
                                });
                        memory.putIntRelease(20, 1);
                    });
            setup.actor(
                    "heir",
                    () -> {
                        if (memory.getIntAcquire(20) == 1) {
                            seen[0] = 1;
                            seen[1] = memory.getInt(4);
                            seen[2] = memory.getIntOpaque(8);
                            seen[3] = memory.getIntOpaque(12);
                            seen[4] = memory.getIntOpaque(16);
                        }
                    });
            setup.outcome(() -> seen[0] == 0 ? "" : "" + seen[1] + seen[2] + seen[3] + seen[4]);
        };
    }

    @Test
    void whoeverKnowsOfADeathSeesAllStoresUpToItAndNoneThatFollow() {
        final String[] left = {"0000", "1000", "1200", "1230", "1234", "1234"};
        for (int stores = 0; stores < left.length; stores++) {
            assertEquals(
                    Set.of("", left[stores]),
                    Model.outcomes(writer(stores)).keySet(),
                    "after " + stores);
        }
    }

    @Test
    void aDeathInTheSetUpLeavesWhatWasStored() {
        final Scenario scenario =
                setup -> {
                    final ModelBuffer memory = setup.memory(64);
                    setup.mortal(
                            1,
                            () -> {
                                memory.putLong(0, 1);
                                memory.putLong(8, 1);
                            });
                    setup.outcome(() -> memory.getLong(0) + " " + memory.getLong(8));
                };
        assertEquals(Set.of("1 0"), Model.outcomes(scenario).keySet());
    }

    /** Eight bytes that are cleared as a whole, while their halves are a word that publishes and one that is published. */
    private static Scenario header(final boolean releases) {
        return setup -> {
            final ModelBuffer memory = setup.memory(64);
            final TreeSet<Integer> seen = new TreeSet<>();
            setup.actor(
                    "writer",
                    () -> {
                        memory.putLong(8, -1);
                        memory.putLong(8, 0);
                        memory.putIntRelease(0, 1);
                        memory.putInt(12, 7);
                        if (releases) {
                            memory.putIntRelease(8, 1);
                        } else {
                            memory.putIntOpaque(8, 1);
                        }
                    });
            setup.actor(
                    "reader",
                    () -> {
                        if (memory.getIntAcquire(0) == 1 && memory.getIntAcquire(8) == 1) {
                            seen.add(memory.getInt(12));
                        }
                    });
            setup.outcome(() -> seen);
        };
    }

    @Test
    void anAtomicAccessWithinAPlainOneDividesItAndRacesAreStillFound() {
        assertEquals(Set.of("[]", "[7]"), Model.outcomes(header(true)).keySet());
        final Report report = Model.explore(Bounds.STANDARD, header(false));
        assertNotNull(report.failure());
        assertTrue(report.failure().reason().startsWith("race"), report.failure().reason());
    }
}
