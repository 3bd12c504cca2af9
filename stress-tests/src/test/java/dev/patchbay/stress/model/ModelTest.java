// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The model against RC11's axioms, on programs nobody thought of. */
class ModelTest {
    @Test
    void itVisitsEachExecutionThatTheAxiomsAllowOnceAndNoOther() {
        final long seed = Long.getLong("patchbay.seed", System.nanoTime());
        final int programs = Integer.getInteger("patchbay.programs", 300);
        final Random random = new Random(seed);
        long executions = 0;
        for (int i = 0; i < programs; i++) {
            final Litmus.Program program = Litmus.Program.random(random);
            final String which = "seed " + seed + ", program " + i + ": " + program;
            final List<String> found = new ArrayList<>();
            final Explorer explorer =
                    new Explorer(Bounds.STANDARD.withPatience(20), program.scenario());
            explorer.onCompleted(
                    g -> found.add(Axioms.name(g, cells(program, explorer.machine().cells()))));
            explorer.explore();
            final TreeSet<String> distinct = new TreeSet<>(found);
            assertEquals(Axioms.executions(program), distinct, which);
            assertEquals(distinct.size(), found.size(), "none twice: " + which);
            executions += found.size();
        }
        assertTrue(executions > 5L * programs, executions + " executions, seed " + seed);
    }

    private static int[] cells(final Litmus.Program program, final Cells cells) {
        final int[] all = new int[program.locations()];
        Arrays.setAll(all, l -> cells.whole(8 * l, 8));
        return all;
    }
}
