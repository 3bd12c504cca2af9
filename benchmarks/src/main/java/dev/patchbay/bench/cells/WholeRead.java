// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

/** Copies all words and looks at one of the copy. */
final class WholeRead implements Repeated {
    /** A struct of 64 bytes, such as a transport. */
    static final int WORDS = 8;

    private final Whole whole;
    private final long[] target;

    WholeRead(final String contender, final int words) {
        this.whole = Whole.of(contender, words);
        this.target = new long[words];
        final long[] source = new long[words];
        for (int i = 0; i < words; i++) {
            source[i] = i + 1;
        }
        whole.write(source);
    }

    @Override
    public double run(final long from, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            whole.read(target);
            sum += target[(int) (from + i) & target.length - 1];
        }
        return sum;
    }

    @Override
    public double expected(final long from, final int count) {
        // Each word equally often: count is a multiple of their number.
        return (double) count * (target.length + 1) / 2;
    }
}
