// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

/** Changes a word and writes all, and then looks at what should be there. */
final class WholeWrite implements Repeated {
    /** A struct of 64 bytes, such as a transport. */
    static final int WORDS = 8;

    private final Whole whole;
    private final long[] source = new long[WORDS];
    private final long[] target = new long[WORDS];

    WholeWrite(final Whole whole) {
        this.whole = whole;
    }

    @Override
    public double run(final long from, final int count) {
        for (int i = 0; i < count; i++) {
            source[i & WORDS - 1] = from + i;
            whole.write(source);
        }
        whole.read(target);
        long sum = 0;
        for (final long word : target) {
            sum += word;
        }
        return sum;
    }

    @Override
    public double expected(final long from, final int count) {
        // The last numbers, one in each word.
        return WORDS * (from + count - 1.0) - WORDS * (WORDS - 1) / 2;
    }
}
