// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

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
        final Report report = explore(bounds, scenario);
        if (report.failure() != null) {
            throw report.failure();
        }
        return report;
    }

    /** Explores all executions until the first that fails, which the report holds. */
    public static Report explore(final Bounds bounds, final Scenario scenario) {
        return new Explorer(bounds, scenario).explore();
    }

    /** All outcomes, each with the number of executions that have it. */
    public static SortedMap<String, Long> outcomes(final Scenario scenario) {
        return check(Bounds.STANDARD, scenario).outcomes();
    }

    /**
     * Repeats one execution on the caller's thread, one actor after the other: first each is run from its start to each of its
     * accesses in turn, to build the execution up, and at last once from start to end.
     *
     * @param key of the failure
     * @throws ModelFailure as it was found
     */
    public static void replay(final String key, final Scenario scenario) {
        Script.repeat(new Explorer(Bounds.STANDARD, scenario), scenario, key);
    }
}
