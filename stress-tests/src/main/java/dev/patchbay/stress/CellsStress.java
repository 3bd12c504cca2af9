// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.DoubleCells;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.LongCells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.FF_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** Each operation of cells that changes one, with each that may meet it: as if one came after the other. */
public class CellsStress {
    private CellsStress() {}

    /** A sum of floats, which tries again, meets another. */
    @JCStressTest
    @Outcome(id = "0, 1, 3", expect = ACCEPTABLE, desc = "One was added first.")
    @Outcome(id = "2, 0, 3", expect = ACCEPTABLE, desc = "Two was added first.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A sum was lost.")
    @State
    public static class SumAndSum {
        private final FloatCells cells = new FloatCells(Slots.MEMORY, Slots.take(), 1);

        /** Adds one. */
        @Actor
        public void one(final III_Result r) {
            r.r1 = (int) cells.getAndAdd(0, 1);
        }

        /** Adds two. */
        @Actor
        public void two(final III_Result r) {
            r.r2 = (int) cells.getAndAdd(0, 2);
        }

        /** The sum. */
        @Arbiter
        public void sum(final III_Result r) {
            r.r3 = (int) cells.getPlain(0);
        }
    }

    /** A sum of doubles meets an exchange: what is taken out and what stays are the whole. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Taken before the sum.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Taken after the sum.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A sum was lost or taken twice.")
    @State
    public static class SumAndExchange {
        private final DoubleCells cells = new DoubleCells(Slots.MEMORY, Slots.take(), 1);

        /** Adds. */
        @Actor
        public void add() {
            cells.getAndAdd(0, 1);
        }

        /** Takes all. */
        @Actor
        public void take(final II_Result r) {
            r.r1 = (int) cells.getAndSet(0, 0);
        }

        /** What is left. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = (int) cells.getPlain(0);
        }
    }

    /** A sum meets a compare-and-set that expects the cell without it. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Added first: the comparison fails.")
    @Outcome(id = "1, 6", expect = ACCEPTABLE, desc = "Set first, then added.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "One of the two was lost.")
    @State
    public static class SumAndCompare {
        private final IntCells cells = new IntCells(Slots.MEMORY, Slots.take(), 1);

        /** Adds. */
        @Actor
        public void add() {
            cells.getAndAdd(0, 1);
        }

        /** Sets. */
        @Actor
        public void set(final II_Result r) {
            r.r1 = cells.compareAndSet(0, 0, 5) ? 1 : 0;
        }

