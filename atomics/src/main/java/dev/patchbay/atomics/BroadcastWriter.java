// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The one writer of a broadcast: messages of one struct in slots with a sequence number each, of which the newest overwrites the
 * oldest. It never refuses, never waits and does not notice its readers. Wait-free and real-time safe.
 *
 * <p>Positions count messages since the start, modulo 2⁶⁴; a slot's sequence number is twice the position, so modulo 2⁶³ of them.
 *
 * @see BroadcastReader
 */
public final class BroadcastWriter {
    static final int TAIL = Heads.BROADCAST.offset("tail");

    private static final int SEQUENCE = Heads.BROADCAST_SLOT.offset("sequence");

    private final AtomicBuffer buffer;
    private final int tail;
    private final int first;
    private final int capacity;
    private final SequencedWords message;

    /**
     * A writer. It goes on where a dead predecessor ended: a message that was not whole is written anew.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head the byte offset of the broadcast's head
     * @param slots the byte offset of its first slot
     * @param capacity the number of slots, a power of two
     * @param words the size of a message in 64-bit words
     * @throws IllegalArgumentException if the capacity is no power of two
     */
    public BroadcastWriter(
            final AtomicBuffer buffer,
            final int head,
            final int slots,
            final int capacity,
            final int words) {
        this.buffer = buffer;
        this.tail = head + TAIL;
        this.first = slots;
        this.capacity = checked(capacity);
        this.message = message(words);
    }

    /**
     * {@return the writer of a section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a broadcast
     * @throws IllegalArgumentException if its count is no power of two
     */
    public static BroadcastWriter over(final AtomicBuffer buffer, final SectionEntry section) {
        return new BroadcastWriter(
                buffer,
                (int) section.offset(),
                section.elementOffset(0),
                section.count(),
                words(section));
    }

    /** The words of a message. */
    static int words(final SectionEntry section) {
        return (section.stride() - Heads.BROADCAST_SLOT.size()) / Long.BYTES;
    }

    /** What lies in each slot. */
    static SequencedWords message(final int words) {
        return new SequencedWords(Heads.BROADCAST_SLOT.size() - SEQUENCE, words);
    }

    static int checked(final int capacity) {
        if (capacity < 1 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "The capacity of a broadcast must be a power of two, but it is "
                            + capacity
                            + ".");
        }
        return capacity;
    }

    /** The byte offset of the sequence number of the slot that a position has. */
    static int sequence(final int first, final int capacity, final int words, final long position) {
        final int stride = Heads.BROADCAST_SLOT.size() + words * Long.BYTES;
        return first + ((int) position & capacity - 1) * stride + SEQUENCE;
    }

    /** {@return the number of slots: so many messages a reader may be behind} */
    public int capacity() {
        return capacity;
    }

    /** {@return the size of a message in 64-bit words} */
    public int words() {
        return message.words();
    }

    /** {@return the position of the next message: how many there were, modulo 2⁶⁴} By the writer, who alone moves it; plain. */
    public long position() {
        return buffer.getLong(tail);
    }

    /**
     * Publishes a message. By the writer only.
     *
     * @param source the message as 64-bit words, at least {@link #words()} of them
     */
    public void write(final long[] source) {
        final long position = position();
        // Pairs with the load in BroadcastReader.read.
        final int sequence = sequence(first, capacity, message.words(), position);
        message.store(buffer, sequence, 2 * position + 1, source);
        // Release: pairs with the acquire of BroadcastReader.tail, so that the slot's number is
        // known to be at least that of this message.
        buffer.putLongRelease(tail, position + 1);
    }

    /**
     * Publishes a message. By the writer only.
     *
     * @param source a copy made from the section's own struct
     * @throws IllegalArgumentException if it is not of this broadcast's size
     */
    public void write(final StructCopy source) {
        write(message.of(source, BroadcastReader.WHAT));
    }
}
