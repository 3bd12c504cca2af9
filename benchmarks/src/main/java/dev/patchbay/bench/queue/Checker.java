// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

/** Looks at every byte of every message that arrives, and at their order: each sender's messages have the numbers 0, 1, 2 and so on. */
public final class Checker {
    private final long[] next;
    private long received;
    private long sum;
    private long faults;

    /** For so many senders. */
    public Checker(final int senders) {
        next = new long[senders];
    }

    /** Takes the fields of one message. */
    public void accept(
            final int sampleOffset,
            final short type,
            final short channel,
            final int noteId,
            final int index,
            final double value,
            final double detail) {
        if (channel < 0 || channel >= next.length) {
            faults++;
            return;
        }
        final long expected = next[channel]++;
        final long wrong =
                (sampleOffset ^ Message.sampleOffset(expected))
                        | (type ^ Message.type(expected))
                        | (noteId ^ Message.noteId(expected))
                        | (index ^ Message.index(expected));
        if (wrong != 0 || value != Message.value(expected) || detail != Message.detail(expected)) {
            faults++;
        }
        received++;
        sum += (long) value;
    }

    /** Takes a message. */
    public void accept(final Message message) {
        accept(
                message.sampleOffset,
                message.type,
                message.channel,
                message.noteId,
                message.index,
                message.value,
                message.detail);
    }

    /** {@return how many were taken} */
    public long received() {
        return received;
    }

    /** {@return the sum of their numbers} */
    public long sum() {
        return sum;
    }

    /** {@return how many were not what they should be} */
    public long faults() {
        return faults;
    }
}
