// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardStructs;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The reader's side of {@link ParameterChangesWriter}: applies each transaction once, whole, in time bounded by the number of
 * parameters, and never waits. Real-time safe.
 */
public final class ParameterChangesReader {
    private static final int STRIDE = StandardStructs.PARAMETER_CHANGE.size();
    private static final int VALUE = StandardStructs.PARAMETER_CHANGE.offset("value");
    private static final int TRANSACTION = StandardStructs.PARAMETER_CHANGE.offset("transaction");

    private final AtomicBuffer buffer;
    private final TripleBuffer triple;
    private final int count;
    private int applied;

    /** Takes the changes. */
    @FunctionalInterface
    public interface Target {
        /**
         * Gives a parameter, by index, a normalized value.
         *
         * @param index which parameter, from 0
         * @param value its new value, as the writer gave it; not checked to lie in 0 to 1
         */
        void change(int index, float value);
    }

    /**
     * The reader's side of a section. What an earlier reader has taken counts as applied.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a triple buffer of parameter changes
     */
    public ParameterChangesReader(final AtomicBuffer buffer, final SectionEntry section) {
        this.buffer = buffer;
        this.triple = TripleBuffer.over(buffer, section);
        this.count = section.count();
        final int at = triple.readerOffset();
        for (int i = 0; i < count; i++) {
            final int found = buffer.getInt(at + i * STRIDE + TRANSACTION);
            applied = Transactions.isNewer(found, applied) ? found : applied;
        }
    }

    /**
     * Applies what is new.
     *
     * @param target takes each change, on the calling thread, by rising index
     */
    public void poll(final Target target) {
        if (!triple.refresh()) {
            return;
        }
        final int at = triple.readerOffset();
        int newest = applied;
        for (int i = 0; i < count; i++) {
            final int transaction = buffer.getInt(at + i * STRIDE + TRANSACTION);
            if (Transactions.isNewer(transaction, applied)) {
                target.change(i, buffer.getFloat(at + i * STRIDE + VALUE));
                newest = Transactions.isNewer(transaction, newest) ? transaction : newest;
            }
        }
        applied = newest;
    }

    /** {@return the number of the newest transaction that was applied, by this reader or one before it; 0 for none} By the reader. */
    public int transaction() {
        return applied;
    }
}
