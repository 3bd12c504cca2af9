// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.FieldType;

/** Floating point numbers of a {@link StructCopy}, of 32 or 64 bits: a single one, or a fixed array. */
public final class FloatField {
    private final long[] words;
    private final StructCopy.Place place;
    private final boolean narrow;

    FloatField(final long[] words, final StructCopy.Place place) {
        this.words = words;
        this.place = place;
        this.narrow = place.type() == FieldType.FLOAT32;
    }

    /** {@return the number of elements; 1 for a single number} */
    public int count() {
        return place.count();
    }

    /** {@return the value, or the first one} */
    public double get() {
        return get(0);
    }

    /**
     * {@return the value of an element}
     *
     * @param index the number of the element, 0 to below {@link #count()}
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public double get(final int index) {
        final int at = place.at(index);
        return narrow
                ? Float.intBitsToFloat((int) Words.get(words, at, Float.BYTES))
                : Double.longBitsToDouble(Words.get(words, at, Double.BYTES));
    }

    /**
     * Sets the value, or the first one. A field of 32 bits takes the nearest number that it can hold.
     *
     * @param value the number
     */
    public void set(final double value) {
        set(0, value);
    }

    /**
     * Sets an element, as {@link #set(double)}.
     *
     * @param index the number of the element, 0 to below {@link #count()}
     * @param value the number
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public void set(final int index, final double value) {
        final int at = place.at(index);
        if (narrow) {
            Words.set(words, at, Float.BYTES, Float.floatToRawIntBits((float) value));
        } else {
            Words.set(words, at, Double.BYTES, Double.doubleToRawLongBits(value));
        }
    }
}
