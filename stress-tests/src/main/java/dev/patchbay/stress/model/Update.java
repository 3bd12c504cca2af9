// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/**
 * What a read-modify-write makes of the value that it reads.
 *
 * @param kind which of the operations it is
 * @param order the order of the whole
 * @param failure the order of a compare-and-set that does not store, which is a load
 * @param expected the value that a compare-and-set expects
 * @param operand what is stored or added
 * @param mask the bits of the location
 */
record Update(Kind kind, Order order, Order failure, long expected, long operand, long mask) {
    /** The operations. */
    enum Kind {
        COMPARE_AND_SET,
        GET_AND_SET,
        GET_AND_ADD,
        GET_AND_AND,
        GET_AND_OR,
        GET_AND_XOR
    }

    /** The order of its load, having read this value. */
    Order ofLoad(final long found) {
        return stores(found) ? order.ofLoad() : failure;
    }

    /** Whether it stores at all, having read this value. */
    boolean stores(final long found) {
        return kind != Kind.COMPARE_AND_SET || found == expected;
    }

    /** What it stores, having read this value. */
    long apply(final long found) {
        return switch (kind) {
            case GET_AND_ADD -> found + operand & mask;
            case GET_AND_AND -> found & operand;
            case GET_AND_OR -> found | operand;
            case GET_AND_XOR -> found ^ operand;
            default -> operand;
        };
    }
}
