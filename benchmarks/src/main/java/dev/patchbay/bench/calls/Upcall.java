// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.calls;

import dev.patchbay.bench.cells.Repeated;

/** The C library's {@code bsearch} in an array of one element, which calls the comparison once: a call there, and a call back. */
abstract class Upcall implements Repeated {
    private long calls;

    /** The comparison: counts. */
    final int compared() {
        calls++;
        return 0;
    }

    /** Searches so many times. */
    abstract void search(int count) throws Throwable;

    @Override
    public final double run(final long from, final int count) {
        final long before = calls;
        try {
            search(count);
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
        return calls - before;
    }

    @Override
    public final double expected(final long from, final int count) {
        return count;
    }
}
