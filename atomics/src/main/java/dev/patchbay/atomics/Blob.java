// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Bytes of varying length from one writer to any number of readers. They lie in two slots; the last complete ones are
 * readable while the next are written, and after the writer's death. Not for audio threads: the copy is as long as the bytes.
 */
public final class Blob {
    private static final int PUBLISHED = Heads.BLOB.offset("published");
    private static final int SLOT_SEQUENCE = Heads.BLOB.offset("slot_sequence");
    private static final int SLOT_EPOCH = Heads.BLOB.offset("slot_epoch");
    private static final int SLOT_LENGTH = Heads.BLOB.offset("slot_length");

    private final AtomicBuffer buffer;
    private final int head;
    private final int slots;
    private final int slotStride;
    private final int capacity;

    /**
     * Makes the view of the blob of a section.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the blob
     */
    public Blob(final AtomicBuffer buffer, final SectionEntry section) {
        this.buffer = buffer;
        this.head = (int) section.offset();
        this.slots = section.elementOffset(0);
        this.slotStride = section.copyStride();
        this.capacity = section.count();
    }

    /**
     * What a reader found.
     *
     * @param sequence the number of the publication, from 1
     * @param epoch what the writer gave with the bytes
     * @param bytes a copy of the bytes, the caller's own
     */
    public record Content(long sequence, long epoch, byte[] bytes) {}

    /** {@return the most bytes that one publication can have} */
    public int capacity() {
        return capacity;
    }

    /** {@return the number of the last complete bytes, 0 before the first} Acquire: pairs with the last release of write. */
    public long published() {
        return buffer.getLongAcquire(head + PUBLISHED);
    }

    /**
     * Publishes bytes. By the writer only.
     *
     * @param bytes at most {@link #capacity()} of them
     * @param epoch the epoch that they belong to
     * @throws RegionException if there are too many; the last published ones stay
     */
    public void write(final byte[] bytes, final long epoch) {
        if (bytes.length > capacity) {
            throw new RegionException(
                    "The state has "
                            + bytes.length
                            + " bytes, but the region has room for "
                            + capacity
                            + "; the last state stays published.");
        }
        final long next = buffer.getLong(head + PUBLISHED) + 1;
        final int slot = (int) (next & 1);
        // Release: a reader that finds the 0 knows of the publication before it and tries that one.
        buffer.putLongRelease(head + SLOT_SEQUENCE + slot * Long.BYTES, 0);
        // Release on each: a reader that sees any of them also sees the slot's 0.
        buffer.putLongRelease(head + SLOT_EPOCH + slot * Long.BYTES, epoch);
        buffer.putLongRelease(head + SLOT_LENGTH + slot * Long.BYTES, bytes.length);
        final int at = slots + slot * slotStride;
        for (int i = 0; i < bytes.length; i += Long.BYTES) {
            buffer.putLongRelease(at + i, word(bytes, i));
        }
        // Release: a reader that finds it in the place of an older one knows of the publication
        // between.
        buffer.putLongRelease(head + SLOT_SEQUENCE + slot * Long.BYTES, next);
        // Release: pairs with the acquire of published().
        buffer.putLongRelease(head + PUBLISHED, next);
    }

    /**
     * Copies the last complete bytes.
     *
     * @return the bytes, or null where none were ever published, or the writer published twice during each of a thousand
     *     copies
     */
    public Content read() {
        for (int tries = 0; tries < 1000; tries++) {
            final long sequence = published();
            if (sequence == 0) {
                return null;
            }
            final int slot = (int) (sequence & 1);
            final long epoch = buffer.getLongAcquire(head + SLOT_EPOCH + slot * Long.BYTES);
            final long length = buffer.getLongAcquire(head + SLOT_LENGTH + slot * Long.BYTES);
            if (length < 0 || length > capacity) {
                continue;
            }
            final byte[] bytes = new byte[(int) length];
            final int at = slots + slot * slotStride;
            for (int i = 0; i < bytes.length; i += Long.BYTES) {
                // Acquire: keeps the load of the slot's number below after this one.
                unpack(buffer.getLongAcquire(at + i), bytes, i);
            }
            // Acquire: who finds another number than the one published knows of a newer
            // publication, so
            // the next try does not load the same old one again.
            if (buffer.getLongAcquire(head + SLOT_SEQUENCE + slot * Long.BYTES) == sequence) {
                return new Content(sequence, epoch, bytes);
            }
        }
        return null;
    }

    private static long word(final byte[] bytes, final int from) {
        long word = 0;
        for (int i = Math.min(Long.BYTES, bytes.length - from) - 1; i >= 0; i--) {
            word = word << Byte.SIZE | bytes[from + i] & 0xFF;
        }
        return word;
    }

    private static void unpack(final long word, final byte[] bytes, final int to) {
        for (int i = 0; i < Long.BYTES && to + i < bytes.length; i++) {
            bytes[to + i] = (byte) (word >>> i * Byte.SIZE);
        }
    }
}
