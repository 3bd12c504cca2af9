// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Memory that is plain at one time and atomic at another, as records of rings are. */
class MixedAccessTest {
    /** Eight bytes that are cleared as a whole, while their halves are a word that publishes and one that is published. */
    private static Scenario header(final boolean releases) {
        return setup -> {
            final ModelBuffer memory = setup.memory(64);
            final TreeSet<Integer> seen = new TreeSet<>();
            setup.actor(
                    "writer",
                    () -> {
                        memory.putLong(8, -1);
                        memory.putLong(8, 0);
                        memory.putIntRelease(0, 1);
                        memory.putInt(12, 7);
                        if (releases) {
                            memory.putIntRelease(8, 1);
                        } else {
                            memory.putIntOpaque(8, 1);
                        }
                    });
            setup.actor(
                    "reader",
                    () -> {
                        if (memory.getIntAcquire(0) == 1 && memory.getIntAcquire(8) == 1) {
                            seen.add(memory.getInt(12));
                        }
                    });
            setup.outcome(() -> seen);
        };
    }

    @Test
    void anAtomicAccessWithinAPlainOneDividesItAndRacesAreStillFound() {
        assertEquals(Set.of("[]", "[7]"), Model.outcomes(header(true)).keySet());
        final Report report = Model.explore(Bounds.STANDARD, header(false));
        assertNotNull(report.failure());
        assertTrue(report.failure().reason().startsWith("race"), report.failure().reason());
    }
}
