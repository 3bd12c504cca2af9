// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.MeterDescriptor;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Windows are gathered whole and once, and who misses some is told so. */
public class MeterStress {
    /** So slow a rate that each frame is a window. */
    private static final double RATE = 1;

    private static final int WRONG = -1;
    private static final Loads LOADS = Loads.over(Slots.MEMORY);

    private MeterStress() {}

    /** A slot whose last window has this number. */
    private static int slot(final long start) {
        final int slot = Slots.take();
        Slots.MEMORY.putLong(slot + MeterDescriptor.HEAD.offset("newest"), start);
        return slot;
    }

    private static MeterWriter writer(final int slot, final int kept) {
        return new MeterWriter(Slots.MEMORY, slot, slot + Slots.ELEMENTS, 1, kept, RATE);
    }

    private static MeterReader reader(final int slot, final int kept) {
        return new MeterReader(LOADS, slot, slot + Slots.ELEMENTS, 1, kept);
    }

    private static void close(final MeterWriter writer, final float... peaks) {
        writer.addBlock(new float[][] {peaks}, 0, peaks.length);
    }

    /** The peak of what came since, 0 for nothing, or {@link #WRONG} where its mean square does not fit. */
    private static int poll(final MeterReader reader) {
        final int taken = reader.poll();
        final int peak = (int) reader.peak(0);
        // The windows' peaks are 2, 3 and so on, so the lowest of them follows from their number.
        double sum = 0;
        for (int p = peak; p > peak - taken; p--) {
            sum += p * p;
        }
        return taken == 0 || reader.meanSquare(0) == sum / taken ? peak : WRONG;
    }

    /** Two windows are closed, while the reader looks once; what is counted beside them is seen with them. */
    private static class Delivery {
        private final MeterWriter writer;
        private final MeterReader reader;

        Delivery(final long start) {
            final int slot = slot(start);
            writer = writer(slot, 4);
            reader = reader(slot, 4);
        }

        void write() {
            close(writer, 2, 3);
        }

        void read(final III_Result r) {
            r.r1 = poll(reader);
            r.r2 = reader.missed() != 0 || reader.totalClips(0) < r.r1 - 1 ? WRONG : 0;
        }

        void rest(final III_Result r) {
            r.r3 = poll(reader);
        }
    }

    /** From the first window on. */
    @JCStressTest
    @Outcome(id = "0, 0, 3", expect = ACCEPTABLE, desc = "Looked before the first.")
    @Outcome(id = "2, 0, 3", expect = ACCEPTABLE, desc = "Looked between the two.")
    @Outcome(id = "3, 0, 0", expect = ACCEPTABLE, desc = "Looked after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled, or before its clips.")
    @State
    public static class First extends Delivery {
        /** Before any window. */
        public First() {
            super(0);
        }

        /** The writer. */
        @Actor
        public void produce() {
            write();
        }

        /** The reader. */
        @Actor
        public void consume(final III_Result r) {
            read(r);
        }

        /** Takes the rest. */
        @Arbiter
        public void after(final III_Result r) {
            rest(r);
        }
    }

    /** Where the half of the number that lies beside the values becomes negative. */
    @JCStressTest
    @Outcome(id = "0, 0, 3", expect = ACCEPTABLE, desc = "Looked before the first.")
    @Outcome(id = "2, 0, 3", expect = ACCEPTABLE, desc = "Looked between the two.")
    @Outcome(id = "3, 0, 0", expect = ACCEPTABLE, desc = "Looked after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled, or before its clips.")
    @State
    public static class At31Bits extends Delivery {
        /** One window before. */
        public At31Bits() {
            super((1L << 31) - 2);
        }

        /** The writer. */
        @Actor
        public void produce() {
            write();
        }

        /** The reader. */
        @Actor
        public void consume(final III_Result r) {
            read(r);
        }

        /** Takes the rest. */
        @Arbiter
        public void after(final III_Result r) {
            rest(r);
        }
    }

    /** Where that half begins again at 0. */
    @JCStressTest
    @Outcome(id = "0, 0, 3", expect = ACCEPTABLE, desc = "Looked before the first.")
    @Outcome(id = "2, 0, 3", expect = ACCEPTABLE, desc = "Looked between the two.")
    @Outcome(id = "3, 0, 0", expect = ACCEPTABLE, desc = "Looked after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled, or before its clips.")
    @State
    public static class At32Bits extends Delivery {
        /** One window before. */
        public At32Bits() {
            super((1L << 32) - 2);
        }

        /** The writer. */
        @Actor
        public void produce() {
            write();
        }

        /** The reader. */
        @Actor
        public void consume(final III_Result r) {
            read(r);
        }

        /** Takes the rest. */
        @Arbiter
        public void after(final III_Result r) {
            rest(r);
        }
    }

    /** A reader begins while windows are closed: whatever it has seen by then, their clips are in its totals. */
    @JCStressTest
    @Outcome(id = "0, 0, 2", expect = ACCEPTABLE, desc = "Began before the first.")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "Began between the two.")
    @Outcome(id = "2, 0, 0", expect = ACCEPTABLE, desc = "Began after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A window without its clips, or one twice.")
    @State
    public static class Beginning {
        private final int slot = slot(0);
        private final MeterWriter meters = writer(slot, 4);
        private final float[][] block = {{2, 3}};
        private MeterReader reader;

        /** The writer. */
        @Actor
        public void produce() {
            meters.addBlock(block, 0, 2);
        }

        /** The reader. */
        @Actor
        public void consume(final III_Result r) {
            reader = reader(slot, 4);
            r.r1 = (int) reader.seen();
            r.r2 = reader.totalClips(0) < r.r1 ? WRONG : 0;
        }

        /** Takes the rest. */
        @Arbiter
        public void after(final III_Result r) {
            r.r3 = reader.poll();
            if (reader.totalClips(0) != 2) {
                r.r3 = WRONG;
            }
        }
    }

    /** A meter that keeps two windows, both filled, is overtaken by two more while it is read. */
    @JCStressTest
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "All of the two, or of the three.")
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE,
            desc = "One was overwritten, and was told as missed.")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "Both were, and were told.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "Of three, the two that are left.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Of three, one was overwritten meanwhile.")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "Of four, the two that are left.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A window was taken for another, or not told.")
    @State
    public static class Overtaken {
        private final int slot = slot(0);
        private final MeterWriter writer = writer(slot, 2);
        private final MeterReader reader = reader(slot, 2);
        private final float[][] block = {{4, 5}};

        /** Fills the meter. */
        public Overtaken() {
            close(writer, 2, 3);
        }

        /** The writer. */
        @Actor
        public void produce() {
            writer.addBlock(block, 0, 2);
        }

        /** The reader. */
        @Actor
        public void consume(final II_Result r) {
            r.r1 = reader.poll();
            r.r2 = (int) reader.missed();
            final double square = reader.peak(0) * reader.peak(0);
            if (r.r1 + r.r2 != reader.seen()
                    || r.r1 == 1 && reader.meanSquare(0) != square
                    || reader.peak(0) > reader.seen() + 1) {
                r.r1 = WRONG;
            }
        }
    }
}
