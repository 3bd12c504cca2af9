// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.Outcomes.X;
import static dev.patchbay.stress.model.Outcomes.Y;
import static dev.patchbay.stress.model.Outcomes.Z;
import static dev.patchbay.stress.model.Outcomes.outcomes;
import static dev.patchbay.stress.model.Outcomes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.stress.model.Outcomes.Actor;
import java.util.Set;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** Litmus tests of one location and of what is built on one: coherence, release sequences, seqlock, atomicity. Sources as in {@link LitmusTest}. */
class CoherenceTest {
    // Coherence, CoRR CoWW CoWR CoRW: C++20 [intro.races]/14-17; Herding cats, SC PER LOCATION.
    @Test
    void twoReadsOfOneLocationNeverGoBack() {
        outcomes(
                "00 01 11",
                2,
                (m, r) -> m.putIntOpaque(X, 1),
                (m, r) -> {
                    r[0] = m.getIntOpaque(X);
                    r[1] = m.getIntOpaque(X);
                });
    }

    @Test
    void twoWritesOfOneThreadKeepTheirOrder() {
        outcomes(
                "00 01 02 11 12 22",
                2,
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    m.putIntOpaque(X, 2);
                },
                (m, r) -> {
                    r[0] = m.getIntOpaque(X);
                    r[1] = m.getIntOpaque(X);
                });
    }

    @Test
    void aReadSeesItsThreadsOwnWriteOrANewerOne() {
        outcomes(
                "1 2",
                1,
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    r[0] = m.getIntOpaque(X);
                },
                (m, r) -> m.putIntOpaque(X, 2));
    }

    @Test
    void aWriteIsNewerThanWhatItsThreadHasRead() {
        final Scenario scenario =
                setup -> {
                    final ModelBuffer memory = setup.memory(32);
                    final int[] r = new int[1];
                    setup.actor(
                            "T1",
                            () -> {
                                r[0] = memory.getIntOpaque(X);
                                memory.putIntOpaque(X, 1);
                            });
                    setup.actor("T2", () -> memory.putIntOpaque(X, 2));
                    setup.outcome(() -> r[0] + "" + memory.getInt(X));
                };
        assertEquals(Set.of("01", "02", "21"), Model.outcomes(scenario).keySet());
    }

    // Release sequences: C++20 [intro.races]/5, P0982R1: RMWs continue one, no other store does.
    private static final Actor HEAD =
            (m, r) -> {
                m.putIntOpaque(X, 1);
                m.putIntRelease(Y, 1);
            };

    private static final Actor TAIL =
            (m, r) -> {
                r[0] = m.getIntAcquire(Y);
                r[1] = m.getIntOpaque(X);
            };

    @Test
    void aReadModifyWriteOfAnotherThreadContinuesAReleaseSequence() {
        // The middle is relaxed: its own order gives nothing, so 20 would be the message lost. 10
        // adds to 0 first.
        final Scenario scenario = throughUpdate(Order.OPAQUE);
        assertEquals(Set.of("00", "01", "11", "50", "51", "61"), Model.outcomes(scenario).keySet());
    }

    private static Scenario throughUpdate(final Order order) {
        return setup -> {
            final ModelBuffer memory = setup.memory(32);
            final int[] r = new int[2];
            setup.actor("T1", () -> HEAD.run(memory, r));
            setup.actor("T2", () -> memory.getAndAdd(Y, 4, order, 5));
            setup.actor("T3", () -> TAIL.run(memory, r));
            setup.outcome(() -> text(r));
        };
    }

    @Test
    void aRelaxedStoreOfAnotherThreadEndsAReleaseSequence() {
        outcomes("00 01 11 50 51", 2, HEAD, (m, r) -> m.putIntOpaque(Y, 5), TAIL);
        // Even where that thread has read the head.
        outcomes(
                "00 01 11 50 51",
                2,
                HEAD,
                (m, r) -> {
                    if (m.getIntOpaque(Y) == 1) {
                        m.putIntOpaque(Y, 5);
                    }
                },
                TAIL);
    }

    @Test
    void aRelaxedStoreOfTheSameThreadEndsAReleaseSequence() {
        outcomes(
                "00 01 11 20 21",
                2,
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    m.putIntRelease(Y, 1);
                    m.putIntOpaque(Y, 2);
                },
                TAIL);
    }

    // Seqlock: Boehm, "Can seqlocks get along with programming language memory models?" (MSPC
    // 2012).
    private static Scenario seqlock(final boolean atomicWords) {
        return setup -> {
            final ModelBuffer m = setup.memory(32);
            final int[] r = new int[2];
            setup.actor(
                    "writer",
                    () -> {
                        m.putIntRelease(X, 1);
                        if (atomicWords) {
                            m.putIntRelease(Y, 7);
                            m.putIntRelease(Z, 7);
                        } else {
                            m.putInt(Y, 7);
                            m.putInt(Z, 7);
                        }
                        m.putIntRelease(X, 2);
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final int before = m.getIntAcquire(X);
                        final int y = atomicWords ? m.getIntAcquire(Y) : m.getInt(Y);
                        final int z = atomicWords ? m.getIntAcquire(Z) : m.getInt(Z);
                        final boolean whole = m.getIntAcquire(X) == before && before % 2 == 0;
                        r[0] = whole ? y : -1;
                        r[1] = whole ? z : -1;
                    });
            setup.outcome(() -> r[0] + "," + r[1]);
        };
    }

    @Test
    void aSeqlockOfReleasedAndAcquiredWordsIsNeverTorn() {
        assertEquals(Set.of("-1,-1", "0,0", "7,7"), Model.outcomes(seqlock(true)).keySet());
    }

    @Test
    void aSeqlockOfPlainWordsRaces() {
        final ModelFailure failure =
                assertThrows(ModelFailure.class, () -> Model.outcomes(seqlock(false)));
        assertTrue(failure.reason().startsWith("race"), failure.reason());
    }

    // RMW atomicity: PLDI 2017, ATOMICITY.
    @Test
    void addingNeverLosesWhatAnotherThreadAdds() {
        final Scenario scenario =
                setup -> {
                    final ModelBuffer m = setup.memory(32);
                    final IntSupplier add = () -> (int) m.getAndAdd(X, 4, Order.OPAQUE, 1);
                    for (int t = 0; t < 3; t++) {
                        setup.actor(
                                "T" + t,
                                () -> {
                                    add.getAsInt();
                                    add.getAsInt();
                                });
                    }
                    setup.outcome(() -> m.getInt(X));
                };
        // 6! / (2! 2! 2!) orders of the six additions.
        assertEquals("{6=90}", Model.outcomes(scenario).toString());
    }

    @Test
    void oneOfTwoThatCompareAndSetFromTheSameValueWins() {
        outcomes(
                "01 10",
                2,
                (m, r) -> r[0] = m.compareAndSetInt(X, 0, 1) ? 1 : 0,
                (m, r) -> r[1] = m.compareAndSetInt(X, 0, 2) ? 1 : 0);
    }
}
