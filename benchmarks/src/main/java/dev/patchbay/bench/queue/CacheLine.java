// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

import org.agrona.concurrent.AtomicBuffer;

/**
 * The least that can carry a message from one processor to another: one cache line with the fields and their number. It holds one message
 * and overwrites it, so it serves a round trip only, where the next is sent after the last has come back.
 */
final class CacheLine implements Queue {
    private static final int SEQUENCE = 0;
    private static final int SAMPLE_OFFSET = 8;
    private static final int TYPE = 12;
    private static final int CHANNEL = 14;
    private static final int NOTE_ID = 16;
    private static final int INDEX = 20;
    private static final int VALUE = 24;
    private static final int DETAIL = 32;

    private final AtomicBuffer line;

    CacheLine(final AtomicBuffer line) {
        this.line = line;
    }

    @Override
    public Sender sender(final int sender) {
        return number -> {
            line.putInt(SAMPLE_OFFSET, Message.sampleOffset(number));
            line.putShort(TYPE, Message.type(number));
            line.putShort(CHANNEL, (short) sender);
            line.putInt(NOTE_ID, Message.noteId(number));
            line.putInt(INDEX, Message.index(number));
            line.putDouble(VALUE, Message.value(number));
            line.putDouble(DETAIL, Message.detail(number));
            line.putLongRelease(SEQUENCE, number + 1);
            return true;
        };
    }

    @Override
    public Receiver receiver(final Checker checker) {
        return limit -> {
            if (line.getLongAcquire(SEQUENCE) == checker.received()) {
                return 0;
            }
            checker.accept(
                    line.getInt(SAMPLE_OFFSET),
                    line.getShort(TYPE),
                    line.getShort(CHANNEL),
                    line.getInt(NOTE_ID),
                    line.getInt(INDEX),
                    line.getDouble(VALUE),
                    line.getDouble(DETAIL));
            return 1;
        };
    }
}