        /** The cell. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = cells.getPlain(0);
        }
    }

    /** Two compare-and-sets expect the same. */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The first wins.")
    @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "The second wins.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Both won, or neither.")
    @State
    public static class CompareAndCompare {
        private final FloatCells cells = new FloatCells(Slots.MEMORY, Slots.take(), 1);

        /** The first. */
        @Actor
        public void one(final III_Result r) {
            r.r1 = cells.compareAndSet(0, 0, 1) ? 1 : 0;
        }

        /** The second. */
        @Actor
        public void two(final III_Result r) {
            r.r2 = cells.compareAndSet(0, 0, 2) ? 1 : 0;
        }

        /** The cell. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = (int) cells.getPlain(0);
        }
    }

    /** Two exchanges hand their values on. */
    @JCStressTest
    @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "The first one first.")
    @Outcome(id = "2, 0, 1", expect = ACCEPTABLE, desc = "The second one first.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A value was lost or had twice.")
    @State
    public static class ExchangeAndExchange {
        private final LongCells cells = new LongCells(Slots.MEMORY, Slots.take(), 1);

        /** The first. */
        @Actor
        public void one(final III_Result r) {
            r.r1 = (int) cells.getAndSet(0, 1);
        }

        /** The second. */
        @Actor
        public void two(final III_Result r) {
            r.r2 = (int) cells.getAndSet(0, 2);
        }

        /** The cell. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = (int) cells.getPlain(0);
        }
    }

    /** Two raise the same cell from below zero. */
    @JCStressTest
    @Outcome(id = "-1, 1, 2", expect = ACCEPTABLE, desc = "The lower first.")
    @Outcome(id = "2, -1, 2", expect = ACCEPTABLE, desc = "The greater first.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "The greatest did not stay.")
    @State
    public static class MaximumAndMaximum {
        private final DoubleCells cells = new DoubleCells(Slots.MEMORY, Slots.take(), 1);

        /** Below both. */
        public MaximumAndMaximum() {
            cells.setPlain(0, -1);
        }

        /** The lower. */
        @Actor
        public void one(final III_Result r) {
            r.r1 = (int) cells.getAndMax(0, 1);
        }

        /** The greater. */
        @Actor
        public void two(final III_Result r) {
            r.r2 = (int) cells.getAndMax(0, 2);
        }

        /** The cell. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = (int) cells.getPlain(0);
        }
    }

    /** A maximum is taken out, as a reader of peaks does, while it rises. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Taken before it rose.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "Taken after it rose.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "The greatest was lost or taken twice.")
    @State
    public static class MaximumAndExchange {
        private final FloatCells cells = new FloatCells(Slots.MEMORY, Slots.take(), 1);

        /** What there is. */
        public MaximumAndExchange() {
            cells.setPlain(0, 1);
        }

        /** Raises it. */
        @Actor
        public void raise() {
            cells.getAndMax(0, 2);
        }

        /** Takes it. */
        @Actor
        public void take(final II_Result r) {
            r.r1 = (int) cells.getAndSet(0, 0);
        }

        /** What is left. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = (int) cells.getPlain(0);
        }
    }

    /** A maximum meets a sum. */
    @JCStressTest
    @Outcome(id = "5, 6", expect = ACCEPTABLE, desc = "Raised, then added.")
    @Outcome(id = "0, 5", expect = ACCEPTABLE, desc = "Added, then raised.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "One of the two was lost.")
    @State
    public static class MaximumAndSum {
        private final IntCells cells = new IntCells(Slots.MEMORY, Slots.take(), 1);

        /** Adds. */
        @Actor
        public void add(final II_Result r) {
            r.r1 = cells.getAndAdd(0, 1);
        }

        /** Raises. */
        @Actor
        public void raise() {
            cells.getAndMax(0, 5);
        }

        /** The cell. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = cells.getPlain(0);
        }
    }

    /** Store mine, then load yours. On x86 the store buffer breaks this where the order is only release and acquire. */
    @JCStressTest
    @Outcome(id = "0.0, 1.0", expect = ACCEPTABLE, desc = "The first one first.")
    @Outcome(id = "1.0, 0.0", expect = ACCEPTABLE, desc = "The second one first.")
    @Outcome(id = "1.0, 1.0", expect = ACCEPTABLE, desc = "Both stored, then both loaded.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Neither saw the other.")
    @State
    public static class StoreThenLoad {
        private final FloatCells cells = new FloatCells(Slots.MEMORY, Slots.take(), 64);

        /** The first. */
        @Actor
        public void one(final FF_Result r) {
            cells.setVolatile(0, 1);
            r.r1 = cells.getVolatile(40);
        }

        /** The second. */
        @Actor
        public void two(final FF_Result r) {
            cells.setVolatile(40, 1);
            r.r2 = cells.getVolatile(0);
        }
    }

    /** A cell of 64 bits is stored and loaded in one piece, also without any order. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "Loaded before.")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "Loaded after.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Half of a value.")
    @State
    public static class OpaqueInOnePiece {
        private final LongCells cells = new LongCells(Slots.MEMORY, Slots.take(), 1);

        /** Stores. */
        @Actor
        public void store() {
            cells.setOpaque(0, -1);
        }

        /** Loads. */
        @Actor
        public void load(final J_Result r) {
            r.r1 = cells.getOpaque(0);
        }
    }
}
