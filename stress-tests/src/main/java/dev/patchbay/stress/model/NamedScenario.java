// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.List;
import java.util.function.Supplier;

/**
 * A scenario of the list in {@link Scenarios}.
 *
 * @param name primitive first, then the bounds in words, such as {@code "doorbell, 3 rings, 1 sleep"}; no two are equal
 * @param bounds within what it is exhaustive
 * @param scenario makes it
 * @param subjects the classes that it is to prove: it must find out their mutants. None where it only widens another's bounds
 */
public record NamedScenario(
        String name, Bounds bounds, Supplier<Scenario> scenario, List<Class<?>> subjects) {
    /** The patience is above any number of tries in the scenarios, so no loop is cut. */
    public static final Bounds BOUNDS = Bounds.STANDARD.withPatience(8);

    /** A scenario within {@link #BOUNDS}. */
    public static NamedScenario of(
            final String name, final Supplier<Scenario> scenario, final Class<?>... subjects) {
        return new NamedScenario(name, BOUNDS, scenario, List.of(subjects));
    }

    /** The same within other bounds. */
    public NamedScenario within(final Bounds other) {
        return new NamedScenario(name, other, scenario, subjects);
    }
}
