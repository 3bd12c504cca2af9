// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.Blob;
import dev.patchbay.layout.SectionEntry;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The bytes read are those of one write, with its length and epoch, also where their slot is written again meanwhile. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "Read before the second write.")
@Outcome(id = "2", expect = ACCEPTABLE, desc = "Read between the writes.")
@Outcome(id = "3", expect = ACCEPTABLE, desc = "Read after the third, in the first one's slot.")
@Outcome(
        id = ".*",
        expect = FORBIDDEN,
        desc = "A mixture, or nothing although there was always one.")
@State
public class BlobStress {
    private final SectionEntry section = Slots.section(40, 1, 2);
    private final Blob writer = new Blob(Slots.MEMORY, section);
    private final Blob reader = new Blob(Slots.MEMORY, section);

    /** Publishes the first. */
    public BlobStress() {
        publish(1);
    }

    private void publish(final int number) {
        final byte[] bytes = new byte[10 + 9 * number];
        Arrays.fill(bytes, (byte) number);
        writer.write(bytes, number);
    }

    /** The writer. */
    @Actor
    public void write() {
        publish(2);
        publish(3);
    }

    /** The reader. */
    @Actor
    public void read(final I_Result r) {
        final Blob.Content found = reader.read();
        r.r1 = found == null ? -1 : number(found);
    }

    private static int number(final Blob.Content found) {
        final int number = (int) found.sequence();
        if (found.epoch() != number || found.bytes().length != 10 + 9 * number) {
            return -2;
        }
        for (final byte b : found.bytes()) {
            if (b != number) {
                return -3;
            }
        }
        return number;
    }
}
