// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.SectionEntry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The reader has a whole copy, and in the end the newest. Three publications go once round all copies. */
@JCStressTest
@Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "Looked before the first.")
@Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "Took the first; the rest came later.")
@Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "Took the second.")
@Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "Took the last.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "A mixture, or the newest copy was lost.")
@State
public class TripleBufferStress {
    private static final int WORDS = 4;

    private final SectionEntry section = Slots.triple(1, WORDS * Long.BYTES);
    private final TripleBuffer writer = TripleBuffer.over(Slots.MEMORY, section);
    private final TripleBuffer reader = TripleBuffer.over(Slots.MEMORY, section);

    private void publish(final long value) {
        final int at = writer.writerOffset();
        for (int i = 0; i < WORDS; i++) {
            Slots.MEMORY.putLong(at + i * Long.BYTES, value);
        }
        writer.publish();
    }

    private int taken() {
        reader.refresh();
        final int at = reader.readerOffset();
        final long value = Slots.MEMORY.getLong(at);
        for (int i = 1; i < WORDS; i++) {
            if (Slots.MEMORY.getLong(at + i * Long.BYTES) != value) {
                return -1;
            }
        }
        return (int) value;
    }

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
