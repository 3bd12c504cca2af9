// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

import dev.patchbay.eventqueue.EventHandler;
import dev.patchbay.eventqueue.SlotQueue;
import dev.patchbay.layout.EventDescriptor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;
import org.agrona.concurrent.UnsafeBuffer;

/** Patchbay's queues of events: {@code offer}, {@code offerBatch}, and {@code poll}, which hands out the slots in place. */
final class PatchbayQueue implements Queue {
    private final IntFunction<SlotQueue> sides;
    private final int receiving;

    /**
     * A queue.
     *
     * @param sides makes the side of a role by its code
     * @param receiving the code of the receiver
     */
    PatchbayQueue(final IntFunction<SlotQueue> sides, final int receiving) {
        this.sides = sides;
        this.receiving = receiving;
    }

    @Override
    public Sender sender(final int number) {
        return new Sending(sides.apply(number), number);
    }

    @Override
    public Receiver receiver(final Checker checker) {
        final SlotQueue queue = sides.apply(receiving);
        final EventHandler handler =
                event ->
                        checker.accept(
                                event.sampleOffset(),
                                (short) event.type(),
                                (short) event.channel(),
                                event.noteId(),
                                event.index(),
                                event.value(),
                                event.detail());
        return limit -> queue.poll(handler, limit);
    }

    private static final class Sending implements Sender {
        private static final int SLOTS = 256;

        private final SlotQueue queue;
        private final int channel;
        private final UnsafeBuffer batch =
                new UnsafeBuffer(
                        ByteBuffer.allocateDirect(SLOTS * EventDescriptor.SIZE)
                                .order(ByteOrder.nativeOrder()));

        Sending(final SlotQueue queue, final int channel) {
            this.queue = queue;
            this.channel = channel;
        }

        @Override
        public boolean send(final long number) {
            return queue.offer(
                    Message.type(number),
                    Message.sampleOffset(number),
                    channel,
                    Message.noteId(number),
                    Message.index(number),
                    Message.value(number),
                    Message.detail(number));
        }

        @Override
        public int sendBatch(final long number, final int count) {
            final int most = Math.min(count, SLOTS);
            for (int i = 0; i < most; i++) {
                dev.patchbay.eventqueue.Event.store(
                        batch,
                        i * EventDescriptor.SIZE,
                        Message.type(number + i),
                        Message.sampleOffset(number + i),
                        channel,
                        Message.noteId(number + i),
                        Message.index(number + i),
                        Message.value(number + i),
                        Message.detail(number + i));
            }
            return queue.offerBatch(batch, 0, most);
        }
    }
}
