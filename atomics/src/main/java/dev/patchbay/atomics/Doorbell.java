// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import org.agrona.concurrent.AtomicBuffer;

/**
 * The words by which one side wakes the other, and the rules for it. The word counts rings; the flag says that its owner may
 * sleep. "Wake only if asleep" is a store followed by a load on both sides, so both are sequentially consistent: with less,
 * both could read the other's old value, and a wake-up is lost. The system call itself is the caller's. Real-time safe.
 */
public final class Doorbell {
    private final AtomicBuffer buffer;
    private final int word;
    private final int asleep;

    /**
     * A doorbell.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param word the byte offset of the 32-bit word that is rung
     * @param asleep the byte offset of the sleeper's flag
     */
    public Doorbell(final AtomicBuffer buffer, final int word, final int asleep) {
        this.buffer = buffer;
        this.word = word;
        this.asleep = asleep;
    }

    /** {@return the byte offset of the word, for the system call} */
    public int wordOffset() {
        return word;
    }

    /**
     * Rings.
     *
     * @param value the word's new value
     * @return whether the other side may sleep and must be woken by a system call
     */
    public boolean ring(final int value) {
        // Sequentially consistent, both: pairs with mayWait().
        buffer.putIntVolatile(word, value);
        return buffer.getIntVolatile(asleep) != 0;
    }

    /** {@return the word, loaded with acquire: pairs with the store of {@link #ring}} */
    public int value() {
        return buffer.getIntAcquire(word);
    }

    /**
     * Announces sleep and looks once more.
     *
     * @param seen the value that the caller has acted upon
     * @return whether the word still has that value, so that the caller may wait on it; {@link #awake} comes after in any case
     */
    public boolean mayWait(final int seen) {
        // Sequentially consistent, both: pairs with ring().
        buffer.putIntVolatile(asleep, 1);
        return buffer.getIntVolatile(word) == seen;
    }

    /** Takes the announcement back. A ring that still sees the flag wakes for nothing, once. */
    public void awake() {
        // Opaque: pairs with nothing, since nobody reads anything because of it. The load of the
        // flag
        // in ring() is kept in order by the store of mayWait().
        buffer.putIntOpaque(asleep, 0);
    }
}
