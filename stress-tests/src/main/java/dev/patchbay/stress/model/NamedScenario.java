// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.List;
import java.util.function.Supplier;

/**
 * A scenario of the list in {@link Scenarios}.
 *
 * @param name primitive first, then the bounds in words, such as {@code "doorbell, 3 rings, 2 looks"}; no two are equal
 * @param bounds within what it is exhaustive
 * @param scenario makes it
 * @param subjects the classes that it is to prove: it must find out their mutants. None where it only widens another's bounds
 */
public record NamedScenario(
        String name, Bounds bounds, Supplier<Scenario> scenario, List<Class<?>> subjects) {
    private static final String AFTER_PRIMITIVE = ", ";

    /** The patience is above any number of tries in the scenarios, so no loop is cut. */
    public static final Bounds BOUNDS = Bounds.STANDARD.withPatience(8);

    /** Refuses a name that does not tell primitive and bounds. */
    public NamedScenario {
        if (name.indexOf(AFTER_PRIMITIVE) <= 0) {
            throw new IllegalArgumentException(
                    "A scenario's name is the primitive, a comma and what happens, such as"
                            + " \"doorbell, 3 rings, 2 looks\", but this is \""
                            + name
                            + "\".");
        }
    }

    /** A scenario within {@link #BOUNDS}. */
    public static NamedScenario of(
            final String name, final Supplier<Scenario> scenario, final Class<?>... subjects) {
        return new NamedScenario(name, BOUNDS, scenario, List.of(subjects));
    }

    /** The same within other bounds. */
    public NamedScenario within(final Bounds other) {
        return new NamedScenario(name, other, scenario, subjects);
    }

    /** What it is about: the name up to the first comma. */
    String primitive() {
        return name.substring(0, name.indexOf(AFTER_PRIMITIVE));
    }

    /** What happens in it, and the bounds: the name behind the first comma. */
    String what() {
        return name.substring(name.indexOf(AFTER_PRIMITIVE) + AFTER_PRIMITIVE.length());
    }
}
