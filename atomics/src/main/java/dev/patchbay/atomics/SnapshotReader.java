// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.SectionEntry;

/**
 * Reads a {@link Snapshot} with loads alone, as from a {@link dev.patchbay.layout.ReadOnlyRegion}. Any number of readers, in any
 * processes; the writer does not notice them. Lock-free: a try fails only where the writer published meanwhile. Real-time
 * safe.
 */
public final class SnapshotReader {
    static final String WHAT = "The snapshot";

    private static final int SEQUENCE = Heads.SNAPSHOT.offset("sequence");

    private final Loads loads;
    private final int sequence;
    private final SequencedWords struct;

    SnapshotReader(final Loads loads, final int sequence, final SequencedWords struct) {
        this.loads = loads;
        this.sequence = sequence;
        this.struct = struct;
    }

    /**
     * {@return the reader of a section}
     *
     * @param loads from the region
     * @param section the directory's entry of a snapshot
     */
    public static SnapshotReader over(final Loads loads, final SectionEntry section) {
        final int sequence = (int) section.offset() + SEQUENCE;
        return new SnapshotReader(
                loads,
                sequence,
                new SequencedWords(
                        section.elementOffset(0) - sequence, section.stride() / Long.BYTES));
    }

    /**
     * Copies the struct, as one publication of the writer left it. Pairs with {@link Snapshot#write(StructCopy)}: what the
     * writer stored before it is seen too.
     *
     * @param target takes it; holds a mixture where the answer is false
     * @param tries how often to try while the writer interferes
     * @return whether the copy is whole
     * @throws IllegalArgumentException if it is not of this snapshot's size
     */
    public boolean read(final StructCopy target, final int tries) {
        return read(struct.of(target, WHAT), tries);
    }

    /**
     * Copies the struct as words.
     *
     * @param target takes the words; holds a mixture where the answer is false
     * @param tries how often to try while the writer interferes
     * @return whether the copy is whole
     */
    public boolean read(final long[] target, final int tries) {
        for (int t = 0; t < tries; t++) {
            // Pairs with Snapshot.write.
            final long before = SequencedWords.number(loads, sequence);
            if ((before & 1) == 0 && struct.load(loads, sequence, before, target)) {
                return true;
            }
        }
        return false;
    }
}
