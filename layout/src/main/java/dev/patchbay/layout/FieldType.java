// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/** The scalar types of a region: fixed size, natural alignment, native byte order (little-endian on every supported machine). */
public enum FieldType {
    /** Signed, 8 bits. */
    INT8(1, "int8_t"),
    /** Unsigned, 16 bits. */
    UINT16(2, "uint16_t"),
    /** Signed, 16 bits. */
    INT16(2, "int16_t"),
    /** Signed, 32 bits. */
    INT32(4, "int32_t"),
    /** Unsigned, 32 bits. */
    UINT32(4, "uint32_t"),
    /** Signed, 64 bits. */
    INT64(8, "int64_t"),
    /** Unsigned, 64 bits: positions and sequence numbers, which wrap. */
    UINT64(8, "uint64_t"),
    /** IEEE 754 single precision. */
    FLOAT32(4, "float"),
    /** IEEE 754 double precision. */
    FLOAT64(8, "double"),
    /** A byte of UTF-8 text; an array of them ends with a 0 byte. */
    UTF8(1, "char");

    private final int size;
    private final String cName;

    FieldType(final int size, final String cName) {
        this.size = size;
        this.cName = cName;
    }

    /** The size and the alignment in bytes. */
    public int size() {
        return size;
    }

    /** The name of the type in C and C++. */
    public String cName() {
        return cName;
    }
}
