// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * One role's side of a ring with many producers, lock-free: the bytes of Agrona's {@code ManyToOneRingBuffer}. Any thread of
 * the role's process may use it. The role's lane, in the section's head, counts the claims that the role may hold; by it
 * {@link SharedRingRecovery} tells a dead producer's claim from a live one's.
 */
public final class SharedRingWriter extends RecordWriter {
    private static final int LANES = RingDescriptor.SHARED_HEAD.offset("lanes");

    private final Lane lane;

    /**
     * A producer.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head the byte offset of the ring's head, {@link RingDescriptor#SHARED_HEAD}
     * @param data the byte offset of its data
     * @param capacity the bytes of data, a power of two; the trailer follows
     * @param role whose process this is
     */
    public SharedRingWriter(
            final AtomicBuffer buffer,
            final int head,
            final int data,
            final int capacity,
            final Role role) {
        super(new RingMemory(buffer, data, capacity));
        this.lane = new Lane(buffer, head + LANES, role.code());
    }

    /**
     * {@return the producer of a role in a section of kind {@code SHARED_RING}}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the ring
     * @param role whose process this is; one of the roles that write the section
     */
    public static SharedRingWriter over(
            final AtomicBuffer buffer, final SectionEntry section, final Role role) {
        return new SharedRingWriter(
                buffer, (int) section.offset(), section.elementOffset(0), section.count(), role);
    }

    /**
     * Starts the role's lane anew: a predecessor may have died with claims open. To be called once by each process that takes the
     * role, before its first message, when the predecessor is proved dead.
     */
    public void takeOver() {
        lane.takeOver();
    }

    @Override
    public long dropped() {
        return lane.dropped();
    }

    @Override
    int claim(final int bytes) {
        long head = memory.headCacheAcquire();
        while (true) {
            final long tail = memory.tail();
            if (!RingMemory.isPosition(tail)) {
                return FULL;
            }
            if (bytes > memory.available(tail, head)) {
                head = memory.headAcquire();
                if (bytes > memory.available(tail, head)) {
                    return FULL;
                }
                memory.headCacheRelease(head);
            }
            final int index = memory.index(tail);
            final int toEnd = memory.capacity - index;
            if (bytes <= toEnd) {
                if (memory.casTail(tail, tail + bytes)) {
                    return index;
                }
                continue;
            }
            // Pads to the end of the data and claims at their front, or only pads.
            boolean fits = bytes <= memory.index(head);
            if (!fits) {
                head = memory.headAcquire();
                fits = bytes <= memory.index(head);
                memory.headCacheRelease(head);
            }
            if (memory.casTail(tail, tail + toEnd + (fits ? bytes : 0))) {
                memory.pad(index, toEnd);
                return fits ? 0 : FULL;
            }
        }
    }

    @Override
    void open() {
        lane.open();
    }

    @Override
    void leave() {
        lane.leave();
    }

    @Override
    void drop() {
        lane.drop(1);
    }
}
