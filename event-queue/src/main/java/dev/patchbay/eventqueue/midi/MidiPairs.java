// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.midi;

import java.util.Arrays;

/**
 * Values of 14 bits that come as two messages of 7, the coarse one first. As long as a pair has sent no fine message, its coarse ones are
 * values of 7 bits, so that they reach both ends. Afterwards a coarse message that repeats the last one is the first half of a value and
 * says nothing yet; another one means, until its fine half comes, the nearest value to the one before. A fine message alone is a small
 * step; one before any coarse message says nothing. Real-time safe.
 */
final class MidiPairs {
    private static final int BITS = 7;
    private static final double LARGEST_7 = 127;
    private static final double LARGEST_14 = 16_383;

    private final byte[] coarse;
    private final byte[] fine;
    private final boolean[] isFine;

    MidiPairs(final int count) {
        coarse = new byte[count];
        fine = new byte[count];
        isFine = new boolean[count];
        Arrays.fill(coarse, (byte) -1);
    }

    /** Forgets a pair. */
    void forget(final int pair) {
        coarse[pair] = -1;
        fine[pair] = 0;
        isFine[pair] = false;
    }

    /** Takes a coarse message; the pair's place, 0 to 1, or NaN where it does not move. */
    double coarse(final int pair, final int value) {
        final int before = coarse[pair];
        coarse[pair] = (byte) value;
        if (!isFine[pair]) {
            return value / LARGEST_7;
        }
        if (value == before) {
            return Double.NaN;
        }
        fine[pair] = value > before ? 0 : Byte.MAX_VALUE;
        return place(pair);
    }

    /** Takes a fine message; the pair's place, 0 to 1, or NaN where it does not move. */
    double fine(final int pair, final int value) {
        if (coarse[pair] < 0) {
            return Double.NaN;
        }
        isFine[pair] = true;
        fine[pair] = (byte) value;
        return place(pair);
    }

    private double place(final int pair) {
        return (coarse[pair] << BITS | fine[pair]) / LARGEST_14;
    }
}
