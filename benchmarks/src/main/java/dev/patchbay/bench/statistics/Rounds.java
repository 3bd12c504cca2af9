// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

import java.util.List;
import java.util.Map;

/**
 * The figures of one benchmark, round by round.
 *
 * @param rounds in each, the figure of each contender by name
 * @param least what a smaller figure counts as in a ratio: half of the least that can be told from nothing, or 0
 */
public record Rounds(List<Map<String, Double>> rounds, double least) {
    /** Figures that are never 0. */
    public Rounds(final List<Map<String, Double>> rounds) {
        this(rounds, 0);
    }

    /** {@return a contender's figures in the order of the rounds} */
    public double[] of(final String contender) {
        return rounds.stream().mapToDouble(round -> round.get(contender)).toArray();
    }

    /** {@return the ratios of two contenders' figures, each of one round} */
    public double[] ratios(final String one, final String other) {
        return rounds.stream()
                .mapToDouble(
                        round ->
                                Math.max(least, round.get(one)) / Math.max(least, round.get(other)))
                .toArray();
    }
}
