// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.FF_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Cells of a section of any length: who sees the last one's change sees the first one's, and no cell goes back. */
public class SectionCellsStress {
    private SectionCellsStress() {}

    /** The first and the last of the floats. */
    @JCStressTest
    @ForSection(
            value = {SectionKind.PARAMETERS, SectionKind.METERS, SectionKind.ARRAY},
            scalars = FieldType.FLOAT32,
            atLeast = 2)
    @Outcome(id = "0.0, 0.0", expect = ACCEPTABLE, desc = "Read before both.")
    @Outcome(id = "0.0, 1.0", expect = ACCEPTABLE, desc = "Read between the two.")
    @Outcome(id = "1.0, 1.0", expect = ACCEPTABLE, desc = "Read after both.")
    @Outcome(id = "1.0, 0.0", expect = FORBIDDEN, desc = "The later value without the earlier.")
    @State
    public static class Floats {
        private final SectionEntry section = Slots.section(64, Float.BYTES, 1);
        private final FloatCells cells = FloatCells.over(Slots.MEMORY, section);
        private final int last = section.count() - 1;

        /** The writer. */
        @Actor
        public void write() {
            cells.setRelease(0, 1);
            cells.setRelease(last, 1);
        }

        /** The reader. */
        @Actor
        public void read(final FF_Result r) {
            r.r1 = cells.getAcquire(last);
            r.r2 = cells.getAcquire(0);
        }
    }

    /** The first and the last of the words. */
    @JCStressTest
    @ForSection(
            value = {SectionKind.VOICE_STATES, SectionKind.ARRAY},
            scalars = {FieldType.INT32, FieldType.UINT32},
            atLeast = 2)
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Read before both.")
    @Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "Read between the two.")
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "Read after both.")
    @Outcome(id = "-1, 0", expect = FORBIDDEN, desc = "The later value without the earlier.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Half a word.")
    @State
    public static class Words {
        private final SectionEntry section = Slots.section(64, Integer.BYTES, 1);
        private final IntCells cells = IntCells.over(Slots.MEMORY, section);
        private final int last = section.count() - 1;

        /** The writer. */
        @Actor
        public void write() {
            cells.setRelease(0, -1);
            cells.setRelease(last, -1);
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = cells.getAcquire(last);
            r.r2 = cells.getAcquire(0);
        }
    }

    /** One 32-bit cell, of floats or words, alone: a reader does not go back. */
    @JCStressTest
    @ForSection(
            value = {
                SectionKind.PARAMETERS,
                SectionKind.METERS,
                SectionKind.VOICE_STATES,
                SectionKind.ARRAY
            },
            scalars = {FieldType.FLOAT32, FieldType.INT32, FieldType.UINT32})
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Read before both.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The first came between the reads.")
    @Outcome(id = "0, -2", expect = ACCEPTABLE, desc = "Both came between the reads.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Read between the two.")
    @Outcome(id = "1, -2", expect = ACCEPTABLE, desc = "The second came between the reads.")
    @Outcome(id = "-2, -2", expect = ACCEPTABLE, desc = "Read after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Half a value, or a step back.")
    @State
    public static class Coherence {
        private final SectionEntry section = Slots.section(1, Integer.BYTES, 1);
        private final IntCells cells = IntCells.over(Slots.MEMORY, section);
        private final int last = section.count() - 1;

        /** The writer. */
        @Actor
        public void write() {
            cells.setRelease(last, 1);
            cells.setRelease(last, -2);
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = cells.getAcquire(last);
            r.r2 = cells.getAcquire(last);
        }
    }

    /** Fields of structs and cells of other widths, by the region's own loads and stores: first and last byte-aligned word. */
    @JCStressTest
    @ForSection(
            value = {SectionKind.STRUCTS, SectionKind.ARRAY},
            scalars = {})
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Read before both.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Read between the two.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Read after both.")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The later value without the earlier.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Cannot be.")
    @State
    public static class Fields {
        private final SectionEntry section = Slots.section(8, Long.BYTES, 1);
        private final int first = section.elementOffset(0);
        private final int last =
                Math.max(
                        first + Integer.BYTES,
                        section.elementOffset(section.count()) - Integer.BYTES & -Integer.BYTES);

        /** The writer. */
        @Actor
        public void write() {
            Slots.MEMORY.putIntRelease(first, 1);
            Slots.MEMORY.putIntRelease(last, 1);
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = Slots.MEMORY.getIntAcquire(last);
            r.r2 = Slots.MEMORY.getIntAcquire(first);
        }
    }
}
