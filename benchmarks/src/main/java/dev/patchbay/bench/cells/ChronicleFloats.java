// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

import net.openhft.chronicle.bytes.Byteable;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.values.Array;
import net.openhft.chronicle.values.Values;

/** Chronicle Values: a value interface over memory outside of the heap, loaded volatile and stored ordered, which are its weakest. */
final class ChronicleFloats extends Floats {
    /** What Chronicle Values implements, in a class that it compiles at run time. */
    public interface Cells {
        /** Loads. */
        float getVolatileCellAt(int index);

        /** Stores. */
        @Array(length = dev.patchbay.bench.cells.Cells.COUNT)
        void setOrderedCellAt(int index, float value);
    }

    private final Cells cells = Values.newNativeReference(Cells.class);

    ChronicleFloats() {
        final Byteable reference = (Byteable) cells;
        reference.bytesStore(
                BytesStore.nativeStoreWithFixedCapacity(reference.maxSize()),
                0,
                reference.maxSize());
    }

    @Override
    float get(final int index) {
        return cells.getVolatileCellAt(index);
    }

    @Override
    void set(final int index, final float value) {
        cells.setOrderedCellAt(index, value);
    }
}
