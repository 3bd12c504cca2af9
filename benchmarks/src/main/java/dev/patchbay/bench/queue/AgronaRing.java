// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Agrona's rings: {@code tryClaim}, the fields in place, {@code commit}; {@code read} with a handler and a limit. They have no batch of
 * writes.
 */
final class AgronaRing implements Queue {
    private static final int TYPE = 1;
    private static final int SAMPLE_OFFSET = 0;
    private static final int KIND = 4;
    private static final int CHANNEL = 6;
    private static final int NOTE_ID = 8;
    private static final int INDEX = 12;
    private static final int VALUE = 16;
    private static final int DETAIL = 24;

    private final RingBuffer ring;

    AgronaRing(final RingBuffer ring) {
        this.ring = ring;
    }

    @Override
    public Sender sender(final int sender) {
        return number -> {
            final int at = ring.tryClaim(TYPE, Message.SIZE);
            if (at < 0) {
                return false;
            }
            final AtomicBuffer buffer = ring.buffer();
            buffer.putInt(at + SAMPLE_OFFSET, Message.sampleOffset(number));
            buffer.putShort(at + KIND, Message.type(number));
            buffer.putShort(at + CHANNEL, (short) sender);
            buffer.putInt(at + NOTE_ID, Message.noteId(number));
            buffer.putInt(at + INDEX, Message.index(number));
            buffer.putDouble(at + VALUE, Message.value(number));
            buffer.putDouble(at + DETAIL, Message.detail(number));
            ring.commit(at);
            return true;
        };
    }

    @Override
    public Receiver receiver(final Checker checker) {
        final MessageHandler handler =
                (type, buffer, at, length) ->
                        checker.accept(
                                buffer.getInt(at + SAMPLE_OFFSET),
                                buffer.getShort(at + KIND),
                                buffer.getShort(at + CHANNEL),
                                buffer.getInt(at + NOTE_ID),
                                buffer.getInt(at + INDEX),
                                buffer.getDouble(at + VALUE),
                                buffer.getDouble(at + DETAIL));
        return limit -> ring.read(handler, limit);
    }
}
