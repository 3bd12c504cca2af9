// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;

/** What litmus tests are written with: three words, actors, and one digit for each result. */
final class Outcomes {
    static final int X = 0;
    static final int Y = 8;
    static final int Z = 16;

    private Outcomes() {}

    /** An actor of a litmus test. */
    interface Actor {
        void run(AtomicBuffer memory, int[] r);
    }

    static Scenario of(final int results, final Actor... actors) {
        return setup -> {
            final ModelBuffer memory = setup.memory(32);
            setup.name(X, "x").name(Y, "y").name(Z, "z");
            final int[] r = new int[results];
            for (int i = 0; i < actors.length; i++) {
                final Actor actor = actors[i];
                setup.actor("T" + (i + 1), () -> actor.run(memory, r));
            }
            setup.outcome(() -> text(r));
        };
    }

    static String text(final int[] r) {
        final StringBuilder text = new StringBuilder();
        for (final int value : r) {
            text.append(value);
        }
        return text.toString();
    }

    static void outcomes(final String expected, final int results, final Actor... actors) {
        assertEquals(Set.of(expected.split(" ")), Model.outcomes(of(results, actors)).keySet());
    }
}
