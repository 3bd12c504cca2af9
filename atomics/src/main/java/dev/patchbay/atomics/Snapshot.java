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
    private final int head;
    private final int payload;
    private final int words;
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
        this.head = head;
        this.payload = payload;
        this.words = words;
        this.reader = new SnapshotReader(Loads.over(buffer), head, payload, words);
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
        return words;
    }

    /**
     * Publishes the words. By the writer only.
     *
     * @param source the struct as 64-bit words, at least {@link #words()} of them
     */
    public void write(final long[] source) {
        // A writer that died in the middle left an odd number; its successor starts from there.
        final long odd = buffer.getLong(head + SEQUENCE) | 1;
        // Opaque: the release of each word below publishes it.
        buffer.putLongOpaque(head + SEQUENCE, odd);
        for (int i = 0; i < words; i++) {
            // Release: a reader that sees this word also sees the odd number.
            buffer.putLongRelease(payload + i * Long.BYTES, source[i]);
        }
        // Release: pairs with the first acquire of SnapshotReader.read.
        buffer.putLongRelease(head + SEQUENCE, odd + 1);
    }

    /**
     * Publishes a struct. By the writer only.
     *
     * @param source a copy made from the section's own struct
     * @throws IllegalArgumentException if it is not of this snapshot's size
     */
    public void write(final StructCopy source) {
        write(reader.checked(source).words());
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
