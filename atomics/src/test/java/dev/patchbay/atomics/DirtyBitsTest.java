// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
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

    @Test
    void allBitsAreHandedOnByRisingNumberAndOnce() {
        final List<Integer> taken = new ArrayList<>();
        bits.drainEach(taken::add);
        assertEquals(List.of(), taken);
        for (final int bit : new int[] {64, 127, 63, 0, 69, 0}) {
            bits.set(bit);
        }
        bits.drainEach(taken::add);
        bits.drainEach(taken::add);
        assertEquals(List.of(0, 63, 64, 69, 127), taken);
    }

    @Test
    void severalSettersLoseNoBitOfOneWord() throws Exception {
        final int rounds = 20_000;
        final AtomicIntegerArray asked = new AtomicIntegerArray(64);
        final List<CompletableFuture<Void>> setters = new ArrayList<>();
        for (int first = 0; first < 3; first++) {
            final int from = first;
            setters.add(
                    CompletableFuture.runAsync(
                            () -> {
                                for (int n = 0; n < rounds; n++) {
                                    final int bit = 3 * (n % 21) + from;
                                    // A setter stands still until its bit was taken, so that each
                                    // setting counts.
                                    final int before = asked.get(bit);
                                    bits.set(bit);
                                    while (asked.get(bit) == before) {
                                        Thread.onSpinWait();
                                    }
                                }
                            }));
        }
        final CompletableFuture<Void> all =
                CompletableFuture.allOf(setters.toArray(CompletableFuture[]::new));
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int taken = 0;
        while (!all.isDone()) {
            assertTrue(System.nanoTime() < deadline, "a bit was lost: " + taken + " taken");
            final int[] count = new int[1];
            bits.drainEach(
                    bit -> {
                        count[0]++;
                        asked.incrementAndGet(bit);
                    });
            taken += count[0];
        }
        all.get();
        assertEquals(3 * rounds, taken);
        assertEquals(0, bits.drain(0));
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
