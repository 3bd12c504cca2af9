// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import com.sun.jna.Structure;
import com.sun.jna.Union;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.StructType;
import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares an author's structure with a declared struct. JNA does not tell where it places a field, so the structure is asked
 * itself: it reads memory whose bytes say where they lie.
 */
final class StructureCheck {
    private final Structure structure;
    private final StructType struct;

    /** What each field is by path, such as {@code inner.values}. */
    private final Map<String, Place> places = new HashMap<>();

    /**
     * A field of the structure.
     *
     * @param type a primitive type or {@code Structure}; of arrays, with the length
     * @param at the offset of its first byte from the start of the outermost structure; 0 for a structure
     * @param size the bytes of a nested structure, else 0
     */
    private record Place(String type, int at, int size) {}

    private StructureCheck(final Structure structure, final StructType struct) {
        this.structure = structure;
        this.struct = struct;
    }

    /** Throws an IllegalArgumentException if structures of this class do not hold the struct's fields. */
    static void check(final Class<? extends Structure> type, final StructType struct) {
        // A fresh one: another's memory may not be its own to be changed.
        final StructureCheck check = new StructureCheck(fresh(type), struct);
        check.refuseReferences(type, "");
        check.locate();
        check.compare(struct, "", 0);
        check.compareSize("it", check.structure.size(), struct);
    }

    private static Structure fresh(final Class<? extends Structure> type) {
        try {
            return Structure.newInstance(type);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "No instance of "
                            + type.getName()
                            + " can be made to be checked: "
                            + e.getMessage()
                            + ". Make the class public, with a public constructor without"
                            + " arguments.",
                    e);
        }
    }

    /** JNA follows what points elsewhere, and a copy of a region's bytes points nowhere. */
    private void refuseReferences(final Class<?> type, final String path) {
        if (Union.class.isAssignableFrom(type)) {
            throw differs(path.isEmpty() ? "it is a union" : "it holds a union", "fields apart");
        }
        for (final var field : type.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            final Class<?> element = element(field.getType());
            if (Structure.class.isAssignableFrom(element)
                    && !Structure.ByReference.class.isAssignableFrom(element)) {
                refuseReferences(element, path + field.getName() + ".");
            } else if (!element.isPrimitive()
                    || element == char.class
                    || element == boolean.class) {
                throw differs(
                        field(path + field.getName()) + " is of type " + element.getSimpleName(),
                        "a number, a structure by value, or an array of them");
            }
        }
    }

    private static Class<?> element(final Class<?> type) {
        return type.isArray() ? type.getComponentType() : type;
    }

    /** Has the structure read the bytes' places, 8 bits of each at a time. */
    private void locate() {
        final byte[] digits = new byte[structure.size()];
        for (int shift = 0; shift == 0 || digits.length >> shift > 0; shift += Byte.SIZE) {
            for (int i = 0; i < digits.length; i++) {
                digits[i] = (byte) (i >> shift);
            }
            structure.getPointer().write(0, digits, 0, digits.length);
            structure.read();
            collect(structure, "", shift);
        }
    }

    private void collect(final Structure part, final String path, final int shift) {
        for (final var field : part.getClass().getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            final String name = path + field.getName();
            final Object value = part.readField(field.getName());
            final boolean array = field.getType().isArray();
            final Object first = array ? Array.get(value, 0) : value;
            final String length = array ? "[" + Array.getLength(value) + "]" : "";
            if (first instanceof Structure) {
                final Structure inner = (Structure) first;
                places.put(name, new Place("Structure" + length, 0, inner.size()));
                collect(inner, name + ".", shift);
            } else {
                final Place low = places.get(name);
                final int at = (low == null ? 0 : low.at()) | firstByte(first) << shift;
                places.put(name, new Place(element(field.getType()) + length, at, 0));
            }
        }
    }

    private static int firstByte(final Object number) {
        final ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        if (number instanceof Byte) {
            bytes.put((Byte) number);
        } else if (number instanceof Short) {
            bytes.putShort((Short) number);
        } else if (number instanceof Integer) {
            bytes.putInt((Integer) number);
        } else if (number instanceof Long) {
            bytes.putLong((Long) number);
        } else if (number instanceof Float) {
            bytes.putInt(Float.floatToRawIntBits((Float) number));
        } else {
            bytes.putLong(Double.doubleToRawLongBits((Double) number));
        }
        return Byte.toUnsignedInt(bytes.get(0));
    }

    private void compare(final StructType declared, final String path, final int base) {
        for (final Field field : declared.fields()) {
            final String name = path + field.name();
            final String type = type(field);
            final Place place = places.get(name);
            if (place == null) {
                throw differs("it has no public field \"" + name + "\"", "one of type " + type);
            }
            if (!place.type().equals(type)) {
                throw differs(field(name) + " is of type " + place.type(), type);
            }
            if (field.struct() != null) {
                compare(field.struct(), name + ".", base + field.offset());
                compareSize(field(name), place.size(), field.struct());
            } else if (place.at() != base + field.offset()) {
                throw differs(
                        field(name) + " starts at byte " + place.at(),
                        "byte " + (base + field.offset()));
            }
        }
    }

    private void compareSize(final String what, final int size, final StructType declared) {
        if (size != declared.size()) {
            throw differs(
                    what
                            + (what.equals("it") ? "" : ", or an element of it,")
                            + " has "
                            + size
                            + " bytes",
                    Integer.toString(declared.size()));
        }
    }

    private static String type(final Field field) {
        final String element = field.struct() == null ? javaType(field.type()) : "Structure";
        final boolean single = field.count() == 1 && !field.isText();
        return element + (single ? "" : "[" + field.count() + "]");
    }

    private static String javaType(final FieldType type) {
        return switch (type) {
            case INT8, UINT8, UTF8 -> "byte";
            case INT16, UINT16 -> "short";
            case INT32, UINT32 -> "int";
            case INT64, UINT64 -> "long";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
        };
    }

    private static String field(final String path) {
        return "its field \"" + path + "\"";
    }

    private IllegalArgumentException differs(final String found, final String expected) {
        return new IllegalArgumentException(
                "The structure "
                        + structure.getClass().getName()
                        + " does not match the struct \""
                        + struct.name()
                        + "\": "
                        + found
                        + ", expected "
                        + expected
                        + ".");
    }
}
