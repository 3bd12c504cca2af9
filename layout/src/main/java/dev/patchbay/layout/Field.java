// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/**
 * A field of a {@link StructType}: scalars or nested structs.
 *
 * @param name a C identifier, unique within the struct
 * @param type the scalar type, or null where the elements are structs
 * @param struct the struct of an element, or null where the elements are scalars
 * @param count the number of elements; 1 for a single one
 * @param offset bytes from the start of the struct
 * @param comment what it holds, who writes it; goes into the header
 */
public record Field(
        String name, FieldType type, StructType struct, int count, int offset, String comment) {
    /** {@return the size of one element in bytes} */
    public int elementSize() {
        return struct == null ? type.size() : struct.size();
    }

    /** {@return the size of all elements in bytes} */
    public int size() {
        return elementSize() * count;
    }

    /** {@return what its offset is a multiple of, in bytes} */
    public int alignment() {
        return struct == null ? type.size() : struct.alignment();
    }

    /** {@return whether it holds text: UTF-8 that ends with a 0 byte} */
    public boolean isText() {
        return type == FieldType.UTF8;
    }

    /** The text that identifies the bytes. */
    String signature() {
        final String element = struct == null ? type.toString() : struct.signature();
        return name + ':' + element + '*' + count + '@' + offset;
    }
}
