// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/**
 * What a read-modify-write makes of the value that it reads.
 *
 * @param kind which of the operations it is
 * @param order the order of the whole
 * @param expected the value that a compare-and-set expects
 * @param operand what is stored or added
 * @param mask the bits of the location
 */
record Update(Kind kind, Order order, long expected, long operand, long mask) {
    /** The operations. */
    enum Kind {
        COMPARE_AND_SET,
        GET_AND_SET,
        GET_AND_ADD
    }

    /** Whether it stores at all, having read this value. */
    boolean stores(final long found) {
        return kind != Kind.COMPARE_AND_SET || found == expected;
    }

    /** What it stores, having read this value. */
    long apply(final long found) {
        return kind == Kind.GET_AND_ADD ? found + operand & mask : operand;
    }
}
