// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/** Runs scenarios in every execution that RC11 allows. docs/memory-model.md says how to read what it answers. */
public final class Model {
    private Model() {}

    /**
     * Explores all executions.
     *
     * @throws ModelFailure at the first that fails: a check or an actor throws, plain accesses race, or nobody goes on
     * @throws BoundException if there are more executions than the bound
     */
    public static Report check(final Bounds bounds, final Scenario scenario) {
        final Report report = explore(bounds, scenario, null);
        if (report.failure() != null) {
            throw report.failure();
        }
        return report;
    }

    /** Explores all executions until the first that fails, which the report holds. */
    public static Report explore(
            final Bounds bounds, final Scenario scenario, final Weakening weakening) {
        return new Explorer(bounds, scenario, weakening).explore();
    }

    /** All outcomes, each with the number of executions that have it. */
    public static SortedMap<String, Long> outcomes(final Scenario scenario) {
        return check(Bounds.STANDARD, scenario).outcomes();
    }

    /** All weakenings of all accesses that the scenario makes in any execution; it must be free of failures. */
    public static List<Weakening> weakenings(final Bounds bounds, final Scenario scenario) {
        final Explorer explorer = new Explorer(bounds, scenario, null).recordingUses();
        final Report report = explorer.explore();
        if (report.failure() != null) {
            throw report.failure();
        }
        final List<Machine.Use> uses =
                explorer.machine().uses().stream()
                        .sorted(
                                Comparator.comparing(Machine.Use::actor)
                                        .thenComparing(use -> use.site().name())
                                        .thenComparing(use -> use.site().line())
                                        .thenComparing(Machine.Use::place)
                                        .thenComparing(Machine.Use::access)
                                        .thenComparing(Machine.Use::order))
                        .toList();
        final List<Weakening> all = new ArrayList<>();
        for (final Machine.Use use : uses) {
            final long number =
                    uses.stream()
                            .filter(u -> u.actor().equals(use.actor()))
                            .map(Machine.Use::site)
                            .filter(site -> site.name().equals(use.site().name()))
                            .filter(site -> site.line() <= use.site().line())
                            .distinct()
                            .count();
            all.addAll(Weakening.of(use, (int) number));
        }
        return all;
    }

    /**
     * Repeats one execution on the caller's thread, one actor after the other: first each is run from its start to each of its
     * accesses in turn, to build the execution up, and at last once from start to end.
     *
     * @param key of the failure
     * @param weakening what the execution was found with, or null
     * @throws ModelFailure as it was found
     */
    public static void replay(
            final String key, final Scenario scenario, final Weakening weakening) {
        Script.repeat(new Explorer(Bounds.STANDARD, scenario, weakening), scenario, key);
    }
}
