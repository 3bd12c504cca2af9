// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

import java.util.List;
import java.util.Map;

/**
 * The figures of one benchmark, round by round.
 *
 * @param rounds in each, the figure of each contender by name
 */
public record Rounds(List<Map<String, Double>> rounds) {
    /** {@return a contender's figures in the order of the rounds} */
    public double[] of(final String contender) {
        return rounds.stream().mapToDouble(round -> round.get(contender)).toArray();
    }

    /** {@return the ratios of two contenders' figures, each of one round} */
    public double[] ratios(final String one, final String other) {
        return rounds.stream().mapToDouble(round -> round.get(one) / round.get(other)).toArray();
    }
}
