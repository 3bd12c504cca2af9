// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

/** Writes one value after the other, round and round, and then looks at all that should be there. */
final class CellWrite implements Repeated {
    private static final int PERIOD = 1024;

    private final Floats floats;

    CellWrite(final Floats floats) {
        this.floats = floats;
    }

    private static float value(final long number) {
        return (float) ((int) number & PERIOD - 1) / PERIOD;
    }

    @Override
    public double run(final long from, final int count) {
        for (int i = 0; i < count; i++) {
            floats.set((int) (from + i) & Cells.COUNT - 1, value(from + i));
        }
        float sum = 0;
        for (int i = 0; i < Cells.COUNT; i++) {
            sum += floats.get(i);
        }
        return sum;
    }

    @Override
    public double expected(final long from, final int count) {
        double sum = 0;
        for (long number = from + count - Cells.COUNT; number < from + count; number++) {
            sum += value(number);
        }
        return sum;
    }
}
