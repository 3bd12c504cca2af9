// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.Blob;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The bytes read are those of one write, with its length and epoch, also where their slot is written again meanwhile. */
public class BlobStress {
    /** No longer than this, whatever the declared blob holds: longer ones meet less often. */
    private static final int LONGEST = 512;

    private BlobStress() {}

    /** A blob whose next publications cross a power of two. */
    abstract static class Shared {
        private final SectionEntry section = Slots.section(40, 1, 2);
        private final long before = Wraps.next(2);
        private final int unit = Math.min(LONGEST, section.count()) / 4;

        /** A side of its own: both know only the memory. */
        final Blob side() {
            return new Blob(Slots.MEMORY, section);
        }

        final void start() {
            Slots.MEMORY.putLong((int) section.offset() + Heads.BLOB.offset("published"), before);
        }

        final void publish(final Blob writer, final int number) {
            final byte[] bytes = new byte[unit * (number + 1)];
            Arrays.fill(bytes, (byte) number);
            writer.write(bytes, number);
        }

        /** The number of the publication read, or what is wrong with it, negative. */
        final int read(final Blob reader) {
            final Blob.Content found = reader.read();
            if (found == null) {
                return -1;
            }
            final int number = (int) (found.sequence() - before);
            if (found.epoch() != number || found.bytes().length != unit * (number + 1)) {
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

    /** One look while two more are published. */
    @JCStressTest
    @ForSection(SectionKind.BLOB)
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "Read before the second write.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Read between the writes.")
    @Outcome(id = "3", expect = ACCEPTABLE, desc = "Read after the third, in the first one's slot.")
    @Outcome(
            id = ".*",
            expect = FORBIDDEN,
            desc = "A mixture, or nothing although there was always one.")
    @State
    public static class Once extends Shared {
        private final Blob writer = side();
        private final Blob reader = side();

        /** Publishes the first. */
        public Once() {
            start();
            publish(writer, 1);
        }

        /** The writer. */
        @Actor
        public void write() {
            publish(writer, 2);
            publish(writer, 3);
        }

        /** The reader. */
        @Actor
        public void read(final I_Result r) {
            r.r1 = read(reader);
        }
    }

    /** Two readers, one after the other, while one more is published. */
    @JCStressTest
    @ForSection(SectionKind.BLOB)
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "Both before the write.")
    @Outcome(id = "1, 2, 2", expect = ACCEPTABLE, desc = "The write came between.")
    @Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "Both after the write.")
    @Outcome(
            id = ".*",
            expect = FORBIDDEN,
            desc = "A mixture, a step back, or the newest was lost.")
    @State
    public static class Readers extends Shared {
        private final Blob writer = side();
        private final Blob first = side();
        private final Blob second = side();

        /** Publishes the first. */
        public Readers() {
            start();
            publish(writer, 1);
        }

        /** The writer. */
        @Actor
        public void write() {
            publish(writer, 2);
        }

        /** The readers. */
        @Actor
        public void read(final III_Result r) {
            r.r1 = read(first);
            r.r2 = read(second);
        }

        /** A reader, when the writer has ended. */
        @Arbiter
        public void last(final III_Result r) {
            r.r3 = read(first);
        }
    }
}
