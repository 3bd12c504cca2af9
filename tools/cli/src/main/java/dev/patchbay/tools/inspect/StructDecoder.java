// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.StructType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decodes structs and scalars from a copy of their bytes. */
final class StructDecoder {
    /** The most elements of an array that are decoded. */
    static final int MOST_ELEMENTS = 1024;

    private StructDecoder() {}

    /** Copies bytes word by word with acquire, which readers of a snapshot need. */
    static ByteBuffer copy(final Loads loads, final int at, final int length) {
        final ByteBuffer copy = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        int done = 0;
        if (at % Long.BYTES == 0) {
            for (; done + Long.BYTES <= length; done += Long.BYTES) {
                copy.putLong(done, loads.int64(at + done));
            }
        }
        loads.bytes(at + done, copy.array(), done, length - done);
        return copy;
    }

    /** The fields by name: numbers, texts, lists and, for nested structs, fields again. */
    static Map<String, Object> struct(
            final StructType struct, final ByteBuffer bytes, final int at) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        for (final Field field : struct.fields()) {
            fields.put(field.name(), field(field, bytes, at + field.offset()));
        }
        return fields;
    }

    private static Object field(final Field field, final ByteBuffer bytes, final int at) {
        if (field.isText()) {
            return text(bytes, at, field.count());
        }
        if (field.count() == 1) {
            return element(field, bytes, at);
        }
        final List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Math.min(field.count(), MOST_ELEMENTS); i++) {
            elements.add(element(field, bytes, at + i * field.elementSize()));
        }
        return elements;
    }

    private static Object element(final Field field, final ByteBuffer bytes, final int at) {
        return field.struct() == null
                ? scalar(field.type(), bytes, at)
                : struct(field.struct(), bytes, at);
    }

    /** A scalar as a number. */
    static Object scalar(final FieldType type, final ByteBuffer bytes, final int at) {
        return switch (type) {
            case INT8 -> bytes.get(at);
            case UINT8, UTF8 -> Byte.toUnsignedInt(bytes.get(at));
            case INT16 -> bytes.getShort(at);
            case UINT16 -> Short.toUnsignedInt(bytes.getShort(at));
            case INT32 -> bytes.getInt(at);
            case UINT32 -> Integer.toUnsignedLong(bytes.getInt(at));
            case INT64 -> bytes.getLong(at);
            case UINT64 -> new BigInteger(Long.toUnsignedString(bytes.getLong(at)));
            case FLOAT32 -> bytes.getFloat(at);
            case FLOAT64 -> bytes.getDouble(at);
        };
    }

    private static String text(final ByteBuffer bytes, final int at, final int room) {
        int length = 0;
        while (length < room && bytes.get(at + length) != 0) {
            length++;
        }
        return new String(bytes.array(), at, length, UTF_8);
    }
}
