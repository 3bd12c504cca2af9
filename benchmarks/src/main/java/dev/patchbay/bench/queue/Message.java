// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

/**
 * The 32 bytes that every contender moves, as the fields of an event: each follows from the message's number and, the channel, from its
 * sender. {@code bench_fill} and {@code bench_check} in bench.h do the same.
 */
public final class Message {
    /** The bytes. */
    public static final int SIZE = 32;

    /** The frame. */
    public int sampleOffset;

    /** The type. */
    public short type;

    /** The number of the sender. */
    public short channel;

    /** The note. */
    public int noteId;

    /** The index. */
    public int index;

    /** The first number: the message's own. */
    public double value;

    /** The second. */
    public double detail;

    /** Fills all of it. */
    public void set(final int sender, final long number) {
        sampleOffset = sampleOffset(number);
        type = type(number);
        channel = (short) sender;
        noteId = noteId(number);
        index = index(number);
        value = value(number);
        detail = detail(number);
    }

    static int sampleOffset(final long number) {
        return (int) number & Integer.MAX_VALUE;
    }

    static short type(final long number) {
        return (short) (number & 0x7FFF);
    }

    static int noteId(final long number) {
        return (int) (number >>> 16);
    }

    static int index(final long number) {
        return ~(int) number;
    }

    static double value(final long number) {
        return number;
    }

    static double detail(final long number) {
        return number * 0.5;
    }
}
