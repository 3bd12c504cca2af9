// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

import org.agrona.concurrent.AtomicBuffer;

/**
 * What the two sides of a measurement tell each other beside the queue, in words of a line pair each: the same for two threads and for two
 * processes. {@code control} in bench.h.
 */
final class Control {
    /** Of all words, from one to the next. */
    static final int STRIDE = 128;

    /** The words of each sender. */
    static final int PER_SENDER = 4;

    /** Not 0: senders end. */
    static final int STOP = 0;

    /** The first word of the first sender: 1 + how many messages it sent in all, once it has ended. */
    static final int SENT = 1;

    /** How often it found the queue full; counted before SENT is told. */
    static final int REFUSED = 2;

    /** Not 0 once it has found the queue full for the first time. */
    static final int FILLED = 3;

    /** For this many senders. */
    static final int SENDERS = 3;

    /** All words. */
    static final int WORDS = 1 + PER_SENDER * SENDERS;

    private final AtomicBuffer buffer;
    private final int offset;

    /**
     * The words.
     *
     * @param offset bytes to the first
     */
    Control(final AtomicBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
    }

    /** Acquire: pairs with the release of set. */
    long get(final int word) {
        return buffer.getLongAcquire(offset + word * STRIDE);
    }

    void set(final int word, final long value) {
        buffer.putLongRelease(offset + word * STRIDE, value);
    }

    long get(final int word, final int sender) {
        return get(word + sender * PER_SENDER);
    }

    void set(final int word, final int sender, final long value) {
        set(word + sender * PER_SENDER, value);
    }
}
