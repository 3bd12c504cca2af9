// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Divides the time of a run. Inelastic units take what they take; what is left goes to the elastic ones in proportion to what
 * is expected of them.
 *
 * @param limit the time of the whole run, or null where there is none
 * @param fill whether elastic units are stretched to the limit, and not only shrunk to it
 */
record Budgets(Duration limit, boolean fill) {
    /**
     * Refuses a plan that does not fit, whatever the elastic units are given.
     *
     * @param all every unit of the run
     */
    void check(final Collection<Planned> all) {
        final Duration least = sum(all, Unit::least);
        if (limit != null && least.compareTo(limit) > 0) {
            throw new StressException(
                    "The "
                            + all.size()
                            + " units planned take at least "
                            + Times.minutes(least)
                            + ", but the run may take "
                            + Times.minutes(limit)
                            + ". Give it more with --minutes, or choose less with --mode, --parts"
                            + " or --only; nothing is left out unasked.");
        }
    }

    /** The order in which units are run: with a limit, those first whose time is not ours to choose. */
    List<Planned> order(final List<Planned> all) {
        if (limit == null) {
            return all;
        }
        return Stream.concat(
                        all.stream().filter(p -> !p.unit().elastic()),
                        all.stream().filter(p -> p.unit().elastic()))
                .toList();
    }

    /**
     * What a unit may take.
     *
     * @param unit the next to run, one of the pending
     * @param pending all that have no verdict
     * @param spent the time that the run has taken so far
     */
    Duration of(final Unit unit, final Collection<Planned> pending, final Duration spent) {
        if (limit == null || !unit.elastic()) {
            return unit.expected();
        }
        final List<Planned> elastic = pending.stream().filter(p -> p.unit().elastic()).toList();
        final List<Planned> others = pending.stream().filter(p -> !p.unit().elastic()).toList();
        final double rest = seconds(limit) - seconds(spent) - seconds(sum(others, Unit::expected));
        final double all = seconds(sum(elastic, Unit::expected));
        double share = all == 0 ? 0 : rest * seconds(unit.expected()) / all;
        if (!fill) {
            share = Math.min(share, seconds(unit.expected()));
        }
        return Duration.ofMillis((long) (1000 * Math.max(share, seconds(unit.least()))));
    }

    static Duration sum(final Collection<Planned> units, final Function<Unit, Duration> of) {
        return units.stream().map(p -> of.apply(p.unit())).reduce(Duration.ZERO, Duration::plus);
    }

    private static double seconds(final Duration time) {
        return time.toMillis() / 1000.0;
    }
}
