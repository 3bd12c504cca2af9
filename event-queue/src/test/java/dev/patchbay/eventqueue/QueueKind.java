// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Queues with one producer and with many, over memory of their own: the head at 0, then the slots. */
enum QueueKind {
    SINGLE(Heads.EVENT_QUEUE.size());

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
        return memory;
    }

    private int length(final int capacity) {
        return slots + capacity * EventDescriptor.SIZE;
    }

    /** One side of the queue. */
    SlotQueue queue(final AtomicBuffer memory, final int capacity) {
        return new EventQueue(memory, 0, slots, capacity);
    }
}
