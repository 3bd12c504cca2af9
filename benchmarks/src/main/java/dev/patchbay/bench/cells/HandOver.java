// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

/** Hands words over and takes them. */
final class HandOver implements Repeated {
    private final Handing handing;

    HandOver(final Handing handing) {
        this.handing = handing;
    }

    @Override
    public double run(final long from, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            handing.write(from + i);
            sum += handing.read();
        }
        return sum;
    }

    @Override
    public double expected(final long from, final int count) {
        return 2.0 * count * from
                + (double) count * (count - 1)
                + (double) count * (Handing.WORDS - 1);
    }
}
