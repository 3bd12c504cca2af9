// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

/** Integers of a {@link StructCopy}: a single one, or a fixed array. */
public final class IntegerField {
    private final long[] words;
    private final StructCopy.Place place;
    private final int bytes;
    private final boolean signed;

    IntegerField(final long[] words, final StructCopy.Place place) {
        this.words = words;
        this.place = place;
        this.bytes = place.type().size();
        this.signed =
                switch (place.type()) {
                    case INT8, INT16, INT32, INT64 -> true;
                    default -> false;
                };
    }

    /** {@return the number of elements; 1 for a single integer} */
    public int count() {
        return place.count();
    }

    /**
     * {@return the value, or the first one} An unsigned value of 64 bits from 2⁶³ on reads as a negative number with the same
     * bits.
     */
    public long get() {
        return get(0);
    }

    /**
     * {@return the value of an element, as {@link #get()}}
     *
     * @param index the number of the element, 0 to below {@link #count()}
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public long get(final int index) {
        final long value = Words.get(words, place.at(index), bytes);
        return signed ? value : value & mask();
    }

    /**
     * Sets the value, or the first one.
     *
     * @param value the number, within the range of the field's type
     * @throws IllegalArgumentException if the field's type cannot hold it; an unsigned field of 64 bits takes any bits
     */
    public void set(final long value) {
        set(0, value);
    }

    /**
     * Sets an element.
     *
     * @param index the number of the element, 0 to below {@link #count()}
     * @param value the number, within the range of the field's type
     * @throws IllegalArgumentException as for {@link #set(long)}
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public void set(final int index, final long value) {
        if (value < least() || value > most()) {
            throw new IllegalArgumentException(
                    "The field \""
                            + place.path()
                            + "\" is "
                            + place.type()
                            + " and holds "
                            + least()
                            + "…"
                            + most()
                            + ", but the value is "
                            + value
                            + ".");
        }
        Words.set(words, place.at(index), bytes, value);
    }

    private long mask() {
        return -1L >>> Long.SIZE - bytes * Byte.SIZE;
    }

    private long least() {
        return signed || bytes == Long.BYTES ? -1L << bytes * Byte.SIZE - 1 : 0;
    }

    private long most() {
        return bytes == Long.BYTES ? Long.MAX_VALUE : signed ? mask() >>> 1 : mask();
    }
}
