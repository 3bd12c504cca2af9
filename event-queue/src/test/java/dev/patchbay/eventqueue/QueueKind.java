// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Queues with one producer and with many, over memory of their own: the head at 0, then the slots. */
enum QueueKind {
    SINGLE(Heads.EVENT_QUEUE.size()),
    SHARED(Heads.SHARED_EVENT_QUEUE.size());

    static final int TAIL_AT = Heads.EVENT_QUEUE.offset("tail");
    static final int HEAD_AT = Heads.EVENT_QUEUE.offset("head");

    /** Where the slots begin. */
    final int slots;

    QueueKind(final int slots) {
        this.slots = slots;
    }

    /** Memory of an empty queue whose first position is this one. */
    AtomicBuffer memory(final int capacity, final long start) {
        final AtomicBuffer memory =
                new UnsafeBuffer(
                        ByteBuffer.allocateDirect(length(capacity)).order(ByteOrder.nativeOrder()));
        memory.putLong(TAIL_AT, start);
        memory.putLong(HEAD_AT, start);
        if (this == SHARED) {
            // As the lap before left them.
            for (long position = start - capacity; position != start; position++) {
                memory.putLong(commitOf(position, capacity), position + 1);
            }
        }
        return memory;
    }

    /** Where the commit word of a position lies. */
    int commitOf(final long position, final int capacity) {
        return slots
                + capacity * EventDescriptor.SIZE
                + (int) (position & capacity - 1) * Heads.COMMIT_WORD;
    }

    private int length(final int capacity) {
        final int commits = this == SHARED ? capacity * Heads.COMMIT_WORD : 0;
        return slots + capacity * EventDescriptor.SIZE + commits;
    }

    /** One side of the queue. */
    SlotQueue queue(final AtomicBuffer memory, final int capacity) {
        return this == SINGLE
                ? new EventQueue(memory, 0, slots, capacity)
                : shared(memory, capacity, Role.CONTROL);
    }

    static SharedEventQueue shared(final AtomicBuffer memory, final int capacity, final Role role) {
        return new SharedEventQueue(memory, 0, SHARED.slots, capacity, role);
    }
}
