// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Contender;
import dev.patchbay.bench.plan.Goal;
import java.util.Comparator;
import java.util.List;

/**
 * What a benchmark showed; an entry of {@code results.json}.
 *
 * @param name of the benchmark
 * @param unit of its figures
 * @param contenders median and range of each
 * @param ratioToBestPeer the median of the rounds' ratios of Patchbay's figure to that of the peer whose median is best
 * @param interval of that median, 95 %
 * @param goal in words
 * @param met whether all of the goal is
 * @param bestPeer the name of that peer
 */
@JsonPropertyOrder({"name", "unit", "contenders", "ratioToBestPeer", "interval", "goal", "met"})
public record Result(
        String name,
        String unit,
        List<Summary> contenders,
        double ratioToBestPeer,
        double[] interval,
        String goal,
        Verdict met,
        @JsonIgnore String bestPeer) {
    /** {@return the result of a benchmark's rounds} */
    public static Result of(final Benchmark benchmark, final Rounds rounds) {
        final List<Summary> summaries =
                benchmark.contenders().stream()
                        .map(one -> Summary.of(one.name(), rounds.of(one.name())))
                        .toList();
        final String best = bestPeer(benchmark, summaries);
        final String ours = benchmark.ours().name();
        final Interval interval = Interval.ofMedian(rounds.ratios(ours, best));
        return new Result(
                benchmark.name(),
                benchmark.unit().toString(),
                summaries,
                Summary.median(rounds.ratios(ours, best)),
                new double[] {interval.low(), interval.high()},
                benchmark.goal().text(benchmark.unit()),
                Verdict.all(
                        benchmark.goal().targets().stream()
                                .map(target -> verdict(benchmark, rounds, target, best))
                                .toList()),
                best);
    }

    private static Verdict verdict(
            final Benchmark benchmark,
            final Rounds rounds,
            final Goal.Target target,
            final String best) {
        return Verdict.of(
                Interval.ofMedian(
                        rounds.ratios(
                                benchmark.ours().name(),
                                target.peer() == null ? best : target.peer())),
                target.bound(),
                benchmark.unit().isMoreBetter());
    }

    private static String bestPeer(final Benchmark benchmark, final List<Summary> summaries) {
        final Comparator<Summary> byMedian = Comparator.comparingDouble(Summary::median);
        return summaries.stream()
                .filter(
                        summary ->
                                benchmark.contenders().stream()
                                        .anyMatch(
                                                one ->
                                                        one.kind() == Contender.Kind.PEER
                                                                && one.name()
                                                                        .equals(summary.name())))
                .max(benchmark.unit().isMoreBetter() ? byMedian : byMedian.reversed())
                .orElseThrow()
                .name();
    }
}
