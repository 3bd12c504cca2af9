// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

import dev.patchbay.atomics.FloatCells;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.agrona.concurrent.UnsafeBuffer;

/** An array of floats: loads with acquire, stores with release, but for those that can do less. */
abstract class Floats {
    private static final int LINE_PAIR = 128;

    abstract float get(int index);

    abstract void set(int index, float value);

    static Floats of(final String contender) {
        return switch (contender) {
            case "patchbay" -> new Patchbay();
            case "segment" -> new Segment();
            case "atomic-array" -> new AtomicArray();
            case "volatile-array" -> new VolatileArray();
            case "chronicle" -> new ChronicleFloats();
            case "plain" -> new Plain();
            default -> throw Cells.unknown(contender);
        };
    }

    /** {@code FloatCells} over memory outside of the heap. */
    private static final class Patchbay extends Floats {
        private final FloatCells cells =
                new FloatCells(
                        new UnsafeBuffer(
                                ByteBuffer.allocateDirect(Cells.COUNT * Float.BYTES + LINE_PAIR)
                                        .alignedSlice(Long.BYTES)
                                        .order(ByteOrder.nativeOrder())),
                        0,
                        Cells.COUNT);

        @Override
        float get(final int index) {
            return cells.getAcquire(index);
        }

        @Override
        void set(final int index, final float value) {
            cells.setRelease(index, value);
        }
    }

    /** A {@code VarHandle} over a {@code MemorySegment}, which is a field as Patchbay's cells are: a plug-in has one for each instance. */
    private static final class Segment extends Floats {
        private static final VarHandle FLOAT = ValueLayout.JAVA_FLOAT.arrayElementVarHandle();
        private final MemorySegment segment =
                Arena.global().allocate((long) Cells.COUNT * Float.BYTES, LINE_PAIR);

        @Override
        float get(final int index) {
            return (float) FLOAT.getAcquire(segment, 0L, (long) index);
        }

        @Override
        void set(final int index, final float value) {
            FLOAT.setRelease(segment, 0L, (long) index, value);
        }
    }

    /** java.util.concurrent's nearest: the bits in an {@code AtomicIntegerArray}. */
    private static final class AtomicArray extends Floats {
        private final AtomicIntegerArray bits = new AtomicIntegerArray(Cells.COUNT);

        @Override
        float get(final int index) {
            return Float.intBitsToFloat(bits.getAcquire(index));
        }

        @Override
        void set(final int index, final float value) {
            bits.setRelease(index, Float.floatToRawIntBits(value));
        }
    }

    /** The same as most write it, with volatile accesses. */
    private static final class VolatileArray extends Floats {
        private final AtomicIntegerArray bits = new AtomicIntegerArray(Cells.COUNT);

        @Override
        float get(final int index) {
            return Float.intBitsToFloat(bits.get(index));
        }

        @Override
        void set(final int index, final float value) {
            bits.set(index, Float.floatToRawIntBits(value));
        }
    }

    /** What no other thread may see. */
    private static final class Plain extends Floats {
        private final float[] values = new float[Cells.COUNT];

        @Override
        float get(final int index) {
            return values[index];
        }

        @Override
        void set(final int index, final float value) {
            values[index] = value;
        }
    }
}
