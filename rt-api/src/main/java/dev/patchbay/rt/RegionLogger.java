// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.layout.StandardRegion.LogLevel;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import org.agrona.concurrent.AtomicBuffer;

/** The log of RT: a record in the ring for each message, stored in place. */
final class RegionLogger implements RtLogger {
    private static final StructType RECORD = StandardStructs.LOG_RECORD;
    private static final int NANOS = RECORD.offset("nanos");
    private static final int LEVEL = RECORD.offset("level");
    private static final int TEXT_LENGTH = RECORD.offset("text_length");
    private static final int ARGUMENT_COUNT = RECORD.offset("argument_count");
    private static final int DOUBLES = RECORD.offset("doubles");
    private static final int ARGUMENTS = RECORD.offset("arguments");
    private static final int TEXT = RECORD.size();

    /** The only type of record in this ring. */
    private static final int TYPE = 1;

    private final RingWriter ring;
    private final AtomicBuffer buffer;

    RegionLogger(final RingWriter ring) {
        this.ring = ring;
        this.buffer = ring.buffer();
    }

    @Override
    public void log(final Level level, final String text) {
        put(level, text, 0, 0, 0, 0);
    }

    @Override
    public void log(final Level level, final String text, final long argument) {
        put(level, text, 1, 0, argument, 0);
    }

    @Override
    public void log(final Level level, final String text, final double argument) {
        put(level, text, 1, 0b01, bits(argument), 0);
    }

    @Override
    public void log(final Level level, final String text, final long first, final long second) {
        put(level, text, 2, 0, first, second);
    }

    @Override
    public void log(final Level level, final String text, final long first, final double second) {
        put(level, text, 2, 0b10, first, bits(second));
    }

    @Override
    public void log(final Level level, final String text, final double first, final long second) {
        put(level, text, 2, 0b01, bits(first), second);
    }

    @Override
    public void log(final Level level, final String text, final double first, final double second) {
        put(level, text, 2, 0b11, bits(first), bits(second));
    }

    @Override
    public long dropped() {
        return ring.dropped();
    }

    private static long bits(final double value) {
        return Double.doubleToRawLongBits(value);
    }

    private void put(
            final Level level,
            final String text,
            final int count,
            final int doubles,
            final long first,
            final long second) {
        final int length = utf8Length(text);
        final int at = ring.tryClaim(TYPE, TEXT + length);
        if (at == RingWriter.FULL) {
            return; // the ring has counted it
        }
        buffer.putLong(at + NANOS, System.nanoTime());
        buffer.putInt(at + LEVEL, code(level));
        buffer.putInt(at + TEXT_LENGTH, length);
        buffer.putInt(at + ARGUMENT_COUNT, count);
        buffer.putInt(at + DOUBLES, doubles);
        buffer.putLong(at + ARGUMENTS, first);
        buffer.putLong(at + ARGUMENTS + Long.BYTES, second);
        putUtf8(text, at + TEXT, length);
        ring.commit(at);
    }

    private static int code(final Level level) {
        return level == Level.ERROR
                ? LogLevel.ERROR
                : level == Level.WARNING ? LogLevel.WARNING : LogLevel.INFO;
    }

    /** The bytes of as many whole characters as there is room for. */
    private static int utf8Length(final String text) {
        int bytes = 0;
        int i = 0;
        while (i < text.length()) {
            final int point = pointAt(text, i);
            if (bytes + utf8Length(point) > MAX_TEXT) {
                break;
            }
            bytes += utf8Length(point);
            i += Character.charCount(point);
        }
        return bytes;
    }

    /** Half a pair of surrogates has no form in UTF-8. */
    private static int pointAt(final String text, final int index) {
        final int point = text.codePointAt(index);
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                ? 0xFFFD
                : point;
    }

    private static int utf8Length(final int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }

    /** String.getBytes would allocate. */
    private void putUtf8(final String text, final int start, final int length) {
        int at = start;
        int i = 0;
        while (at < start + length) {
            final int point = pointAt(text, i);
            i += Character.charCount(point);
            final int bytes = utf8Length(point);
            if (bytes == 1) {
                buffer.putByte(at, (byte) point);
            } else {
                for (int k = bytes - 1; k > 0; k--) {
                    buffer.putByte(at + k, (byte) (0x80 | point >> 6 * (bytes - 1 - k) & 0x3F));
                }
                buffer.putByte(at, (byte) (0xF00 >> bytes & 0xFF | point >> 6 * (bytes - 1)));
            }
            at += bytes;
        }
    }
}
