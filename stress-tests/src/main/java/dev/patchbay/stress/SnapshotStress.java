// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.IntegerField;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import dev.patchbay.layout.StructType;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A copy is whole or refused, and no reader goes back. The sequence number crosses powers of two. */
public class SnapshotStress {
    private static final int REFUSED = -1;
    private static final int MIXED = 99;

    private SnapshotStress() {}

    private static SectionEntry section() {
        final SectionEntry section = Slots.section(1, 4 * Long.BYTES, 1);
        // Even, as a writer leaves it.
        Slots.MEMORY.putLong(
                (int) section.offset() + Heads.SNAPSHOT.offset("sequence"), Wraps.next(2));
        return section;
    }

    private static void write(final Snapshot writer, final long[] source, final int number) {
        Arrays.fill(source, number);
        writer.write(source);
    }

    private static int read(final Snapshot reader, final long[] target, final int tries) {
        if (!reader.read(target, tries)) {
            return REFUSED;
        }
        for (final long word : target) {
            if (word != target[0]) {
                return MIXED;
            }
        }
        return (int) target[0];
    }

    /** One try while two are written. */
    @JCStressTest
    @ForSection(SectionKind.SNAPSHOT)
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "Read before the first write.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "Read between the two.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Read after both.")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "Refused: the writer interfered.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A mixture was taken for whole.")
    @State
    public static class Once {
        private final SectionEntry section = section();
        private final Snapshot writer = Snapshot.over(Slots.MEMORY, section);
        private final Snapshot reader = Snapshot.over(Slots.MEMORY, section);
        private final long[] source = new long[writer.words()];
        private final long[] target = new long[writer.words()];

        /** The writer. */
        @Actor
        public void write() {
            SnapshotStress.write(writer, source, 1);
            SnapshotStress.write(writer, source, 2);
        }

        /** The reader. */
        @Actor
        public void read(final I_Result r) {
            r.r1 = SnapshotStress.read(reader, target, 1);
        }
    }

    /** Two readers, one after the other, while one is written; a reader with two tries cannot be refused by one write. */
    @JCStressTest
    @ForSection(SectionKind.SNAPSHOT)
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Both before the write.")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "The write came between.")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Both after the write.")
    @Outcome(
            id = "-1, 0, 1",
            expect = FORBIDDEN,
            desc = "The writer interfered with the first, and the second saw nothing of it.")
    @Outcome(id = "-1, 1, 1", expect = ACCEPTABLE, desc = "The first met the writer twice.")
    @Outcome(id = "-1, -1, 1", expect = ACCEPTABLE, desc = "Both met the writer at work.")
    @Outcome(id = "0, -1, 1", expect = ACCEPTABLE, desc = "The second met the writer twice.")
    @Outcome(
            id = ".*",
            expect = FORBIDDEN,
            desc = "A mixture, a step back, or the newest was lost.")
    @State
    public static class Readers {
        private final SectionEntry section = section();
        private final Snapshot writer = Snapshot.over(Slots.MEMORY, section);
        private final Snapshot first = Snapshot.over(Slots.MEMORY, section);
        private final Snapshot second = Snapshot.over(Slots.MEMORY, section);
        private final long[] source = new long[writer.words()];
        private final long[] target = new long[writer.words()];

        /** The writer. */
        @Actor
        public void write() {
            SnapshotStress.write(writer, source, 1);
        }

        /** The readers. */
        @Actor
        public void read(final III_Result r) {
            r.r1 = SnapshotStress.read(first, target, 2);
            r.r2 = SnapshotStress.read(second, target, 2);
        }

        /** A reader, when the writer has ended. */
        @Arbiter
        public void last(final III_Result r) {
            r.r3 = SnapshotStress.read(first, target, 1);
        }
    }

    /** The same through copies of the struct, as programs use it. */
    @JCStressTest
    @ForSection(SectionKind.SNAPSHOT)
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Read before the write.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Read after the write.")
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "Refused: the writer interfered.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A mixture was taken for whole.")
    @State
    public static class Structs {
        private final SectionEntry section = section();
        private final Snapshot writer = Snapshot.over(Slots.MEMORY, section);
        private final Snapshot reader = Snapshot.over(Slots.MEMORY, section);
        private final StructType type =
                StructType.named("words", "")
                        .array(FieldType.INT64, "word", writer.words(), "")
                        .build();
        private final StructCopy source = new StructCopy(type);
        private final StructCopy target = new StructCopy(type);

        /** The writer. */
        @Actor
        public void write() {
            final IntegerField word = source.integer("word");
            word.set(0, 1);
            word.set(word.count() - 1, 1);
            writer.write(source);
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            if (!reader.read(target, 1)) {
                r.r1 = REFUSED;
                r.r2 = REFUSED;
                return;
            }
            final IntegerField word = target.integer("word");
            r.r1 = (int) word.get(0);
            r.r2 = (int) word.get(word.count() - 1);
        }
    }
}
