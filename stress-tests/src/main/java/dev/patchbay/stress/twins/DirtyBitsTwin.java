// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.twins;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.stress.Slots;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Dirty bits whose setter only looks at a bit that is set already: the value's store comes after the look. */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Drained before the change, which stays.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The change was seen, perhaps twice.")
@Outcome(id = "0, 0", expect = FORBIDDEN, desc = "The bit is clear, the change was not seen.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Cannot be.")
@State
public class DirtyBitsTwin {
    private final int slot = Slots.take();
    private final DirtyBits bits = new DirtyBits(Slots.MEMORY, slot, 1);
    private final FloatCells cells = new FloatCells(Slots.MEMORY, slot + 128, 1);

    /** Sets the bit. */
    public DirtyBitsTwin() {
        bits.set(0);
    }

    /** The setter, with the broken look. */
    @Actor
    public void set() {
        cells.setRelease(0, 1);
        if ((Slots.MEMORY.getLongVolatile(slot) & 1) == 0) {
            bits.set(0);
        }
    }

    /** The drainer. */
    @Actor
    public void drain(final II_Result r) {
        bits.drain(0);
        r.r1 = (int) cells.getAcquire(0);
    }

    /** What the drainer knows after one more drain. */
    @Arbiter
    public void rest(final II_Result r) {
        r.r2 = bits.drain(0) != 0 ? (int) cells.getAcquire(0) : r.r1;
    }
}
