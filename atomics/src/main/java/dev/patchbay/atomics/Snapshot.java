// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A struct that is read whole: a sequence lock with one writer and any number of readers, who need a read-only mapping only
 * and then use a {@link SnapshotReader}. The payload's words are stored with release and loaded with acquire, so no plain
 * access races. Writing is wait-free. Real-time safe.
 */
public final class Snapshot {
    private static final int SEQUENCE = Heads.SNAPSHOT.offset("sequence");

    private final AtomicBuffer buffer;
    private final int sequence;
    private final SequencedWords struct;
    private final SnapshotReader reader;

    /**
     * A snapshot.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head the byte offset of its head
     * @param payload the byte offset of its struct
     * @param words the size of the struct in 64-bit words
     */
    public Snapshot(final AtomicBuffer buffer, final int head, final int payload, final int words) {
        this.buffer = buffer;
        this.sequence = head + SEQUENCE;
        this.struct = new SequencedWords(payload - sequence, words);
        this.reader = new SnapshotReader(Loads.over(buffer), sequence, struct);
    }

    /**
     * {@return the snapshot of a section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a snapshot
     */
    public static Snapshot over(final AtomicBuffer buffer, final SectionEntry section) {
        return new Snapshot(
                buffer,
                (int) section.offset(),
                section.elementOffset(0),
                section.stride() / Long.BYTES);
    }

    /** {@return the size of the struct in 64-bit words} */
    public int words() {
        return struct.words();
    }

    /**
     * Publishes the words. By the writer only.
     *
     * @param source the struct as 64-bit words, at least {@link #words()} of them
     */
    public void write(final long[] source) {
        // A writer that died in the middle left an odd number; its successor starts from there.
        final long odd = buffer.getLong(sequence) | 1;
        // Pairs with SnapshotReader.read.
        struct.store(buffer, sequence, odd, source);
    }

    /**
     * Publishes a struct. By the writer only.
     *
     * @param source a copy made from the section's own struct
     * @throws IllegalArgumentException if it is not of this snapshot's size
     */
    public void write(final StructCopy source) {
        write(struct.of(source, SnapshotReader.WHAT));
    }

    /**
     * Copies the struct, as {@link SnapshotReader#read(StructCopy, int)}.
     *
     * @param target takes it; holds a mixture where the answer is false
     * @param tries how often to try while the writer interferes
     * @return whether the copy is whole
     * @throws IllegalArgumentException if it is not of this snapshot's size
     */
    public boolean read(final StructCopy target, final int tries) {
        return reader.read(target, tries);
    }

    /**
     * Copies the words, as {@link SnapshotReader#read(long[], int)}.
     *
     * @param target takes the words; holds a mixture where the answer is false
     * @param tries how often to try while the writer interferes
     * @return whether the copy is whole
     */
    public boolean read(final long[] target, final int tries) {
        return reader.read(target, tries);
    }
}
