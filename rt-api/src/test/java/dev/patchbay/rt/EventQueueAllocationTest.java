// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.patchbay.eventqueue.EventHandler;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.SharedEventQueue;
import dev.patchbay.eventqueue.SlotQueue;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EventQueueAllocationTest {
    private static final int CAPACITY = 16;

    private static UnsafeBuffer memory(final int head) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(head + CAPACITY * EventDescriptor.SIZE));
    }

    @Test
    void noOperationOfAQueueAllocates() {
        final int slots = Heads.EVENT_QUEUE.size();
        final UnsafeBuffer memory = memory(slots);
        allocatesNothing(
                new EventQueue(memory, 0, slots, CAPACITY),
                new EventQueue(memory, 0, slots, CAPACITY));
    }

    @Test
    void noOperationOfASharedQueueAllocates() {
        final int slots = Heads.SHARED_EVENT_QUEUE.size();
        final UnsafeBuffer memory = memory(slots + CAPACITY * Heads.COMMIT_WORD);
        final SharedEventQueue consumer = new SharedEventQueue(memory, 0, slots, CAPACITY, Role.RT);
        allocatesNothing(new SharedEventQueue(memory, 0, slots, CAPACITY, Role.CONTROL), consumer);
        assertEquals(0, consumer.dropped());
        assertEquals(0, consumer.unblock(0));
    }

    private static void allocatesNothing(final SlotQueue producer, final SlotQueue consumer) {
        final UnsafeBuffer batch = new UnsafeBuffer(new byte[5 * EventDescriptor.SIZE]);
        final int[] events = {0};
        final EventHandler count = event -> events[0]++;
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                producer.abort(producer.tryClaim());
                producer.commit(producer.tryClaim());
                producer.offer(EventType.NOTE_ON, 2, 0, -1, 60, i, 0);
                producer.offerBatch(batch, 0, 5);
                consumer.poll(count, 1);
                consumer.pollBefore(count, 1, CAPACITY);
                if (consumer.peekFirst() != null) {
                    consumer.removeFirst();
                }
                consumer.poll(count, CAPACITY);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(20 * 1000 * 6, events[0]);
        assertEquals(0, least);
    }
}
