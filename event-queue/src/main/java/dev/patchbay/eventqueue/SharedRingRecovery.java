// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Frees a ring with many producers from the claim of a dead one, which its reader would wait for for ever. By the consumer's thread.
 *
 * <p>Whose a claim is, its bytes do not tell. So the proof goes by exclusion: every role is either proved dead, or was seen with no
 * claim open after the claim in question was made. What is then still not committed is a dead producer's. Time plays no part:
 * while a live producer holds a claim, nothing is freed, however long that takes.
 *
 * <p>What is promised: a live producer's claim is never freed, as long as every producer uses {@link SharedRingWriter} or its C twin,
 * and no role is given as dead once a successor of it may have started. Producers that use Agrona's own class have no lane: they
 * are not seen as alive, so this must not be used beside them.
 */
public final class SharedRingRecovery {
    private static final int LANES = RingDescriptor.SHARED_HEAD.offset("lanes");

    private final RingMemory memory;
    private final AbandonedClaims abandoned;

    /**
     * Recovery of a ring.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head the byte offset of the ring's head, {@link RingDescriptor#SHARED_HEAD}
     * @param data the byte offset of its data
     * @param capacity the bytes of data, a power of two; the trailer follows
     */
    public SharedRingRecovery(
            final AtomicBuffer buffer, final int head, final int data, final int capacity) {
        this.memory = new RingMemory(buffer, data, capacity);
        this.abandoned =
                new AbandonedClaims(buffer, head + LANES, memory.tailOffset(), memory.head());
    }

    /**
     * {@return recovery of a section of kind {@code SHARED_RING}}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the ring
     */
    public static SharedRingRecovery over(final AtomicBuffer buffer, final SectionEntry section) {
        return new SharedRingRecovery(
                buffer, (int) section.offset(), section.elementOffset(0), section.count());
    }

    /**
     * Makes the claim at the head a padding record, if it is proved to be a dead producer's. Call it again, with the reads, until the
     * ring flows. Real-time safe: it looks at each 8 bytes at most once.
     *
     * @param deadRoles the {@link Role#bit bits} of the roles whose process is proved dead and has no successor yet
     * @return the bytes freed; 0 where nothing is stuck, or a live role may hold the claim; {@link RingReader#CORRUPT} where what
     *     lies at the head is no record
     */
    public int unblock(final int deadRoles) {
        final long at = memory.head();
        if (!RingMemory.isPosition(at)) {
            return RingReader.CORRUPT;
        }
        final int index = memory.index(at);
        if (memory.lengthOpaque(index) > 0) {
            return 0;
        }
        if (!abandoned.isProved(at, deadRoles)) {
            return 0;
        }
        // All of the living that lies before the tail is committed: look once more.
        final int length = memory.lengthOpaque(index);
        return length > 0 ? 0 : pad(at, index, length);
    }

    private int pad(final long at, final int index, final int length) {
        final int toEnd = memory.capacity - index;
        final int claimed = length == 0 ? gap(at, index, toEnd) : RingMemory.align(-length);
        if (claimed < RingMemory.HEADER || claimed > toEnd || !RingMemory.isPosition(claimed)) {
            return RingReader.CORRUPT;
        }
        memory.pad(index, claimed);
        return claimed;
    }

    /**
     * The bytes up to the next record, or to the tail, where the dead producer did not even store the length. What is free is clear,
     * so the first word that is not 0 is a record's length.
     */
    private int gap(final long at, final int index, final int toEnd) {
        final int limit = (int) Math.max(0, Math.min(toEnd, abandoned.tail() - at));
        int bytes = RingDescriptor.ALIGNMENT;
        while (bytes < limit && memory.lengthOpaque(index + bytes) == 0) {
            bytes += RingDescriptor.ALIGNMENT;
        }
        return Math.min(bytes, limit);
    }
}
