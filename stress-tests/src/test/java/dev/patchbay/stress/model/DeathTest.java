// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An actor dies before any of its accesses, and its successor knows all that it did. */
class DeathTest {
    private static final int X = 0;
    private static final int Y = 8;
    private static final int TAKEN_OVER = 16;

    private static Scenario twoStores(final boolean readerLooksPlainly) {
        return setup -> {
            final ModelBuffer m = setup.memory(24);
            setup.name(X, "x").name(Y, "y").name(TAKEN_OVER, "taken over");
            final long[] seen = new long[2];
            setup.mortal(
                    "writer",
                    () -> {
                        m.putLong(X, 1);
                        m.putLongRelease(Y, 1);
                        m.getAndAddLong(Y, 1);
                    },
                    () -> {
                        seen[0] = m.getLong(X) * 10 + m.getLongOpaque(Y);
                        m.putLongRelease(TAKEN_OVER, 1);
                    });
            setup.actor(
                    "reader",
                    () -> {
                        if (readerLooksPlainly || m.getLongAcquire(TAKEN_OVER) == 1) {
                            seen[1] = m.getLong(X) + 1;
                        }
                    });
            setup.outcome(() -> seen[0] + " " + seen[1]);
        };
    }

    @Test
    void eachPrefixOfALifeIsExploredOnce() {
        final Report report = Model.check(Bounds.STANDARD, twoStores(false));
        assertEquals(
                Map.of(
                        "0 0", 1L, "0 1", 1L, "10 0", 1L, "10 2", 1L, "11 0", 1L, "11 2", 1L,
                        "12 0", 1L, "12 2", 1L),
                report.outcomes());
        assertEquals(8, report.executions());
    }

    /** A writer that stores 1, 2, exchanges 3 and in a finally clause stores 4; its successor tells of its end. */
    private static Scenario writerWithALastWill() {
        return setup -> {
            final ModelBuffer memory = setup.memory(64);
            final int[] seen = new int[5];
            setup.mortal(
                    "writer",
                    () -> {
                        try {
                            memory.putInt(4, 1);
                            memory.putIntRelease(8, 2);
                            memory.compareAndSetInt(12, 99, 100);
                            memory.getAndSetInt(12, 3);
                        } finally {
                            memory.putIntRelease(16, 4);
                        }
                    },
                    () -> memory.putIntRelease(20, 1));
            setup.actor(
                    "heir",
                    () -> {
                        seen[0] = memory.getIntAcquire(20);
                        if (seen[0] == 1) {
                            seen[1] = memory.getInt(4);
                            seen[2] = memory.getIntOpaque(8);
                            seen[3] = memory.getIntOpaque(12);
                            seen[4] = memory.getIntOpaque(16);
                        }
                    });
            setup.outcome(
                    () ->
                            setup.storesOfLife()
                                    + (seen[0] == 0
                                            ? ""
                                            : " " + seen[1] + seen[2] + seen[3] + seen[4]));
        };
    }

    @Test
    void whoeverKnowsOfADeathSeesAllStoresUpToItAndNoneThatFollow() {
        assertEquals(
                Set.of("0", "0 0000", "1", "1 1000", "2", "2 1200", "3", "3 1230", "4", "4 1234"),
                Model.outcomes(writerWithALastWill()).keySet());
    }

    @Test
    void aKeyRepeatsTheDeath() {
        final ModelFailure failure = Model.explore(Bounds.STANDARD, onlyTheDeadStore()).failure();
        assertTrue(failure.getMessage().contains("writer dies before access 2 of its life"));
        final ModelFailure again =
                assertThrows(
                        ModelFailure.class, () -> Model.replay(failure.key(), onlyTheDeadStore()));
        assertEquals(failure.getMessage(), again.getMessage());
    }

    private static Scenario onlyTheDeadStore() {
        return setup -> {
            final ModelBuffer m = setup.memory(16);
            setup.mortal(
                    "writer",
                    () -> {
                        m.putLongRelease(X, 1);
                        m.putLongRelease(Y, 1);
                    },
                    () -> {});
            setup.check(() -> assertEquals(m.getLong(X), m.getLong(Y), "half a change stays"));
        };
    }

    @Test
    void aDeathDoesNotExcuseARace() {
        final Report report = Model.explore(Bounds.STANDARD, twoStores(true));
        assertTrue(report.failure().reason().startsWith("race"), report.toString());
    }

    @Test
    void onlyOneActorIsMortal() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        Model.explore(
                                Bounds.STANDARD,
                                setup -> {
                                    setup.memory(8);
                                    setup.mortal("one", () -> {}, () -> {});
                                    setup.mortal("two", () -> {}, () -> {});
                                }));
    }
}
