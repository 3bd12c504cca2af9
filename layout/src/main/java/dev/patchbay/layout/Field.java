// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/**
 * A field of a {@link StructType}.
 *
 * @param name a C identifier, unique within the struct
 * @param type the scalar type
 * @param count the number of elements; 1 for a scalar
 * @param offset bytes from the start of the struct
 * @param comment what it holds, who writes it; goes into the header
 */
public record Field(String name, FieldType type, int count, int offset, String comment) {
    /** The size in bytes. */
    public int size() {
        return type.size() * count;
    }
}
