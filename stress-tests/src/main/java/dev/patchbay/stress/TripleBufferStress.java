// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** The reader has a whole copy, and in the end the newest. Three publications go once round all copies. */
public class TripleBufferStress {
    private TripleBufferStress() {}

    /** A triple buffer whose first and last element carry the number of the publication. */
    abstract static class Shared {
        private final SectionEntry section = Slots.triple(1, 4 * Long.BYTES);
        private final int last = section.count() * section.stride() - 1;
        private final TripleBuffer writer = TripleBuffer.over(Slots.MEMORY, section);
        private final TripleBuffer reader = TripleBuffer.over(Slots.MEMORY, section);

        final void publish(final int number) {
            final int at = writer.writerOffset();
            Slots.MEMORY.putByte(at, (byte) number);
            Slots.MEMORY.putByte(at + last / 2, (byte) number);
            Slots.MEMORY.putByte(at + last, (byte) number);
            writer.publish();
        }

        /** The number of the publication that the reader has, or -1 for a mixture. */
        final int taken() {
            reader.refresh();
            final int at = reader.readerOffset();
            final byte number = Slots.MEMORY.getByte(at);
            return Slots.MEMORY.getByte(at + last) == number
                            && Slots.MEMORY.getByte(at + last / 2) == number
                    ? number
                    : -1;
        }
    }

    /** One look while three are published. */
    @JCStressTest
    @ForSection(SectionKind.TRIPLE_BUFFER)
    @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "Looked before the first.")
    @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "Took the first; the rest came later.")
    @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "Took the second.")
    @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "Took the last.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A mixture, or the newest copy was lost.")
    @State
    public static class Once extends Shared {
        /** The writer. */
        @Actor
        public void write() {
            publish(1);
            publish(2);
            publish(3);
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = taken();
        }

        /** The reader, when the writer has ended. */
        @Arbiter
        public void last(final II_Result r) {
            r.r2 = taken();
        }
    }

    /** Two looks while two are published: the copy that the reader gives back is the one that the writer fills next. */
    @JCStressTest
    @ForSection(SectionKind.TRIPLE_BUFFER)
    @Outcome(id = "0, 0, 2", expect = ACCEPTABLE, desc = "Both looks before the first.")
    @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "The second look took the first.")
    @Outcome(id = "0, 2, 2", expect = ACCEPTABLE, desc = "The second look took the second.")
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "The second look found nothing new.")
    @Outcome(id = "1, 2, 2", expect = ACCEPTABLE, desc = "One each.")
    @Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "Both looks after both.")
    @Outcome(
            id = ".*",
            expect = FORBIDDEN,
            desc = "A mixture, a step back, or the newest copy was lost.")
    @State
    public static class Twice extends Shared {
        /** The writer. */
        @Actor
        public void write() {
            publish(1);
            publish(2);
        }

        /** The reader. */
        @Actor
        public void read(final III_Result r) {
            r.r1 = taken();
            r.r2 = taken();
        }

        /** The reader, when the writer has ended. */
        @Arbiter
        public void last(final III_Result r) {
            r.r3 = taken();
        }
    }
}
