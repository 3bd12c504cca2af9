// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/** The scalar types of a region: fixed size, natural alignment, native byte order (little-endian on every supported machine). */
public enum FieldType {
    /** Signed, 8 bits. */
    INT8(1, 1, "int8_t"),
    /** Unsigned, 8 bits. */
    UINT8(2, 1, "uint8_t"),
    /** Unsigned, 16 bits. */
    UINT16(3, 2, "uint16_t"),
    /** Signed, 16 bits. */
    INT16(4, 2, "int16_t"),
    /** Signed, 32 bits. */
    INT32(5, 4, "int32_t"),
    /** Unsigned, 32 bits. */
    UINT32(6, 4, "uint32_t"),
    /** Signed, 64 bits. */
    INT64(7, 8, "int64_t"),
    /** Unsigned, 64 bits: positions and sequence numbers, which wrap. */
    UINT64(8, 8, "uint64_t"),
    /** IEEE 754 single precision. */
    FLOAT32(9, 4, "float"),
    /** IEEE 754 double precision. */
    FLOAT64(10, 8, "double"),
    /** A byte of UTF-8 text; an array of them ends with a 0 byte. */
    UTF8(11, 1, "char");

    private final int code;
    private final int size;
    private final String cName;

    FieldType(final int code, final int size, final String cName) {
        this.code = code;
        this.size = size;
        this.cName = cName;
    }

    /** {@return the number that stands for this type in a region's directory; 0 stands for a struct} */
    public int code() {
        return code;
    }

    /**
     * {@return the type with this number, or null where this version of the library knows none}
     *
     * @param code the number from a region's directory
     */
    public static FieldType ofCode(final int code) {
        for (final FieldType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }

    /** {@return the size and the alignment in bytes} */
    public int size() {
        return size;
    }

    /** {@return the name of the type in C and C++} */
    public String cName() {
        return cName;
    }
}
