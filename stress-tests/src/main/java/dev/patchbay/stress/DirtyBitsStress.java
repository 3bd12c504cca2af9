// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.FloatCells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** No change is lost: neither a bit nor the value that it speaks of. */
public class DirtyBitsStress {
    private DirtyBitsStress() {}

    /** Two bits are set while a third is drained. */
    @JCStressTest
    @Outcome(id = "1, 6", expect = ACCEPTABLE, desc = "Drained before the first.")
    @Outcome(id = "3, 4", expect = ACCEPTABLE, desc = "Drained between the two.")
    @Outcome(id = "7, 0", expect = ACCEPTABLE, desc = "Drained after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A bit was lost or drained twice.")
    @State
    public static class Bits {
        private final DirtyBits bits = new DirtyBits(Slots.MEMORY, Slots.take(), 1);

        /** Sets the first bit. */
        public Bits() {
            bits.set(0);
        }

        /** The setter. */
        @Actor
        public void set() {
            bits.set(1);
            bits.set(2);
        }

        /** The drainer. */
        @Actor
        public void drain(final II_Result r) {
            r.r1 = (int) bits.drain(0);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = (int) bits.drain(0);
        }
    }

    /** A value changes once more while its bit, set by an earlier change, is drained. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Drained before the change, which stays.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The change was seen, perhaps twice.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "The bit is clear, the change was not seen.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Cannot be.")
    @State
    public static class Values {
        private final int slot = Slots.take();
        private final DirtyBits bits = new DirtyBits(Slots.MEMORY, slot, 1);
        private final FloatCells cells = new FloatCells(Slots.MEMORY, slot + 128, 1);

        /** Sets the bit. */
        public Values() {
            bits.set(0);
        }

        /** The setter. */
        @Actor
        public void set() {
            cells.setRelease(0, 1);
            bits.set(0);
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

    /** Two set bits of one word. */
    @JCStressTest
    @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "Both bits, and both values.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A setter has undone the other's bit.")
    @State
    public static class TwoSetters {
        private final int slot = Slots.take();
        private final DirtyBits bits = new DirtyBits(Slots.MEMORY, slot, 1);
        private final FloatCells cells = new FloatCells(Slots.MEMORY, slot + 128, 2);

        /** A setter. */
        @Actor
        public void one() {
            cells.setRelease(0, 1);
            bits.set(0);
        }

        /** The other setter. */
        @Actor
        public void two() {
            cells.setRelease(1, 2);
            bits.set(1);
        }

        /** The drainer. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r1 = (int) bits.drain(0);
            r.r2 = (int) (cells.getAcquire(0) + cells.getAcquire(1));
        }
    }

    /** Each side tells the other by bits of its own and takes the other's. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The first drained before the second set.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The second drained before the first set.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each saw the other.")
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE,
            desc = "Neither saw the other yet: drains that find nothing order nothing.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A bit without its value.")
    @State
    public static class BothWays {
        private final int slot = Slots.take();
        private final DirtyBits there = new DirtyBits(Slots.MEMORY, slot, 1);
        private final DirtyBits back = new DirtyBits(Slots.MEMORY, slot + 128, 1);
        private final FloatCells cells = new FloatCells(Slots.MEMORY, slot + 256, 64);

        /** The first side. */
        @Actor
        public void first(final II_Result r) {
            cells.setRelease(0, 1);
            there.set(0);
            r.r1 = back.drain(0) == 0 ? 0 : (int) cells.getAcquire(40) == 1 ? 1 : -1;
        }

        /** The second side. */
        @Actor
        public void second(final II_Result r) {
            cells.setRelease(40, 1);
            back.set(0);
            r.r2 = there.drain(0) == 0 ? 0 : (int) cells.getAcquire(0) == 1 ? 1 : -1;
        }
    }
}
