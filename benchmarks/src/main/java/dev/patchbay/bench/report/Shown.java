// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.run.Measurement;
import dev.patchbay.bench.statistics.Result;
import dev.patchbay.bench.statistics.Rounds;
import dev.patchbay.bench.statistics.Summary;
import java.util.Locale;

/**
 * One benchmark as the reports show it.
 *
 * @param benchmark what was measured
 * @param measurement its rounds
 * @param result what they say
 */
public record Shown(Benchmark benchmark, Measurement measurement, Result result) {
    /** An idle virtual machine takes some tenths of a percent. */
    private static final double IDLE_PERCENT = 3;

    /** {@return a benchmark's rounds, with what they say} */
    public static Shown of(final Benchmark benchmark, final Measurement measurement) {
        return new Shown(
                benchmark, measurement, Result.of(benchmark, figures(benchmark, measurement)));
    }

    private static Rounds figures(final Benchmark benchmark, final Measurement measurement) {
        return benchmark.origin() == null
                ? measurement.figures()
                : measurement.figures(benchmark.origin().detail());
    }

    /** The benchmark's own figures. */
    Rounds figures() {
        return figures(benchmark, measurement);
    }

    /** Whether it is the whole benchmark and not a detail of one, and its contenders have told a series of this name. */
    boolean hasSeries(final String name) {
        return benchmark.origin() == null
                && measurement
                        .rounds()
                        .get(0)
                        .receipts()
                        .values()
                        .iterator()
                        .next()
                        .series()
                        .containsKey(name);
    }

    /** The median over the rounds of the part of the time that the machine took away. */
    double noisePercent() {
        return Summary.median(
                measurement.rounds().stream()
                        .mapToDouble(round -> round.noise().lostPercent())
                        .toArray());
    }

    /** {@return whether in the median round a thread that only reads the clock lost more of its time than an idle machine takes} */
    public boolean isDisturbed() {
        return noisePercent() > IDLE_PERCENT;
    }

    /** The longest time that it took away at once. */
    double longestNoiseMicros() {
        return measurement.rounds().stream()
                .mapToDouble(round -> round.noise().longestMicros())
                .max()
                .orElse(0);
    }

    /** The ratio with its interval. */
    String ratio() {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                result.ratioToBestPeer(),
                result.interval()[0],
                result.interval()[1]);
    }

    /** A figure with three digits. */
    static String number(final double value) {
        return String.format(
                Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    /** A number without needless digits. */
    static String plain(final double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.1f", value);
    }

    /** A median with its range. */
    static String spread(final Summary summary) {
        return number(summary.median())
                + " ("
                + number(summary.low())
                + " to "
                + number(summary.high())
                + ")";
    }
}
