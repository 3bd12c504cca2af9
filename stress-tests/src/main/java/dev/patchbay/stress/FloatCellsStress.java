// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.FloatCells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.FF_Result;

/** Who sees the later value sees the earlier one. On x86 only the compiler could break this. */
@JCStressTest
@Outcome(id = "0.0, 0.0", expect = ACCEPTABLE, desc = "Read before both.")
@Outcome(id = "0.0, 1.0", expect = ACCEPTABLE, desc = "Read between the two.")
@Outcome(id = "1.0, 1.0", expect = ACCEPTABLE, desc = "Read after both.")
@Outcome(id = "1.0, 0.0", expect = FORBIDDEN, desc = "The later value without the earlier.")
@State
public class FloatCellsStress {
    private final int slot = Slots.take();
    private final FloatCells cells = new FloatCells(Slots.MEMORY, slot, 64);

    /** The writer. */
    @Actor
    public void write() {
        cells.setRelease(0, 1);
        cells.setRelease(40, 1);
    }

    /** The reader. */
    @Actor
    public void read(final FF_Result r) {
        r.r1 = cells.getAcquire(40);
        r.r2 = cells.getAcquire(0);
    }
}
