// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** RT's log as text: the level's number, a space, the message with its arguments. */
final class LogLines {
    private static final StructType RECORD = StandardStructs.LOG_RECORD;

    private LogLines() {}

    /** Takes all messages out of a ring. */
    static List<String> read(final RingReader reader) {
        final List<String> lines = new ArrayList<>();
        // One call does not cross the end of the data.
        while (reader.read((type, b, at, length) -> lines.add(line(b, at)), 1 << 20) > 0) {}
        return lines;
    }

    private static String line(final DirectBuffer b, final int at) {
        final byte[] text = new byte[b.getInt(at + RECORD.offset("text_length"))];
        b.getBytes(at + RECORD.size(), text);
        String line = new String(text, StandardCharsets.UTF_8);
        for (int i = 0; i < b.getInt(at + RECORD.offset("argument_count")); i++) {
            final long bits = b.getLong(at + RECORD.offset("arguments") + i * Long.BYTES);
            final boolean isDouble = (b.getInt(at + RECORD.offset("doubles")) >> i & 1) != 0;
            final String value =
                    isDouble ? Double.toString(Double.longBitsToDouble(bits)) : Long.toString(bits);
            line = line.replaceFirst("\\{}", value);
        }
        return b.getInt(at + RECORD.offset("level")) + " " + line;
    }
}
