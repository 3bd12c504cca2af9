// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Histogram;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Counts are seen in the order in which they were made, and none is lost. They cross powers of two. */
public class CountersStress {
    private CountersStress() {}

    /** The first counter counts up, the last one follows; with a single counter both are the same. */
    @JCStressTest
    @ForSection(value = SectionKind.COUNTERS, atLeast = 2)
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Looked before both.")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "Looked between the two.")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Looked after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "The later count without the earlier, or lost.")
    @State
    public static class Order {
        private final SectionEntry section = Slots.section(2, Long.BYTES, 1);
        private final Counters writer = Counters.over(Slots.MEMORY, section);
        private final Counters reader = Counters.over(Slots.MEMORY, section);
        private final int last = section.count() - 1;
        private final long before = Wraps.next(1);

        /** Both start below a power of two. */
        public Order() {
            writer.setRelease(0, before);
            writer.setRelease(last, before);
        }

        /** The writer. */
        @Actor
        public void count() {
            writer.add(0, 1);
            writer.max(last, before + 1);
        }

        /** The reader. */
        @Actor
        public void look(final III_Result r) {
            r.r1 = (int) (reader.getAcquire(last) - before);
            r.r2 = (int) (reader.getAcquire(0) - before);
        }

        /** When the writer has ended. */
        @Arbiter
        public void end(final III_Result r) {
            r.r3 = (int) (reader.getAcquire(0) - before);
        }
    }

    /** A counter does not go back. */
    @JCStressTest
    @ForSection(SectionKind.COUNTERS)
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Looked before both.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The first came between the looks.")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "Both came between the looks.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Looked between the two.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The second came between the looks.")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "Looked after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Half a count, or a step back.")
    @State
    public static class Coherence {
        private final SectionEntry section = Slots.section(1, Long.BYTES, 1);
        private final Counters writer = Counters.over(Slots.MEMORY, section);
        private final Counters reader = Counters.over(Slots.MEMORY, section);
        private final long before = Wraps.next(1);

        /** Starts below a power of two. */
        public Coherence() {
            writer.setRelease(0, before);
        }

        /** The writer. */
        @Actor
        public void count() {
            writer.add(0, 1);
            writer.add(0, 1);
        }

        /** The reader. */
        @Actor
        public void look(final II_Result r) {
            r.r1 = (int) (reader.getAcquire(0) - before);
            r.r2 = (int) (reader.getAcquire(0) - before);
        }
    }

    /** Values of a histogram, one in the first bucket and one in the last. */
    @JCStressTest
    @ForSection(value = SectionKind.HISTOGRAM, atLeast = 2)
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Looked before both.")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "Looked between the two.")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Looked after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "The later value without the earlier, or lost.")
    @State
    public static class Values {
        private final SectionEntry section = Slots.section(64, Long.BYTES, 1);
        private final Histogram writer = new Histogram(Slots.MEMORY, section);
        private final Counters reader = Counters.over(Slots.MEMORY, section);

        /** The writer. */
        @Actor
        public void count() {
            writer.record(0);
            writer.record(Long.MAX_VALUE);
        }

        /** The reader. */
        @Actor
        public void look(final III_Result r) {
            r.r1 = (int) reader.getAcquire(section.count() - 1);
            r.r2 = (int) reader.getAcquire(0);
        }

        /** When the writer has ended. */
        @Arbiter
        public void end(final III_Result r) {
            r.r3 = (int) reader.getAcquire(0);
        }
    }
}
