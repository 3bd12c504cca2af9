// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DirtyBitsTest {
    private final Memory memory = new Memory();
    private final SectionEntry section = memory.section(StandardRegion.DIRTY_FROM_RT);
    private final DirtyBits bits = DirtyBits.over(memory.buffer, section);

    @Test
    void seventyBitsTakeTwoWords() {
        assertEquals(2, bits.words());
    }

    @Test
    void eachBitIsDrainedOnceFromItsWord() {
        for (int bit = 0; bit < 70; bit++) {
            bits.set(bit);
            bits.set(bit);
            assertEquals(bit < 64 ? 1L << bit : 0, bits.drain(0), "bit " + bit);
            assertEquals(bit < 64 ? 0 : 1L << bit - 64, bits.drain(1), "bit " + bit);
            assertEquals(0, bits.drain(0));
            assertEquals(0, bits.drain(1));
        }
    }

    @Test
    void bitsSetTogetherAreDrainedTogether() {
        bits.set(0);
        bits.set(63);
        bits.set(5);
        assertEquals(1L << 63 | 1L << 5 | 1, bits.drain(0));
    }

    /** The word is also exchanged where the bit is set already: see {@link DirtyBits#set}. */
    @Test
    void betweenThreadsTheLastValueOfEachCellIsSeen() throws Exception {
        final FloatCells cells =
                FloatCells.over(memory.buffer, memory.section(StandardRegion.PARAMETERS));
        final int last = 1_000_000;
        final CompletableFuture<Void> setting =
                CompletableFuture.runAsync(
                        () -> {
                            for (int n = 1; n <= last; n++) {
                                cells.setRelease(n & 63, n);
                                bits.set(n & 63);
                            }
                        });
        final float[] seen = new float[64];
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        boolean done = false;
        while (!done) {
            assertTrue(System.nanoTime() < deadline, "the setter did not end");
            done = setting.isDone();
            for (long w = bits.drain(0); w != 0; w &= w - 1) {
                final int bit = Long.numberOfTrailingZeros(w);
                final float value = cells.getAcquire(bit);
                assertTrue(value >= seen[bit]);
                seen[bit] = value;
            }
        }
        setting.get();
        for (int n = last - 63; n <= last; n++) {
            assertEquals(n, seen[n & 63], "cell " + (n & 63));
        }
    }
}
