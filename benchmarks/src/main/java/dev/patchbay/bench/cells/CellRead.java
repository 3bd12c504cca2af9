// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

/** Reads one value after the other, round and round, and adds them up; the sums are exact. */
final class CellRead implements Repeated {
    private static final int LANES = 4;

    private final Floats floats;

    CellRead(final Floats floats) {
        this.floats = floats;
        for (int i = 0; i < Cells.COUNT; i++) {
            floats.set(i, value(i));
        }
    }

    private static float value(final int index) {
        return (float) index / Cells.COUNT;
    }

    @Override
    public double run(final long from, final int count) {
        // Four sums, so that the addition of floats is not what is measured.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < count; i += LANES) {
            final int at = (int) (from + i) & Cells.COUNT - LANES;
            a += floats.get(at);
            b += floats.get(at + 1);
            c += floats.get(at + 2);
            d += floats.get(at + 3);
        }
        return a + b + c + d;
    }

    @Override
    public double expected(final long from, final int count) {
        // All values lie a step apart, and count is a multiple of their number.
        return (double) count * (Cells.COUNT - 1) / (2 * Cells.COUNT);
    }
}
