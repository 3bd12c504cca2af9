// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Contender;
import dev.patchbay.bench.plan.Goal;
import dev.patchbay.bench.plan.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static Contender contender(final String name, final Contender.Kind kind) {
        return new Contender(
                name,
                kind,
                bench -> {
                    throw new AssertionError("nothing is measured here");
                });
    }

    private static Benchmark benchmark(final Unit unit, final Goal goal) {
        return new Benchmark(
                "a-b",
                "A",
                unit,
                goal,
                List.of(
                        contender("ours", Contender.Kind.OURS),
                        contender("one", Contender.Kind.PEER),
                        contender("other", Contender.Kind.PEER),
                        contender("limit", Contender.Kind.REFERENCE)),
                1);
    }

    /** Rounds whose speed changes from one to the next for all alike, as a machine's does. */
    private static Rounds rounds(
            final int count, final double ours, final double one, final double other) {
        final List<Map<String, Double>> rounds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final double speed = 1 + i % 4;
            rounds.add(
                    Map.of(
                            "ours",
                            ours * speed,
                            "one",
                            one * speed,
                            "other",
                            other * speed,
                            "limit",
                            1000.0 * speed));
        }
        return new Rounds(rounds);
    }

    @Test
    void theBestPeerIsTheFastestAndNoReference() {
        final Result result =
                Result.of(
                        benchmark(Unit.MILLION_EVENTS_PER_SECOND, Goal.best(1.2)),
                        rounds(10, 30, 10, 20));
        assertEquals("other", result.bestPeer());
        assertEquals(1.5, result.ratioToBestPeer());
        assertEquals(Verdict.YES, result.met());
    }

    @Test
    void whereLessIsBetterTheBestPeerIsTheLeast() {
        final Result result =
                Result.of(benchmark(Unit.NANOSECONDS, Goal.best(1.1)), rounds(10, 12, 10, 20));
        assertEquals("one", result.bestPeer());
        assertEquals(1.2, result.ratioToBestPeer());
        assertEquals(Verdict.NO, result.met());
    }

    @Test
    void ratiosAreThoseOfOneRoundSoThatTheMachinesPaceDoesNotCount() {
        final Result result =
                Result.of(
                        benchmark(Unit.MILLION_EVENTS_PER_SECOND, Goal.best(1.2)),
                        rounds(10, 30, 10, 20));
        assertArrayEquals(new double[] {1.5, 1.5}, result.interval());
        assertEquals(new Summary("ours", 60, 30, 120), result.contenders().get(0));
    }

    @Test
    void aBoundWithinTheIntervalIsUndecided() {
        final List<Map<String, Double>> rounds = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rounds.add(Map.of("ours", 10.0 + i, "one", 10.0, "other", 5.0, "limit", 1.0));
        }
        final Result result =
                Result.of(
                        benchmark(Unit.MILLION_EVENTS_PER_SECOND, Goal.best(1.2)),
                        new Rounds(rounds));
        assertArrayEquals(new double[] {1.1, 1.8}, result.interval(), 1e-12);
        assertEquals(Verdict.UNDECIDED, result.met());
    }

    @Test
    void everyTargetCountsAndOneThatIsMissedDecides() {
        final Goal goal = Goal.best(1.2).and("one", 4);
        assertEquals(
                Verdict.NO,
                Result.of(benchmark(Unit.MILLION_EVENTS_PER_SECOND, goal), rounds(10, 30, 10, 20))
                        .met());
        assertEquals("≥ 1.2 × best peer, ≥ 4.0 × one", goal.text(Unit.MILLION_EVENTS_PER_SECOND));
    }

    @Test
    void fewRoundsDecideNothing() {
        assertEquals(
                Verdict.UNDECIDED,
                Result.of(
                                benchmark(Unit.MILLION_EVENTS_PER_SECOND, Goal.best(1.2)),
                                rounds(5, 30, 10, 20))
                        .met());
    }

    @Test
    void aBenchmarkWithoutAPeerOrWithAGoalOfNobodyIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Benchmark(
                                "a",
                                "A",
                                Unit.NANOSECONDS,
                                Goal.best(1),
                                List.of(contender("ours", Contender.Kind.OURS)),
                                1));
        assertThrows(
                IllegalArgumentException.class,
                () -> benchmark(Unit.NANOSECONDS, Goal.best(1).and("nobody", 1)));
    }
}
