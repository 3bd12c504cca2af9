// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.MeterDescriptor;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Any number of meters: the first and the last are of the same windows, and each window comes once. */
@JCStressTest
@ForSection(SectionKind.METERS)
@Outcome(id = "0, 0, 3", expect = ACCEPTABLE, desc = "Looked before the first window.")
@Outcome(id = "2, 2, 3", expect = ACCEPTABLE, desc = "Looked between the two.")
@Outcome(id = "3, 3, 0", expect = ACCEPTABLE, desc = "Looked after both.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled, or of one meter alone.")
@State
public class SectionMetersStress {
    /** So slow a rate that each frame is a window. */
    private static final double RATE = 1;

    private final SectionEntry section = section();
    private final MeterWriter writer = MeterWriter.over(Slots.MEMORY, section, RATE);
    private final MeterReader reader = MeterReader.over(Loads.over(Slots.MEMORY), section);
    private final int last = section.count() - 1;

    private static SectionEntry section() {
        final SectionEntry section = Slots.section(1, MeterDescriptor.METER.size(), 1);
        Slots.MEMORY.putLong(
                (int) section.offset() + MeterDescriptor.HEAD.offset("newest"), Wraps.next(1));
        return section;
    }

    private void close(final float peak) {
        for (int meter = 0; meter <= last; meter++) {
            writer.setLevel(meter, peak);
        }
        writer.advance(1);
    }

    /** The writer. */
    @Actor
    public void write() {
        close(2);
        close(3);
    }

    /** The reader. */
    @Actor
    public void read(final III_Result r) {
        reader.poll();
        r.r1 = (int) reader.peak(0);
        r.r2 = (int) reader.peak(last);
    }

    /** Takes the rest. */
    @Arbiter
    public void rest(final III_Result r) {
        reader.poll();
        r.r3 = (int) reader.peak(last);
    }
}
