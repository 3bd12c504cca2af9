// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

import java.util.List;

/**
 * Contenders that do the same, measured in the same rounds.
 *
 * @param name by which it is asked for: words and hyphens, the group first
 * @param title what is measured, for a reader
 * @param unit of the figures
 * @param goal what Patchbay's figure should be
 * @param contenders Patchbay first
 * @param processors how many it needs
 */
public record Benchmark(
        String name,
        String title,
        Unit unit,
        Goal goal,
        List<Contender> contenders,
        int processors) {
    /** Checks that one contender is Patchbay and at least one a peer, and that no name is there twice. */
    public Benchmark {
        contenders = List.copyOf(contenders);
        final long ours =
                contenders.stream().filter(one -> one.kind() == Contender.Kind.OURS).count();
        final long peers =
                contenders.stream().filter(one -> one.kind() == Contender.Kind.PEER).count();
        final long names = contenders.stream().map(Contender::name).distinct().count();
        if (ours != 1 || peers == 0 || names != contenders.size()) {
            throw new IllegalArgumentException(
                    "The benchmark "
                            + name
                            + " needs Patchbay once, a peer, and no name twice, but has "
                            + contenders.stream().map(Contender::name).toList()
                            + ".");
        }
        for (final Goal.Target target : goal.targets()) {
            if (target.peer() != null
                    && contenders.stream().noneMatch(one -> one.name().equals(target.peer()))) {
                throw new IllegalArgumentException(
                        "The goal of "
                                + name
                                + " names "
                                + target.peer()
                                + ", which is none of it.");
            }
        }
    }

    /** {@return Patchbay's contender} */
    public Contender ours() {
        return contenders.stream()
                .filter(one -> one.kind() == Contender.Kind.OURS)
                .findFirst()
                .orElseThrow();
    }
}
