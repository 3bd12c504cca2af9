// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import dev.patchbay.layout.StandardStructs;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A transaction is applied whole or not yet, and none is lost where two came at once. Each digit is a parameter. */
public class ParameterChangesStress {
    private ParameterChangesStress() {}

    /** A section, with the numbers of transactions as if there had been so many. */
    private static SectionEntry section(final int transactions) {
        final SectionEntry section = Slots.triple(3, StandardStructs.PARAMETER_CHANGE.size());
        // In the reader's copy, so that it counts as applied.
        Slots.MEMORY.putInt(
                section.elementOffset(0)
                        + 2 * section.copyStride()
                        + StandardStructs.PARAMETER_CHANGE.offset("transaction"),
                transactions);
        return section;
    }

    /** Both sides, and what the reader knows. */
    abstract static class Shared {
        private final SectionEntry section;
        private final ParameterChangesWriter writer;
        private final ParameterChangesReader reader;
        private final int middle;
        private final int last;
        private int digits;

        Shared(final int transactions) {
            section = section(transactions);
            writer = new ParameterChangesWriter(Slots.MEMORY, section);
            reader = new ParameterChangesReader(Slots.MEMORY, section);
            last = section.count() - 1;
            middle = last / 2;
        }

        /** Changes the first and the middle one, then the middle one and the last. */
        final void change() {
            writer.set(0, 100);
            writer.set(middle, 10);
            writer.publish();
            writer.set(middle, 20);
            writer.set(last, 2);
            writer.publish();
        }

        final int poll() {
            reader.poll(this::take);
            return digits;
        }

        private void take(final int index, final float value) {
            final int unit = index == 0 ? 100 : index == middle ? 10 : 1;
            digits += (int) value - digits / unit % 10 * unit;
        }
    }

    /** Two transactions, while the reader polls once. */
    @JCStressTest
    @ForSection(value = SectionKind.TRIPLE_BUFFER, element = "parameter_change", atLeast = 3)
    @Outcome(id = "0, 122", expect = ACCEPTABLE, desc = "Polled before the first.")
    @Outcome(id = "110, 122", expect = ACCEPTABLE, desc = "Polled between the two.")
    @Outcome(id = "122, 122", expect = ACCEPTABLE, desc = "Polled after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Half a transaction, or one was lost.")
    @State
    public static class Fresh extends Shared {
        /** After none. */
        public Fresh() {
            super(0);
        }

        /** The writer. */
        @Actor
        public void write() {
            change();
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = poll();
        }

        /** The reader, when the writer has ended. */
        @Arbiter
        public void last(final II_Result r) {
            r.r2 = poll();
        }
    }

    /** The same where the number of the second transaction is 2<sup>31</sup>, negative as an int. */
    @JCStressTest
    @ForSection(value = SectionKind.TRIPLE_BUFFER, element = "parameter_change", atLeast = 3)
    @Outcome(id = "0, 122", expect = ACCEPTABLE, desc = "Polled before the first.")
    @Outcome(id = "110, 122", expect = ACCEPTABLE, desc = "Polled between the two.")
    @Outcome(id = "122, 122", expect = ACCEPTABLE, desc = "Polled after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Half a transaction, or one was lost.")
    @State
    public static class Wrap extends Shared {
        /** After as many as a positive int counts, less one. */
        public Wrap() {
            super(Integer.MAX_VALUE - 1);
        }

        /** The writer. */
        @Actor
        public void write() {
            change();
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = poll();
        }

        /** The reader, when the writer has ended. */
        @Arbiter
        public void last(final II_Result r) {
            r.r2 = poll();
        }
    }
}
