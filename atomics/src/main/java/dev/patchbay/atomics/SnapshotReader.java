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
    private static final int SEQUENCE = Heads.SNAPSHOT.offset("sequence");

    private final Loads loads;
    private final int head;
    private final int payload;
    private final int words;

    /**
     * A reader.
     *
     * @param head the byte offset of the snapshot's head
     * @param payload the byte offset of its struct
     * @param words the size of the struct in 64-bit words
     */
    SnapshotReader(final Loads loads, final int head, final int payload, final int words) {
        this.loads = loads;
        this.head = head;
        this.payload = payload;
        this.words = words;
    }

    /**
     * {@return the reader of a section}
     *
     * @param loads from the region
     * @param section the directory's entry of a snapshot
     */
    public static SnapshotReader over(final Loads loads, final SectionEntry section) {
        return new SnapshotReader(
                loads,
                (int) section.offset(),
                section.elementOffset(0),
                section.stride() / Long.BYTES);
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
        return read(checked(target).words(), tries);
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
            // Acquire: pairs with the last release of Snapshot.write.
            final long before = loads.int64(head + SEQUENCE);
            if ((before & 1) == 0) {
                for (int i = 0; i < words; i++) {
                    // Acquire: pairs with the release of the word, and keeps the load below after
                    // this one.
                    target[i] = loads.int64(payload + i * Long.BYTES);
                }
                // Opaque: the acquires above keep it behind them.
                if (loads.int64Opaque(head + SEQUENCE) == before) {
                    return true;
                }
            }
        }
        return false;
    }

    StructCopy checked(final StructCopy copy) {
        if (copy.type().size() != words * Long.BYTES) {
            throw new IllegalArgumentException(
                    "The snapshot holds a struct of "
                            + words * Long.BYTES
                            + " bytes, but \""
                            + copy.type().name()
                            + "\" has "
                            + copy.type().size()
                            + ". Make the copy from the section's own struct.");
        }
        return copy;
    }
}
