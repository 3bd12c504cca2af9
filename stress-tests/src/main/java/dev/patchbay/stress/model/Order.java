// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/** The memory order of an access, from the weakest on. Names are Java's; the C++ order that each is modelled as is beside it. */
public enum Order {
    /** Not atomic: a race on it is an error. */
    PLAIN,
    /** memory_order_relaxed. */
    OPAQUE,
    /** memory_order_acquire. */
    ACQUIRE,
    /** memory_order_release. */
    RELEASE,
    /** memory_order_acq_rel, of a read-modify-write. */
    ACQUIRE_RELEASE,
    /** memory_order_seq_cst. */
    VOLATILE;

    /** Whether a load of this order synchronizes with the release that it reads from. */
    boolean acquires() {
        return this == ACQUIRE || this == ACQUIRE_RELEASE || this == VOLATILE;
    }

    /** Whether a store of this order publishes what came before it. */
    boolean releases() {
        return this == RELEASE || this == ACQUIRE_RELEASE || this == VOLATILE;
    }

    /** The order of the load within a read-modify-write of this order. */
    Order ofLoad() {
        return switch (this) {
            case ACQUIRE_RELEASE -> ACQUIRE;
            case RELEASE -> OPAQUE;
            default -> this;
        };
    }

    /** The order of the store within a read-modify-write of this order. */
    Order ofStore() {
        return switch (this) {
            case ACQUIRE_RELEASE -> RELEASE;
            case ACQUIRE -> OPAQUE;
            default -> this;
        };
    }
}
