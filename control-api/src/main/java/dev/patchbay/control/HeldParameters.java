// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.Participant;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.layout.StandardRegion;

/**
 * Says in the region which parameters somebody holds; the bridge makes gestures of it, which hosts record. As it is and not by beginnings
 * and ends, so that no end is lost, whoever ends. Of one thread at a time.
 */
final class HeldParameters {
    private final IntCells cells;
    private final boolean[] said;

    /** What a process before this one has held is let go of. */
    HeldParameters(final Participant participant, final int count) {
        this.cells = IntCells.over(participant.buffer(), participant.section(StandardRegion.HELD));
        this.said = new boolean[count];
        for (int i = 0; i < count; i++) {
            cells.setRelease(i, 0);
        }
    }

    /** Says how it is now. */
    void show(final ParameterRegistry registry) {
        for (int i = 0; i < said.length; i++) {
            final boolean held = registry.isHeld(i);
            if (held != said[i]) {
                said[i] = held;
                // Pairs with the acquire in the bridge's HostEdits.
                cells.setRelease(i, held ? 1 : 0);
            }
        }
    }
}
