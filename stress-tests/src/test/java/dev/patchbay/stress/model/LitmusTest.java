// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.function.IntSupplier;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;

/**
 * The classic litmus tests, each with all outcomes that RC11 allows and no other. Names and shapes are those of Sarkar et al.,
 * "Understanding POWER multiprocessors" (PLDI 2011), and Alglave, Maranget, Tautschnig, "Herding cats" (TOPLAS 2014); which
 * outcomes C/C++ atomics allow is from Lahav et al., "Repairing sequential consistency in C/C++11" (PLDI 2017) and, for
 * release sequences, from C++20's [intro.races] (P0982R1).
 */
class LitmusTest {
    private static final int X = 0;
    private static final int Y = 8;
    private static final int Z = 16;

    /** An actor of a litmus test. */
    private interface Actor {
        void run(AtomicBuffer memory, int[] r);
    }

    private static Scenario of(final int results, final Actor... actors) {
        return setup -> {
            final ModelBuffer memory = setup.memory(32);
            setup.name(X, "x").name(Y, "y").name(Z, "z");
            final int[] r = new int[results];
            for (int i = 0; i < actors.length; i++) {
                final Actor actor = actors[i];
                setup.actor("T" + (i + 1), () -> actor.run(memory, r));
            }
            setup.outcome(() -> text(r));
        };
    }

    private static String text(final int[] r) {
        final StringBuilder text = new StringBuilder();
        for (final int value : r) {
            text.append(value);
        }
        return text.toString();
    }

    private static void outcomes(final String expected, final int results, final Actor... actors) {
        assertEquals(Set.of(expected.split(" ")), Model.outcomes(of(results, actors)).keySet());
    }

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
            setup.actor("T2", () -> memory.update(Y, 4, order, Update.Kind.GET_AND_ADD, 0, 5));
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
                    final IntSupplier add =
                            () -> (int) m.update(X, 4, Order.OPAQUE, Update.Kind.GET_AND_ADD, 0, 1);
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
