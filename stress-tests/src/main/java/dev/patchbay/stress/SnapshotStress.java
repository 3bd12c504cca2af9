// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.Snapshot;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A copy is whole or refused. */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Read before the first write.")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "Read between the two.")
@Outcome(id = "2", expect = ACCEPTABLE, desc = "Read after both.")
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "Refused: the writer interfered.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "A mixture was taken for whole.")
@State
public class SnapshotStress {
    private static final int WORDS = 4;

    private final int slot = Slots.take();
    private final Snapshot writer = new Snapshot(Slots.MEMORY, slot, slot + Long.BYTES, WORDS);
    private final Snapshot reader = new Snapshot(Slots.MEMORY, slot, slot + Long.BYTES, WORDS);
    private final long[] source = new long[WORDS];
    private final long[] target = new long[WORDS];

    /** The writer. */
    @Actor
    public void write() {
        Arrays.fill(source, 1);
        writer.write(source);
        Arrays.fill(source, 2);
        writer.write(source);
    }

    /** The reader. */
    @Actor
    public void read(final I_Result r) {
        if (!reader.read(target, 1)) {
            r.r1 = -1;
            return;
        }
        for (final long word : target) {
            if (word != target[0]) {
                r.r1 = 99;
                return;
            }
        }
        r.r1 = (int) target[0];
    }
}
