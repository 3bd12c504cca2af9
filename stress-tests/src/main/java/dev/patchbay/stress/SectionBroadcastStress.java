// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.BroadcastReader;
import dev.patchbay.atomics.BroadcastWriter;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Broadcasts of any capacity and length of message: what arrives is whole and the oldest that there is. */
@JCStressTest
@ForSection(SectionKind.BROADCAST)
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Read before the first.")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "The first was there, and not yet overwritten.")
@Outcome(
        id = "2",
        expect = ACCEPTABLE,
        desc = "In one slot: the first was overwritten before the look.")
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "Overtaken: told that some were lost.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn or out of order.")
@State
public class SectionBroadcastStress {
    private final SectionEntry section = section();
    private final BroadcastWriter writer = BroadcastWriter.over(Slots.MEMORY, section);
    private final BroadcastReader reader = BroadcastReader.over(Loads.over(Slots.MEMORY), section);
    private final int words = (section.stride() - Heads.BROADCAST_SLOT.size()) / Long.BYTES;
    private final long[] source = new long[words];
    private final long[] target = new long[words];

    private static SectionEntry section() {
        final SectionEntry section =
                Slots.section(2, Heads.BROADCAST_SLOT.size() + 2 * Long.BYTES, 1);
        Slots.MEMORY.putLong((int) section.offset(), Wraps.next(1));
        return section;
    }

    /** The writer. */
    @Actor
    public void write() {
        for (int n = 1; n <= 2; n++) {
            Arrays.fill(source, n);
            writer.write(source);
        }
    }

    /** The reader. */
    @Actor
    public void read(final I_Result r) {
        final BroadcastReader.Result result = reader.read(target);
        if (result == BroadcastReader.Result.OVERRUN) {
            r.r1 = -1;
        } else if (result != BroadcastReader.Result.NOTHING) {
            r.r1 = (int) target[0];
            for (final long word : target) {
                r.r1 = word == target[0] ? r.r1 : 99;
            }
        }
    }
}
