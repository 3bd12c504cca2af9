// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What fails is told and can be repeated; what cannot be modelled is refused; who waits is no endless execution. */
class TraceTest {
    private static final int X = 0;
    private static final int Y = 8;

    private static Report explore(final Scenario scenario) {
        return Model.explore(Bounds.STANDARD, scenario);
    }

    private static ModelFailure failure(final Scenario scenario) {
        final ModelFailure failure = explore(scenario).failure();
        assertNotNull(failure, "it should fail");
        return failure;
    }

    private static Scenario storeBuffering(final List<String> seen) {
        return setup -> {
            final ModelBuffer m = setup.memory(16);
            setup.name(X, "x").name(Y, "y");
            final long[] r = new long[2];
            setup.actor(
                    "left",
                    () -> {
                        m.putLongRelease(X, -5);
                        r[0] = m.getLongAcquire(Y);
                    });
            setup.actor(
                    "right",
                    () -> {
                        m.putLongRelease(Y, 3);
                        r[1] = m.getLongAcquire(X);
                        seen.add(r[0] + "," + r[1]);
                    });
            setup.check(() -> assertTrue(r[0] != 0 || r[1] != 0, "both read the old value"));
        };
    }

    @Test
    void aTraceNamesActorOrderPlaceValueSourceAndLineOfEachAccess() {
        final String text = failure(storeBuffering(new ArrayList<>())).getMessage();
        assertTrue(text.contains("both read the old value"), text);
        assertTrue(
                text.matches(
                        "(?s).*left +store release +x@0:8 = -5 .*\\(TraceTest\\.java:\\d+\\).*"),
                text);
        assertTrue(
                text.matches(
                        "(?s).*right +load acquire +x@0:8 = 0 \\(initial, not the"
                                + " newest\\).*TraceTest\\.java.*"),
                text);
    }

    @Test
    void aKeyRepeatsItsExecutionAndNoOther() {
        final List<String> seen = new ArrayList<>();
        final Scenario scenario = storeBuffering(seen);
        final ModelFailure first = failure(scenario);
        seen.clear();
        final ModelFailure again =
                assertThrows(ModelFailure.class, () -> Model.replay(first.key(), scenario));
        assertEquals(first.getMessage(), again.getMessage());
        assertEquals(Set.of("0,0"), Set.copyOf(seen));
    }

    @Test
    void aKeyOfARaceRepeatsTheRace() {
        final Scenario scenario =
                setup -> {
                    final ModelBuffer m = setup.memory(16);
                    setup.actor("one", () -> m.putInt(X, 1));
                    setup.actor(
                            "two",
                            () -> {
                                m.getIntVolatile(Y);
                                m.getIntAcquire(X);
                            });
                };
        final ModelFailure race = failure(scenario);
        assertEquals(
                "race: a plain access meets another access of the same bytes, #1 and #3",
                race.reason());
        assertEquals(
                race.getMessage(),
                assertThrows(ModelFailure.class, () -> Model.replay(race.key(), scenario))
                        .getMessage());
    }

    @Test
    void anExceptionOfAnActorIsAFailure() {
        final ModelFailure failure =
                failure(
                        setup -> {
                            final ModelBuffer m = setup.memory(16);
                            setup.actor("one", () -> m.putIntRelease(X, 1));
                            setup.actor(
                                    "two",
                                    () -> {
                                        if (m.getIntAcquire(X) == 1) {
                                            throw new IllegalStateException("seen");
                                        }
                                    });
                        });
        assertTrue(failure.reason().startsWith("two threw"), failure.reason());
        assertEquals("seen", failure.getCause().getMessage());
    }

    @Test
    void aLoopThatWaitsForAStoreEndsWithIt() {
        final Report report =
                explore(
                        setup -> {
                            final ModelBuffer m = setup.memory(16);
                            setup.actor(
                                    "waiter",
                                    () -> {
                                        while (m.getIntAcquire(X) == 0) {
                                            Thread.onSpinWait();
                                        }
                                        assertEquals(7, m.getInt(Y));
                                    });
                            setup.actor(
                                    "waker",
                                    () -> {
                                        m.putInt(Y, 7);
                                        m.putIntRelease(X, 1);
                                    });
                        });
        assertNull(report.failure());
        assertEquals(4, report.executions(), "read at once or after one to three turns");
        assertEquals(1, report.blocked());
    }

