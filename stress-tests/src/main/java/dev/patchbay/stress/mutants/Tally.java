// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import java.util.List;

/**
 * How many mutants a class has and what became of them.
 *
 * @param killed mutants that the model found out
 * @param survive mutants that it did not
 * @param notReached points, or methods, that no scenario comes by
 * @param checks conditional jumps that only decide whether to throw; the unit tests have them
 */
record Tally(long killed, long survive, long notReached, long checks) {
    static Tally of(final List<Result> results, final long checks) {
        return new Tally(
                count(results, Result.Fate.KILLED),
                count(results, Result.Fate.SURVIVED),
                count(results, Result.Fate.NOT_REACHED),
                checks);
    }

    private static long count(final List<Result> results, final Result.Fate fate) {
        return results.stream().filter(r -> r.fate() == fate).count();
    }

    long mutants() {
        return killed + survive;
    }

    Tally plus(final Tally other) {
        return new Tally(
                killed + other.killed,
                survive + other.survive,
                notReached + other.notReached,
                checks + other.checks);
    }

    /** In one line. */
    @Override
    public String toString() {
        return mutants()
                + " mutants, "
                + killed
                + " killed, "
                + survive
                + " survive, "
                + notReached
                + " places not reached, "
                + checks
                + " argument checks left to the unit tests";
    }
}
