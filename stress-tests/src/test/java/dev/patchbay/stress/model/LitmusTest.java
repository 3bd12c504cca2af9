// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.Outcomes.X;
import static dev.patchbay.stress.model.Outcomes.Y;
import static dev.patchbay.stress.model.Outcomes.Z;
import static dev.patchbay.stress.model.Outcomes.of;
import static dev.patchbay.stress.model.Outcomes.outcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.stress.model.Outcomes.Actor;
import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;

/**
 * The classic litmus tests, each with all outcomes that RC11 allows and no other. Names and shapes are those of Sarkar et al.,
 * "Understanding POWER multiprocessors" (PLDI 2011), and Alglave, Maranget, Tautschnig, "Herding cats" (TOPLAS 2014); which
 * outcomes C/C++ atomics allow is from Lahav et al., "Repairing sequential consistency in C/C++11" (PLDI 2017) and, for
 * release sequences, from C++20's [intro.races] (P0982R1).
 */
class LitmusTest {
    // MP: PLDI 2017, section 2.1.
    @Test
    void messagePassingByOpaqueAccessesMayShowTheFlagWithoutTheMessage() {
        outcomes(
                "00 01 10 11",
                2,
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    m.putIntOpaque(Y, 1);
                },
                (m, r) -> {
                    r[0] = m.getIntOpaque(Y);
                    r[1] = m.getIntOpaque(X);
                });
    }

    @Test
    void messagePassingByReleaseAndAcquireNeverDoes() {
        outcomes(
                "00 01 11",
                2,
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    m.putIntRelease(Y, 1);
                },
                (m, r) -> {
                    r[0] = m.getIntAcquire(Y);
                    r[1] = m.getIntOpaque(X);
                });
    }

    @Test
    void messagePassingTakesBothReleaseAndAcquire() {
        final Actor release =
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    m.putIntRelease(Y, 1);
                };
        final Actor opaqueRead =
                (m, r) -> {
                    r[0] = m.getIntOpaque(Y);
                    r[1] = m.getIntOpaque(X);
                };
        final Actor opaque =
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    m.putIntOpaque(Y, 1);
                };
        final Actor acquire =
                (m, r) -> {
                    r[0] = m.getIntAcquire(Y);
                    r[1] = m.getIntOpaque(X);
                };
        outcomes("00 01 10 11", 2, release, opaqueRead);
        outcomes("00 01 10 11", 2, opaque, acquire);
    }

    @Test
    void aPlainMessageIsNoRaceIfItIsReadBehindAnAcquiredFlag() {
        outcomes(
                "0 7",
                1,
                (m, r) -> {
                    m.putInt(X, 7);
                    m.putIntRelease(Y, 1);
                },
                (m, r) -> r[0] = m.getIntAcquire(Y) == 1 ? m.getInt(X) : 0);
    }

    @Test
    void aPlainMessageBehindAnOpaqueFlagIsARace() {
        final ModelFailure failure =
                assertThrows(
                        ModelFailure.class,
                        () ->
                                Model.outcomes(
                                        of(
                                                1,
                                                (m, r) -> {
                                                    m.putInt(X, 7);
                                                    m.putIntRelease(Y, 1);
                                                },
                                                (m, r) ->
                                                        r[0] =
                                                                m.getIntOpaque(Y) == 1
                                                                        ? m.getInt(X)
                                                                        : 0)));
        assertTrue(failure.reason().startsWith("race"), failure.reason());
    }

    // SB: PLDI 2017, section 2.1; allowed for release/acquire, forbidden for sc.
    @Test
    void storeBufferingIsAllowedForReleaseAndAcquire() {
        outcomes(
                "00 01 10 11",
                2,
                (m, r) -> {
                    m.putIntRelease(X, 1);
                    r[0] = m.getIntAcquire(Y);
                },
                (m, r) -> {
                    m.putIntRelease(Y, 1);
                    r[1] = m.getIntAcquire(X);
                });
    }

    @Test
    void storeBufferingIsForbiddenForVolatile() {
        outcomes(
                "01 10 11",
                2,
                (m, r) -> {
                    m.putIntVolatile(X, 1);
                    r[0] = m.getIntVolatile(Y);
                },
                (m, r) -> {
                    m.putIntVolatile(Y, 1);
                    r[1] = m.getIntVolatile(X);
                });
    }

    @Test
    void storeBufferingIsAllowedWhereOneOfTheFourIsLess() {
        final Actor strong =
                (m, r) -> {
                    m.putIntVolatile(X, 1);
                    r[0] = m.getIntVolatile(Y);
                };
        outcomes(
                "00 01 10 11",
                2,
                strong,
                (m, r) -> {
                    m.putIntRelease(Y, 1);
                    r[1] = m.getIntVolatile(X);
                });
        outcomes(
                "00 01 10 11",
                2,
                strong,
                (m, r) -> {
                    m.putIntVolatile(Y, 1);
                    r[1] = m.getIntAcquire(X);
                });
    }

    // LB: RC11's NO-THIN-AIR, (po u rf) acyclic, forbids 11 even for relaxed; C++ and Java allow
    // it. PLDI 2017, section 4.
    @Test
    void loadBufferingIsExcludedByThisModel() {
        outcomes(
                "00 01 10",
                2,
                (m, r) -> {
                    r[0] = m.getIntOpaque(X);
                    m.putIntOpaque(Y, 1);
                },
                (m, r) -> {
                    r[1] = m.getIntOpaque(Y);
                    m.putIntOpaque(X, 1);
                });
    }

    private static Actor[] iriw(final boolean sequential) {
        return new Actor[] {
            (m, r) -> store(m, X, sequential),
            (m, r) -> store(m, Y, sequential),
            (m, r) -> {
                r[0] = load(m, X, sequential);
                r[1] = load(m, Y, sequential);
            },
            (m, r) -> {
                r[2] = load(m, Y, sequential);
                r[3] = load(m, X, sequential);
            }
        };
    }

    private static void store(final AtomicBuffer m, final int at, final boolean sequential) {
        if (sequential) {
            m.putIntVolatile(at, 1);
        } else {
            m.putIntRelease(at, 1);
        }
    }

    private static int load(final AtomicBuffer m, final int at, final boolean sequential) {
        return sequential ? m.getIntVolatile(at) : m.getIntAcquire(at);
    }

    // IRIW: PLDI 2017, section 2.2.
    @Test
    void independentReadsMayDisagreeOnTheOrderOfIndependentWritesUnderAcquire() {
        final Set<String> found = Model.outcomes(of(4, iriw(false))).keySet();
        assertEquals(16, found.size());
        assertTrue(found.contains("1010"));
    }

    @Test
    void independentReadsNeverDisagreeUnderVolatile() {
        final Set<String> found = Model.outcomes(of(4, iriw(true))).keySet();
        assertEquals(15, found.size());
        assertTrue(!found.contains("1010"));
    }

    // psc goes through hb: PLDI 2017, section 3.2 (po between locations ; hb ; po between
    // locations).
    @Test
    void whatIsOrderedByAFlagBetweenVolatilesIsOrderedForThirdParties() {
        outcomes(
                "000 001 010 011 101 110 111",
                3,
                (m, r) -> {
                    m.putIntVolatile(X, 1);
                    m.putIntRelease(Y, 1);
                },
                (m, r) -> {
                    r[0] = m.getIntAcquire(Y);
                    r[1] = m.getIntVolatile(Z);
                },
                (m, r) -> {
                    m.putIntVolatile(Z, 1);
                    r[2] = m.getIntVolatile(X);
                });
    }

    // Z6.U: PLDI 2017, section 2.1: C11 forbids it, hardware shows it, RC11 allows it. Digits: a,
    // b, c.
    @Test
    void aVolatileAccessIsNotOrderedByHappensBeforeThroughItsOwnLocationAlone() {
        final Set<String> found =
                Model.outcomes(
                                of(
                                        3,
                                        (m, r) -> {
                                            m.putIntVolatile(X, 1);
                                            m.putIntRelease(Y, 1);
                                        },
                                        (m, r) -> {
                                            r[1] = m.getAndAddInt(Y, 1);
                                            r[2] = m.getIntOpaque(Y);
                                        },
                                        (m, r) -> {
                                            m.putIntVolatile(Y, 3);
                                            r[0] = m.getIntVolatile(X);
                                        }))
                        .keySet();
        assertTrue(found.contains("013"), found.toString());
    }

    private static Set<String> twoPlusTwoWrites(final Actor one, final Actor two) {
        final Scenario scenario =
                setup -> {
                    final ModelBuffer memory = setup.memory(32);
                    setup.actor("T1", () -> one.run(memory, null));
                    setup.actor("T2", () -> two.run(memory, null));
                    setup.outcome(() -> "" + memory.getInt(X) + memory.getInt(Y));
                };
        return Model.outcomes(scenario).keySet();
    }

    // 2+2W: Herding cats, table of tests; each location's order may contradict the other's below
    // sc.
    @Test
    void bothLocationsMayKeepTheFirstStoresOfTwoCrossingWritersUnderRelease() {
        assertEquals(
                Set.of("11", "12", "21", "22"),
                twoPlusTwoWrites(
                        (m, r) -> {
                            m.putIntRelease(X, 1);
                            m.putIntRelease(Y, 2);
                        },
                        (m, r) -> {
                            m.putIntRelease(Y, 1);
                            m.putIntRelease(X, 2);
                        }));
    }

    @Test
    void neverUnderVolatile() {
        assertEquals(
                Set.of("12", "21", "22"),
                twoPlusTwoWrites(
                        (m, r) -> {
                            m.putIntVolatile(X, 1);
                            m.putIntVolatile(Y, 2);
                        },
                        (m, r) -> {
                            m.putIntVolatile(Y, 1);
                            m.putIntVolatile(X, 2);
                        }));
    }

    // WRC, ISA2: causality is transitive through release/acquire (PLDI 2011, section 2; Herding
    // cats).
    @Test
    void whatWasReadBeforeAReleaseIsKnownAfterItsAcquire() {
        outcomes(
                "000 001 010 011 100 101 111",
                3,
                (m, r) -> m.putIntRelease(X, 1),
                (m, r) -> {
                    r[0] = m.getIntAcquire(X);
                    m.putIntRelease(Y, 1);
                },
                (m, r) -> {
                    r[1] = m.getIntAcquire(Y);
                    r[2] = m.getIntAcquire(X);
                });
    }

    @Test
    void withoutAReleaseInBetweenItIsNot() {
        outcomes(
                "000 001 010 011 100 101 110 111",
                3,
                (m, r) -> m.putIntRelease(X, 1),
                (m, r) -> {
                    r[0] = m.getIntAcquire(X);
                    m.putIntOpaque(Y, 1);
                },
                (m, r) -> {
                    r[1] = m.getIntAcquire(Y);
                    r[2] = m.getIntAcquire(X);
                });
    }

    @Test
    void causalityPassesThroughTwoFlags() {
        outcomes(
                "000 001 010 011 100 101 111",
                3,
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    m.putIntRelease(Y, 1);
                },
                (m, r) -> {
                    r[0] = m.getIntAcquire(Y);
                    m.putIntRelease(Z, 1);
                },
                (m, r) -> {
                    r[1] = m.getIntAcquire(Z);
                    r[2] = m.getIntOpaque(X);
                });
    }

    private static Scenario withFinal(final int at, final Actor one, final Actor two) {
        return setup -> {
            final ModelBuffer memory = setup.memory(32);
            final int[] r = new int[1];
            setup.actor("T1", () -> one.run(memory, r));
            setup.actor("T2", () -> two.run(memory, r));
            setup.outcome(() -> r[0] + "" + memory.getInt(at));
        };
    }

    // S: Herding cats; 1 then x = 2 would be a store overtaking the acquire before it.
    @Test
    void aStoreBehindAnAcquireIsNewerThanWhatWasReleased() {
        final Actor writer =
                (m, r) -> {
                    m.putIntOpaque(X, 2);
                    m.putIntRelease(Y, 1);
                };
        assertEquals(
                Set.of("01", "02", "11"),
                Model.outcomes(
                                withFinal(
                                        X,
                                        writer,
                                        (m, r) -> {
                                            r[0] = m.getIntAcquire(Y);
                                            m.putIntOpaque(X, 1);
                                        }))
                        .keySet());
        assertEquals(
                Set.of("01", "02", "11", "12"),
                Model.outcomes(
                                withFinal(
                                        X,
                                        writer,
                                        (m, r) -> {
                                            r[0] = m.getIntOpaque(Y);
                                            m.putIntOpaque(X, 1);
                                        }))
                        .keySet());
    }

    // R: Herding cats; the last store to y is the second thread's, and it still reads x = 0:
    // forbidden for sc alone.
    @Test
    void aStoreThenALoadMayPassAStoreThatIsOlderUnlessAllAreVolatile() {
        assertEquals(
                Set.of("01", "02", "11", "12"),
                Model.outcomes(
                                withFinal(
                                        Y,
                                        (m, r) -> {
                                            m.putIntRelease(X, 1);
                                            m.putIntRelease(Y, 1);
                                        },
                                        (m, r) -> {
                                            m.putIntRelease(Y, 2);
                                            r[0] = m.getIntAcquire(X);
                                        }))
                        .keySet());
        assertEquals(
                Set.of("01", "11", "12"),
                Model.outcomes(
                                withFinal(
                                        Y,
                                        (m, r) -> {
                                            m.putIntVolatile(X, 1);
                                            m.putIntVolatile(Y, 1);
                                        },
                                        (m, r) -> {
                                            m.putIntVolatile(Y, 2);
                                            r[0] = m.getIntVolatile(X);
                                        }))
                        .keySet());
    }
}
