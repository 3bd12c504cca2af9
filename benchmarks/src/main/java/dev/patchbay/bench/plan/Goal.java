// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What Patchbay's figure should be, as a multiple of others'. A goal is met where all of its targets are.
 *
 * @param targets at least one
 */
public record Goal(List<Target> targets) {
    /**
     * A bound of the ratio of Patchbay's figure to another's: a least one where more is better, else a greatest one.
     *
     * @param peer the name of a contender; null for the best peer
     * @param bound the ratio
     */
    public record Target(String peer, double bound) {}

    /** The goal of a ratio to the best peer. */
    public static Goal best(final double bound) {
        return new Goal(List.of(new Target(null, bound)));
    }

    /** This goal and a ratio to one more contender. */
    public Goal and(final String peer, final double bound) {
        final List<Target> all = new java.util.ArrayList<>(targets);
        all.add(new Target(peer, bound));
        return new Goal(List.copyOf(all));
    }

    /** {@return the goal in words} */
    public String text(final Unit unit) {
        return targets.stream()
                .map(
                        target ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.2g × %s",
                                        unit.isMoreBetter() ? "≥" : "≤",
                                        target.bound(),
                                        target.peer() == null ? "best peer" : target.peer()))
                .collect(Collectors.joining(", "));
    }
}
