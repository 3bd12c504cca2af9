// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.RingDescriptor;

/**
 * What is said of wrong uses of a ring. Apart from its classes: when the last tier of HotSpot's compiler takes on a method, it makes the texts
 * of the method's class that nobody has used yet, on the thread that calls the method, and that thread must not allocate.
 */
final class RingMisuse {
    private RingMisuse() {}

    static IllegalArgumentException capacity(final int capacity) {
        return new IllegalArgumentException(
                "The capacity of a ring must be a power of two from "
                        + RingDescriptor.MIN_CAPACITY
                        + " on, but it is "
                        + capacity
                        + ".");
    }

    static IllegalArgumentException alignment(final int data) {
        return new IllegalArgumentException(
                "The data of a ring must lie at a multiple of "
                        + RingDescriptor.ALIGNMENT
                        + " bytes, but they lie at "
                        + data
                        + ".");
    }

    static IllegalArgumentException type(final int type) {
        return new IllegalArgumentException(
                "The type of a message must be 1 or more, but it is " + type + ".");
    }

    static IllegalArgumentException length(final int length, final int maxLength) {
        return new IllegalArgumentException(
                "A message of this ring has 0 to "
                        + maxLength
                        + " bytes, an eighth of the capacity, but this one has "
                        + length
                        + ".");
    }

    static IllegalStateException claim(final int offset) {
        return new IllegalStateException(
                "Nothing is claimed at offset "
                        + offset
                        + ": a claim ends once, with commit or abort.");
    }

    static IllegalStateException noRecords(final long tail) {
        return new IllegalStateException(
                "What lies in the ring before position "
                        + tail
                        + " are not records: another process has overwritten them. Replace the"
                        + " region.");
    }
}
