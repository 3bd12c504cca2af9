// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import dev.patchbay.eventqueue.RecordWriter;
import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.layout.RingDescriptor;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages for the tests of both kinds of ring: the type is a digit, and the payload its negative in 8 bytes. */
final class RingMessages {
    /** What is read instead of digits where a message is not whole or what lies in the ring is none. */
    static final int TORN = -1;

    private static final int LENGTH = 8;

    private RingMessages() {}

    /** Lets a ring's positions start here. */
    static void start(final int trailer, final long position) {
        for (final String field : new String[] {"tail", "head_cache", "head"}) {
            Slots.MEMORY.putLong(trailer + RingDescriptor.TRAILER.offset(field), position);
        }
    }

    /** Sends a message: 1, or 0 where it was refused. */
    static int write(final RecordWriter producer, final int digit) {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[LENGTH]);
        payload.putLong(0, -digit);
        return producer.write(digit, payload, 0, LENGTH) ? 1 : 0;
    }

    /** Claims and fills a message: where to commit it. */
    static int claim(final RecordWriter producer, final int digit) {
        final int at = producer.tryClaim(digit, LENGTH);
        if (at >= 0) {
            Slots.MEMORY.putLong(at, -digit);
        }
        return at;
    }

    /** Reads once: the digits. */
    static int read(final RingReader consumer) {
        final int[] digits = {0};
        final int read =
                consumer.read(
                        (type, buffer, at, length) ->
                                digits[0] = appended(digits[0], type, buffer.getLong(at), length),
                        Integer.MAX_VALUE);
        return read == RingReader.CORRUPT ? TORN : digits[0];
    }

    /** Reads once, and gives each message back before the next is looked at: the digits. */
    static int controlledRead(final RingReader consumer) {
        final int[] digits = {0};
        final int read =
                consumer.controlledRead(
                        (type, buffer, at, length) -> {
                            digits[0] = appended(digits[0], type, buffer.getLong(at), length);
                            return Action.COMMIT;
                        },
                        Integer.MAX_VALUE);
        return read == RingReader.CORRUPT ? TORN : digits[0];
    }

    /** Reads all that there is, also beyond the end of the data. */
    static int rest(final RingReader consumer) {
        int digits = 0;
        for (int calls = 0; calls < 3; calls++) {
            for (final char digit : Integer.toString(read(consumer)).toCharArray()) {
                if (digit == '-') {
                    return TORN;
                }
                digits = digit == '0' ? digits : digits * 10 + digit - '0';
            }
        }
        return digits;
    }

    private static int appended(
            final int digits, final int type, final long payload, final int length) {
        return digits == TORN || length != LENGTH || payload != -type ? TORN : digits * 10 + type;
    }
}
