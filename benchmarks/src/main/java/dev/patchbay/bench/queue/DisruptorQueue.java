// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;

/**
 * LMAX Disruptor: {@code tryNext}, the event in place, {@code publish}, in batches with a range; taken by an {@code EventPoller}, whose
 * handler says when to stop.
 */
final class DisruptorQueue implements Queue {
    private final RingBuffer<Message> ring;

    DisruptorQueue(final RingBuffer<Message> ring) {
        this.ring = ring;
    }

    @Override
    public Sender sender(final int sender) {
        return new Sending(ring, sender);
    }

    @Override
    public Receiver receiver(final Checker checker) {
        return new Receiving(ring, checker);
    }

    private static final class Sending implements Sender {
        private final RingBuffer<Message> ring;
        private final int sender;

        Sending(final RingBuffer<Message> ring, final int sender) {
            this.ring = ring;
            this.sender = sender;
        }

        @Override
        public boolean send(final long number) {
            return sendBatch(number, 1) == 1;
        }

        @Override
        public int sendBatch(final long number, final int count) {
            final long last;
            try {
                last = ring.tryNext(count);
            } catch (final InsufficientCapacityException e) {
                // One object that is thrown again and again: the Disruptor's way to say full.
                return 0;
            }
            final long first = last - count + 1;
            for (long at = first; at <= last; at++) {
                ring.get(at).set(sender, number + (at - first));
            }
            ring.publish(first, last);
            return count;
        }
    }

    private static final class Receiving implements Receiver {
        private final EventPoller<Message> poller;
        private final EventPoller.Handler<Message> handler;
        private int taken;
        private int most;

        Receiving(final RingBuffer<Message> ring, final Checker checker) {
            poller = ring.newPoller();
            ring.addGatingSequences(poller.getSequence());
            handler =
                    (message, sequence, endOfBatch) -> {
                        checker.accept(message);
                        return ++taken < most;
                    };
        }

        @Override
        public int receive(final int limit) {
            taken = 0;
            most = limit;
            try {
                poller.poll(handler);
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
            return taken;
        }
    }
}