    @Test
    void aLoopThatNobodyEndsIsADeadlock() {
        final ModelFailure failure =
                failure(
                        setup -> {
                            final ModelBuffer m = setup.memory(16);
                            setup.actor(
                                    "one",
                                    () -> {
                                        while (m.getIntAcquire(X) == 0) {
                                            Thread.onSpinWait();
                                        }
                                        m.putIntRelease(Y, 1);
                                    });
                            setup.actor(
                                    "two",
                                    () -> {
                                        while (m.getIntAcquire(Y) == 0) {
                                            Thread.onSpinWait();
                                        }
                                        m.putIntRelease(X, 1);
                                    });
                        });
        assertTrue(failure.reason().startsWith("deadlock"), failure.reason());
    }

    @Test
    void aLoopThatWritesForEverIsALivelock() {
        final ModelFailure failure =
                failure(
                        setup -> {
                            final ModelBuffer m = setup.memory(16);
                            setup.actor(
                                    "one",
                                    () -> {
                                        while (m.getAndAddInt(X, 1) >= 0) {
                                            Thread.onSpinWait();
                                        }
                                    });
                        });
        assertTrue(failure.reason().startsWith("livelock"), failure.reason());
    }

    @Test
    void whatIsNotModelledIsRefusedByName() {
        final ModelFailure failure =
                failure(
                        setup -> {
                            final ModelBuffer m = setup.memory(16);
                            setup.actor("one", () -> m.wrap(new UnsafeBuffer(new byte[8])));
                        });
        assertTrue(failure.reason().contains("wrap(DirectBuffer)"), failure.reason());
    }

    @Test
    void atomicAccessesOfTwoSizesToTheSameBytesAreRefused() {
        final ModelFailure failure =
                failure(
                        setup -> {
                            final ModelBuffer m = setup.memory(16);
                            setup.actor("one", () -> m.putLongRelease(X, 1));
                            setup.actor("two", () -> m.getIntAcquire(X + 4));
                        });
        assertTrue(failure.reason().contains("mixed sizes"), failure.reason());
    }

    @Test
    void plainAccessesOfAnySizeMeetByteByByte() {
        final Scenario scenario =
                setup -> {
                    final ModelBuffer m = setup.memory(16);
                    m.putLong(X, -1);
                    final String[] r = new String[1];
                    setup.actor(
                            "one",
                            () -> {
                                m.putLong(X, 0);
                                m.putShort(X + 3, (short) 0x1234);
                                r[0] = Integer.toHexString(m.getInt(X + 2));
                                m.putBytes(X + 6, new byte[] {1, 2, 3});
                            });
                    setup.outcome(() -> r[0] + " " + Long.toHexString(m.getLong(X)));
                };
        final String found = Model.outcomes(scenario).toString();
        final UnsafeBuffer real = new UnsafeBuffer(new byte[16]);
        real.putShort(X + 3, (short) 0x1234);
        final String read = Integer.toHexString(real.getInt(X + 2));
        real.putBytes(X + 6, new byte[] {1, 2, 3});
        assertEquals("{" + read + " " + Long.toHexString(real.getLong(X)) + "=1}", found);
    }

    @Test
    void moreExecutionsThanTheBoundAreNoSuccess() {
        final Bounds bounds = Bounds.STANDARD.withExecutions(1);
        assertThrows(
                IllegalStateException.class,
                () ->
                        Model.check(
                                bounds,
                                setup -> {
                                    final ModelBuffer m = setup.memory(16);
                                    setup.actor("one", () -> m.putIntRelease(X, 1));
                                    setup.actor("two", () -> m.getIntAcquire(X));
                                }));
    }
}
