// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardStructs;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Changes many parameters in one step: the writer's side of a triple buffer whose copies hold, for each parameter, the value
 * that this writer last gave it and the number of the transaction that did. A copy that the reader never took loses nothing,
 * since the next one holds the same changes. Transactions are told apart by differences of 32 bits, without an end to their number, as
 * long as the reader takes a copy at least once in 2³⁰ of them. One writer; not for audio threads.
 */
public final class ParameterChangesWriter {
    private static final int STRIDE = StandardStructs.PARAMETER_CHANGE.size();
    private static final int VALUE = StandardStructs.PARAMETER_CHANGE.offset("value");
    private static final int TRANSACTION = StandardStructs.PARAMETER_CHANGE.offset("transaction");

    private final AtomicBuffer buffer;
    private final TripleBuffer triple;
    private final float[] values;
    private final int[] transactions;
    private int transaction;
    private boolean isChanged;

    /**
     * The writer's side of a section. Takes over from a writer that ended: its last
     * publication is the start. What it was still filling in, the writer's own copy, counts for nothing.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a triple buffer of parameter changes
     */
    public ParameterChangesWriter(final AtomicBuffer buffer, final SectionEntry section) {
        this.buffer = buffer;
        this.triple = TripleBuffer.over(buffer, section);
        this.values = new float[section.count()];
        this.transactions = new int[section.count()];
        final int at = triple.publishedOffset();
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getFloat(at + i * STRIDE + VALUE);
            transactions[i] = buffer.getInt(at + i * STRIDE + TRANSACTION);
            transaction =
                    Transactions.isNewer(transactions[i], transaction)
                            ? transactions[i]
                            : transaction;
        }
    }

    /**
     * Adds a value, normalized, to the transaction that {@link #publish} ends.
     *
     * @param index which parameter, from 0
     * @param value 0 to 1; the last one set before a publication counts
     */
    public void set(final int index, final float value) {
        values[index] = value;
        transactions[index] = Transactions.after(transaction);
        isChanged = true;
    }

    /** Publishes what was set since the last call: the reader applies all of it or, until it takes the copy, none. */
    public void publish() {
        if (isChanged) {
            transaction = Transactions.after(transaction);
            isChanged = false;
        }
        final int at = triple.writerOffset();
        for (int i = 0; i < values.length; i++) {
            transactions[i] = Transactions.aged(transactions[i], transaction);
            buffer.putFloat(at + i * STRIDE + VALUE, values[i]);
            buffer.putInt(at + i * STRIDE + TRANSACTION, transactions[i]);
        }
        triple.publish();
    }

    /** {@return the number of the newest transaction that was published, by this writer or one before it; 0 for none} By the writer. */
    public int transaction() {
        return transaction;
    }
}
