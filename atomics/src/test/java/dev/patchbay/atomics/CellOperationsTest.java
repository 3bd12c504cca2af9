// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the operations of one step do to one value; the cells beside it stay as they are. */
class CellOperationsTest {
    private static final float SIGNALLING = Float.intBitsToFloat(0xFF800001);

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
    private final IntCells ints = new IntCells(buffer, 8, 3);
    private final LongCells longs = new LongCells(buffer, 8, 3);
    private final FloatCells floats = new FloatCells(buffer, 8, 3);
    private final DoubleCells doubles = new DoubleCells(buffer, 8, 3);

    @Test
    void anIntegerWrapsAndRisesAsASignedNumber() {
        ints.setVolatile(1, Integer.MAX_VALUE);
        assertEquals(Integer.MAX_VALUE, ints.getAndAdd(1, 1));
        assertEquals(Integer.MIN_VALUE, ints.getVolatile(1));
        assertEquals(Integer.MIN_VALUE, ints.getAndMax(1, -5));
        assertEquals(-5, ints.getAndMax(1, -6));
        assertEquals(-5, ints.getAndSet(1, 7));
        assertFalse(ints.compareAndSet(1, 8, 9));
        assertTrue(ints.compareAndSet(1, 7, 9));
        assertEquals(9, ints.getOpaque(1));
        assertEquals(0, ints.getPlain(0));
        assertEquals(0, ints.getPlain(2));
    }

    @Test
    void aLongWrapsAndRisesAsASignedNumber() {
        longs.setVolatile(1, Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, longs.getAndAdd(1, 1));
        assertEquals(Long.MIN_VALUE, longs.getVolatile(1));
        assertEquals(Long.MIN_VALUE, longs.getAndMax(1, -5));
        assertEquals(-5, longs.getAndMax(1, -6));
        assertEquals(-5, longs.getAndSet(1, 1L << 40));
        assertFalse(longs.compareAndSet(1, 8, 9));
        assertTrue(longs.compareAndSet(1, 1L << 40, 9));
        assertEquals(9, longs.getOpaque(1));
        assertEquals(0, longs.getPlain(0));
        assertEquals(0, longs.getPlain(2));
    }

    @Test
    void aComparisonIsOfBits() {
        floats.setPlain(1, -0f);
        assertFalse(floats.compareAndSet(1, 0f, 1f));
        assertTrue(floats.compareAndSet(1, -0f, SIGNALLING));
        assertFalse(floats.compareAndSet(1, Float.NaN, 1f));
        assertTrue(floats.compareAndSet(1, SIGNALLING, 1f));
        assertEquals(1f, floats.getAcquire(1));
        doubles.setPlain(1, Double.NaN);
        assertFalse(doubles.compareAndSet(1, 0, 1));
        assertTrue(doubles.compareAndSet(1, Double.NaN, -0.0));
        assertFalse(doubles.compareAndSet(1, 0.0, 1));
    }

    @Test
    void theGreatestIgnoresWhatIsNoNumberAndTellsTheZerosApart() {
        final float[][] cases = {
            // before, offered, after
            {1, 2, 2},
            {2, 1, 2},
            {-2, -1, -1},
            {-0f, 0f, 0f},
            {0f, -0f, 0f},
            {-1, -0f, -0f},
            {1, Float.NaN, 1},
            {Float.NEGATIVE_INFINITY, SIGNALLING, Float.NEGATIVE_INFINITY},
            {Float.NaN, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY},
            {SIGNALLING, Float.NaN, SIGNALLING},
            {Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY},
            {Float.POSITIVE_INFINITY, Float.MAX_VALUE, Float.POSITIVE_INFINITY},
            {0f, Float.MIN_VALUE, Float.MIN_VALUE}
        };
        for (final float[] c : cases) {
            final String what = c[1] + " offered to " + c[0];
            floats.setRelease(1, c[0]);
            assertEquals(bits(c[0]), bits(floats.getAndMax(1, c[1])), what);
            assertEquals(bits(c[2]), bits(floats.getVolatile(1)), what);
            doubles.setRelease(1, c[0]);
            assertEquals(bits(c[0]), bits((float) doubles.getAndMax(1, c[1])), what);
            assertEquals(bits(c[2]), bits((float) doubles.getVolatile(1)), what);
        }
    }

    /** A conversion to double and back keeps a NaN's payload, but makes it quiet. */
    private static int bits(final float value) {
        final int bits = Float.floatToRawIntBits(value);
        return Float.isNaN(value) ? bits | 1 << 22 : bits;
    }

    @Test
    void aSumThatIsNoNumberIsTheOneNaN() {
        floats.setOpaque(1, Float.POSITIVE_INFINITY);
        assertEquals(Float.POSITIVE_INFINITY, floats.getAndAdd(1, Float.NEGATIVE_INFINITY));
        assertEquals(0x7FC00000, Float.floatToRawIntBits(floats.getPlain(1)));
        floats.setOpaque(1, SIGNALLING);
        floats.getAndAdd(1, 1f);
        assertEquals(0x7FC00000, Float.floatToRawIntBits(floats.getPlain(1)));
        doubles.setOpaque(1, Double.longBitsToDouble(0xFFF8000000001234L));
        doubles.getAndAdd(1, 1);
        assertEquals(0x7FF8000000000000L, Double.doubleToRawLongBits(doubles.getPlain(1)));
        floats.setVolatile(1, 1.5f);
        assertEquals(1.5f, floats.getAndAdd(1, -1.25f));
        assertEquals(0.25f, floats.getAndSet(1, -0f));
        floats.getAndAdd(1, -0f);
        assertEquals(0x80000000, Float.floatToRawIntBits(floats.getPlain(1)));
    }

    @Test
    void betweenThreadsNoSumIsLostAndTheGreatestStays() throws Exception {
        final int last = 300_000;
        final IntConsumer work =
                first -> {
                    for (int n = first; n <= last; n += 2) {
                        ints.getAndAdd(0, 1);
                        ints.getAndMax(1, n);
                        doubles.getAndAdd(1, 1);
                        doubles.getAndMax(2, n);
                    }
                };
        final CompletableFuture<Void> other = CompletableFuture.runAsync(() -> work.accept(1));
        work.accept(2);
        other.get(60, TimeUnit.SECONDS);
        assertEquals(last, ints.getPlain(0));
        assertEquals(last, ints.getPlain(1));
        assertEquals(last, doubles.getPlain(1));
        assertEquals(last, doubles.getPlain(2));
    }
}
