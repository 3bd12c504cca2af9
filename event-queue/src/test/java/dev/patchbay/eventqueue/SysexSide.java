// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.RingDescriptor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A queue of events and a ring for their messages, one behind the other, with both sides. */
final class SysexSide {
    static final int SLOTS_AT = Heads.EVENT_QUEUE.size();

    final AtomicBuffer buffer;
    final int slots;
    final int capacity;
    EventQueue producer;
    RingWriter ring;
    SysexWriter writer;
    EventQueue consumer;
    SysexReader reader;
    private final byte[] scratch;

    /** Both sides over memory of zeros, or over what others have left there. */
    SysexSide(final AtomicBuffer buffer, final int slots, final int capacity) {
        this.buffer = buffer;
        this.slots = slots;
        this.capacity = capacity;
        this.scratch = new byte[capacity];
        newProducer(buffer);
        newConsumer(buffer);
    }

    static AtomicBuffer memory(final int slots, final int capacity) {
        return new UnsafeBuffer(
                ByteBuffer.allocateDirect(length(slots, capacity)).order(ByteOrder.nativeOrder()));
    }

    static int length(final int slots, final int capacity) {
        return ringAt(slots)
                + RingDescriptor.HEAD.size()
                + capacity
                + RingDescriptor.TRAILER.size();
    }

    static int ringAt(final int slots) {
        return SLOTS_AT + slots * EventDescriptor.SIZE;
    }

    private int data() {
        return ringAt(slots) + RingDescriptor.HEAD.size();
    }

    /** A producer takes the place of the one before, which is dead. */
    void newProducer(final AtomicBuffer seen) {
        producer = new EventQueue(seen, 0, SLOTS_AT, slots);
        ring = new RingWriter(seen, ringAt(slots), data(), capacity);
        ring.takeOver();
        writer = new SysexWriter(producer, ring);
    }

    /** A consumer takes the place of the one before, which is dead. */
    void newConsumer(final AtomicBuffer seen) {
        consumer = new EventQueue(seen, 0, SLOTS_AT, slots);
        reader = new SysexReader(seen, data(), capacity);
    }

    /** The bytes that message n has: its length and content follow from n. */
    static byte[] message(final int n, final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (n + i * 7);
        }
        return bytes;
    }

    /** Sends message n. */
    int send(final int n, final int length) {
        return writer.offer(n, new UnsafeBuffer(message(n, Math.max(0, length))), 0, length);
    }

    /** Takes one event: its frame with the length of its message, if that is whole; no event is "-". */
    String take() {
        final long head = consumer.head();
        if (head == consumer.tail()) {
            return "-";
        }
        final String found = look(consumer.peek(head));
        consumer.advance(head + 1);
        reader.release();
        return found;
    }

    /** What an event is, without giving it back. */
    String look(final Event event) {
        final int n = event.sampleOffset();
        if (event.type() != EventType.SYSEX) {
            return "event " + n;
        }
        if (!reader.take(event)) {
            return "none " + n;
        }
        final int length = event.copyPayload(0, scratch, 0, scratch.length);
        return (Arrays.equals(Arrays.copyOf(scratch, length), message(n, length))
                                && length == event.sysexLength()
                                && length == event.payloadLength()
                        ? "message "
                        : "torn ")
                + n
                + " of "
                + length;
    }

    /** Sets both positions of the ring, and where the queue is, before anybody uses them. */
    void startAt(final long ringPosition, final long queuePosition) {
        final int trailer = data() + capacity;
        buffer.putLong(trailer + RingDescriptor.TRAILER.offset("tail"), ringPosition);
        buffer.putLong(trailer + RingDescriptor.TRAILER.offset("head"), ringPosition);
        buffer.putLong(trailer + RingDescriptor.TRAILER.offset("head_cache"), ringPosition);
        buffer.putLong(Heads.EVENT_QUEUE.offset("tail"), queuePosition);
        buffer.putLong(Heads.EVENT_QUEUE.offset("head"), queuePosition);
        newProducer(buffer);
        newConsumer(buffer);
    }
}
