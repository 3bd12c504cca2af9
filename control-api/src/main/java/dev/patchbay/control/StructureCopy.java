// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;

/**
 * A struct of a region as a JNA structure made by {@link StructureView#of(dev.patchbay.layout.StructType)}: a public field for
 * each declared one, by the same name and in the same order, that {@link #readField} hands out. It lies in memory of its own, so
 * {@link #write} never reaches a region. Not thread-safe.
 *
 * <p>Scalars are {@code byte}, {@code short}, {@code int}, {@code long}, {@code float} and {@code double}; Java has no unsigned
 * types, so an unsigned scalar is carried by the signed one of its width. A text is a {@code byte[]}, see {@link #text}. Structs
 * are {@code StructureCopy}s, and what has more than one element is an array. Gaps are {@code byte[]} fields with a dollar sign
 * in their names.
 */
public abstract class StructureCopy extends Structure {
    /** For the generated classes. */
    protected StructureCopy() {}

    /**
     * For the generated classes, which JNA nests by this.
     *
     * @param memory where the structure lies
     */
    protected StructureCopy(final Pointer memory) {
        super(memory);
    }

    /**
     * Where JNA places a field.
     *
     * @return bytes from the start of the structure
     * @throws IllegalArgumentException if there is no such field
     */
    public final int offset(final String field) {
        return fieldOffset(field);
    }

    /** The alignment in bytes that JNA computes. */
    public final int alignment() {
        size();
        return getStructAlignment();
    }

    /**
     * The text of a field of bytes.
     *
     * @throws IllegalArgumentException if there is no such field, or it does not hold bytes
     */
    public final String text(final String field) {
        return StructureView.text(this, field);
    }
}
