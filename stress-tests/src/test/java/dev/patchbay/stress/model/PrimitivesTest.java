// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.stress.model.BroadcastScenarios.Begin;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The production classes, unchanged, in every execution within the bounds that their names state. */
class PrimitivesTest {
    /** The patience is above any number of tries here, so no loop is cut. */
    static final Bounds BOUNDS = Bounds.STANDARD.withPatience(8);

    static Stream<Arguments> scenarios() {
        return Stream.concat(primitives(), rings());
    }

    private static Stream<Arguments> rings() {
        return Stream.of(RingScenarios.all(), SharedRingScenarios.all())
                .flatMap(all -> all.entrySet().stream())
                .map(e -> of(e.getKey(), e.getValue()));
    }

    private static Stream<Arguments> primitives() {
        return Stream.of(
                of("doorbell, 3 rings, 1 sleep", PrimitiveScenarios.doorbell(3)),
                of("dirty bits, 3 changes, 2 drains", PrimitiveScenarios.dirtyBits(3, 2)),
                of("snapshot, 2 writes, 2 reads", PrimitiveScenarios.snapshot(2, 2)),
                of("cells and counters, 2 rounds, 1 look", PrimitiveScenarios.cells()),
                of(
                        "triple buffer, 4 publications, 3 refreshes",
                        SectionScenarios.tripleBuffer(4, 3)),
                of("blob, 2 writes, 1 read", SectionScenarios.blob()),
                of("queue, 2 + 3 offers, 3 polls", SectionScenarios.eventQueue(3, 3, 0)),
                of(
                        "queue at 2^31, 2 + 2 offers, 2 polls",
                        SectionScenarios.eventQueue(2, 2, (1L << 31) - 1)),
                of(
                        "queue at 2^32, 2 + 2 offers, 2 polls",
                        SectionScenarios.eventQueue(2, 2, (1L << 32) - 1)),
                of(
                        "broadcast of 2 slots, 2 + 3 messages, 3 reads from the oldest",
                        BroadcastScenarios.broadcast(3, 3, Begin.OLDEST, 0)),
                of(
                        "broadcast of 2 slots, 2 + 3 messages, 2 reads from the newest",
                        BroadcastScenarios.broadcast(3, 2, Begin.NEWEST, 0)),
                of(
                        "broadcast of 2 slots, 2 + 3 messages, 2 reads from the end",
                        BroadcastScenarios.broadcast(3, 2, Begin.END, 0)),
                of(
                        "broadcast at 2^62, 2 + 2 messages, 2 reads",
                        BroadcastScenarios.broadcast(2, 2, Begin.OLDEST, (1L << 62) - 3)),
                of(
                        "broadcast at 2^63, 2 + 2 messages, 2 reads",
                        BroadcastScenarios.broadcast(2, 2, Begin.OLDEST, Long.MAX_VALUE - 2)),
                of(
                        "broadcast after a death amid the words, 2 messages, 3 reads",
                        BroadcastScenarios.broadcastAfterDeath(2, 3)),
                of(
                        "broadcast after a death before the tail, 2 messages, 3 reads",
                        BroadcastScenarios.broadcastAfterDeath(4, 3)),
                of(
                        "parameter changes, 4 transactions, 3 polls",
                        SectionScenarios.parameterChanges(4, 3)),
                of("role cell, 1 life, 1 look", SectionScenarios.roleCell()));
    }

    private static Arguments of(final String name, final Scenario scenario) {
        return Arguments.of(Named.of(name, scenario), name);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("scenarios")
    void keepsItsPromiseInEveryExecution(final Scenario scenario, final String name) {
        final Report report = Model.check(BOUNDS, scenario);
        assertTrue(report.executions() > 1, report.toString());
        assertEquals(0, report.blocked(), "nothing is left out");
    }
}
