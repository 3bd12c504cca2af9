// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

import org.jctools.queues.MessagePassingQueue;

/**
 * JCTools' array queues, which pass references: {@code relaxedOffer} and {@code relaxedPoll}, in batches {@code fill} and {@code drain}.
 * The messages come from a pool of twice the capacity: when a message is made again, at least a capacity of later ones has been taken.
 */
final class JcToolsQueue implements Queue {
    private final MessagePassingQueue<Message> queue;

    JcToolsQueue(final MessagePassingQueue<Message> queue) {
        this.queue = queue;
    }

    @Override
    public Sender sender(final int sender) {
        return new Sending(queue, sender);
    }

    @Override
    public Receiver receiver(final Checker checker) {
        final MessagePassingQueue.Consumer<Message> consumer = checker::accept;
        return limit -> {
            if (limit == 1) {
                final Message message = queue.relaxedPoll();
                if (message == null) {
                    return 0;
                }
                checker.accept(message);
                return 1;
            }
            return queue.drain(consumer, limit);
        };
    }

    private static final class Sending implements Sender, MessagePassingQueue.Supplier<Message> {
        private final MessagePassingQueue<Message> queue;
        private final int sender;
        private final Message[] pool;
        private final int mask;
        private long next;

        Sending(final MessagePassingQueue<Message> queue, final int sender) {
            this.queue = queue;
            this.sender = sender;
            this.mask = 2 * queue.capacity() - 1;
            this.pool = new Message[mask + 1];
            for (int i = 0; i <= mask; i++) {
                pool[i] = new Message();
            }
        }

        private Message message(final long number) {
            final Message message = pool[(int) number & mask];
            message.set(sender, number);
            return message;
        }

        @Override
        public boolean send(final long number) {
            return queue.relaxedOffer(message(number));
        }

        @Override
        public int sendBatch(final long number, final int count) {
            next = number;
            return queue.fill(this, count);
        }

        @Override
        public Message get() {
            return message(next++);
        }
    }
}
