// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.calls;

import dev.patchbay.bench.cells.Repeated;

/** The C library's {@code abs} of −1, −2 and so on, added up. */
abstract class Downcall implements Repeated {
    private static final int MOST = 0xFFFF;

    /** A number that abs makes positive. */
    static int argument(final long number) {
        return -(int) (number & MOST);
    }

    @Override
    public final double expected(final long from, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum -= argument(from + i);
        }
        return sum;
    }
}
