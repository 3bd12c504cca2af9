// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import java.util.concurrent.atomic.AtomicInteger;

/** Where positions start: just before they, or their doubles, get a sign, lose their high half or begin anew; a state each in turn. */
final class Wraps {
    private static final long[] AT = {1L << 20, 1L << 31, 1L << 32, 1L << 62, Long.MIN_VALUE};
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Wraps() {}

    /** A position so many before the next wrap in turn. */
    static long next(final long before) {
        return AT[Math.floorMod(NEXT.getAndIncrement(), AT.length)] - before;
    }
}
