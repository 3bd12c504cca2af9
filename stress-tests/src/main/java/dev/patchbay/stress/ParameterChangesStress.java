// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.layout.SectionEntry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A transaction is applied whole or not yet, and none is lost where two came at once. Each digit is a parameter. */
@JCStressTest
@Outcome(id = "0, 122", expect = ACCEPTABLE, desc = "Polled before the first.")
@Outcome(id = "110, 122", expect = ACCEPTABLE, desc = "Polled between the two.")
@Outcome(id = "122, 122", expect = ACCEPTABLE, desc = "Polled after both.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Half a transaction, or one was lost.")
@State
public class ParameterChangesStress {
    private final SectionEntry section = Slots.triple(3, 8);
    private final ParameterChangesWriter writer = new ParameterChangesWriter(Slots.MEMORY, section);
    private final ParameterChangesReader reader = new ParameterChangesReader(Slots.MEMORY, section);
    private final float[] values = new float[3];

    /** The writer. */
    @Actor
    public void write() {
        writer.set(0, 1);
        writer.set(1, 1);
        writer.publish();
        writer.set(1, 2);
        writer.set(2, 2);
        writer.publish();
    }

    private int poll() {
        reader.poll((index, value) -> values[index] = value);
        return (int) (100 * values[0] + 10 * values[1] + values[2]);
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
