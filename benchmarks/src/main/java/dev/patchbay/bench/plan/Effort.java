// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

/**
 * How long and how often is measured.
 *
 * @param name of the effort, by which measurements of another one are told apart
 * @param rounds how often each contender is measured
 * @param javaWarmMillis how long a contender in Java runs before it is measured
 * @param nativeWarmMillis how long one in C or C++ does
 * @param measureMillis how long it is measured
 */
public record Effort(
        String name, int rounds, int javaWarmMillis, int nativeWarmMillis, int measureMillis) {
    /** The fewest rounds of a run whose figures count. */
    public static final int LEAST_ROUNDS = 10;

    /** For figures to publish: all benchmarks within two hours. */
    public static final Effort FULL = new Effort("full", 20, 1500, 200, 1000);

    /** For a look: all benchmarks within ten minutes. */
    public static final Effort QUICK = new Effort("quick", LEAST_ROUNDS, 220, 30, 80);

    /** This effort with another number of rounds. */
    public Effort withRounds(final int count) {
        return new Effort(name, count, javaWarmMillis, nativeWarmMillis, measureMillis);
    }
}
