// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import dev.patchbay.stress.model.Bounds;
import dev.patchbay.stress.model.Scenario;
import java.util.List;
import java.util.function.Function;

/**
 * A scenario with actors in C.
 *
 * @param primitive the group of functions that it is about, by which mutants are made
 * @param name what happens in it, with the bounds
 * @param file the operations in C
 * @param casts which actors are played in C: {@link Cast#inC} of each run
 * @param scenario makes it for a cast
 */
record HeaderScenario(
        String primitive,
        String name,
        String file,
        List<Integer> casts,
        Function<Cast, Scenario> scenario) {
    /** The patience is above any number of tries here, so no loop is cut. */
    static final Bounds BOUNDS = Bounds.STANDARD.withPatience(8);

    /** All in C, the first alone, the others alone. */
    static final List<Integer> BOTH = List.of(Cast.ALL, 1, ~1);

    /** The first in C, who has no partner in C. */
    static final List<Integer> FIRST = List.of(1);

    /** All in C. */
    static final List<Integer> ALL = List.of(Cast.ALL);

    /** Who plays, for people. */
    static String describe(final int inC) {
        return inC == Cast.ALL ? "C" : inC == 1 ? "C with Java" : "Java with C";
    }
}
