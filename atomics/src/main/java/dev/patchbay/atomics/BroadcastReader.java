// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.Loads;
import dev.patchbay.layout.SectionEntry;

/**
 * One of any number of readers of a broadcast, each at a position in its own memory: it needs a read-only mapping only, and neither
 * the writer nor another reader notices it. A reader that is more than {@link #capacity()} messages behind loses the oldest, and is told
 * how many. Wait-free and real-time safe. For one thread at a time.
 *
 * <p>A new reader stands at the newest message; {@link #seekOldest}, {@link #seekEnd} and {@link #seek} move it.
 *
 * @see BroadcastWriter
 */
public final class BroadcastReader {
    static final String WHAT = "The broadcast";

    private final Loads loads;
    private final int tail;
    private final int first;
    private final int capacity;
    private final SequencedWords message;
    private long position;
    private long lost;

    /** What a read found. */
    public enum Result {
        /** There is no message that the reader has not had; a writer may be in the middle of the next one. */
        NOTHING,
        /** The next message is in the target. */
        MESSAGE,
        /** The next messages were overwritten, {@link #lost()} of them; the next read goes on behind them. */
        OVERRUN
    }

    /**
     * A reader at the newest message.
     *
     * @param loads from the region
     * @param head the byte offset of the broadcast's head
     * @param slots the byte offset of its first slot
     * @param capacity the number of slots, a power of two
     * @param words the size of a message in 64-bit words
     * @throws IllegalArgumentException if the capacity is no power of two
     */
    public BroadcastReader(
            final Loads loads,
            final int head,
            final int slots,
            final int capacity,
            final int words) {
        this.loads = loads;
        this.tail = head + BroadcastWriter.TAIL;
        this.first = slots;
        this.capacity = BroadcastWriter.checked(capacity);
        this.message = BroadcastWriter.message(words);
        seekNewest();
    }

    /**
     * {@return a reader of a section, at the newest message}
     *
     * @param loads from the region
     * @param section the directory's entry of a broadcast
     * @throws IllegalArgumentException if its count is no power of two
     */
    public static BroadcastReader over(final Loads loads, final SectionEntry section) {
        return new BroadcastReader(
                loads,
                (int) section.offset(),
                section.elementOffset(0),
                section.count(),
                BroadcastWriter.words(section));
    }

    /** {@return the number of slots: so many messages the reader may be behind} */
    public int capacity() {
        return capacity;
    }

    /** {@return the size of a message in 64-bit words} */
    public int words() {
        return message.words();
    }

    /** {@return the position of the message that is read next: how many precede it, modulo 2⁶⁴} */
    public long position() {
        return position;
    }

    /** {@return how many messages the last {@link Result#OVERRUN} skipped; 0 before the first} */
    public long lost() {
        return lost;
    }

    /**
     * Moves to a position, such as one that was kept. Where its message is overwritten, the next read says so; where it is yet to
     * come, there is nothing until then.
     *
     * @param to the position of the message to read next
     */
    public void seek(final long to) {
        position = to;
    }

    /** Moves to the newest message that is there, or to the first one where there is none yet. */
    public void seekNewest() {
        final long end = tail();
        position = end == 0 ? 0 : end - 1;
    }

    /** Moves behind the newest message: what is there already is not read. */
    public void seekEnd() {
        position = tail();
    }

    /**
     * Moves to the oldest message that is there. In the first {@link #capacity()} messages after position 2⁶⁴ only those since then count as
     * there.
     */
    public void seekOldest() {
        final long end = tail();
        position = Long.compareUnsigned(end, capacity) < 0 ? 0 : end - capacity;
        position += overwritten();
    }

    /**
     * Takes the next message.
     *
     * @param target takes it as 64-bit words, at least {@link #words()} of them; its content is undefined unless the answer is
     *     {@link Result#MESSAGE}
     * @return what was found
     */
    public Result read(final long[] target) {
        final long unread = tail() - position;
        if (unread <= 0) {
            return Result.NOTHING;
        }
        long skipped = 0;
        if (unread > capacity) {
            skipped = unread - capacity;
        } else if (message.load(loads, sequence(), whole(), target)) {
            position++;
            return Result.MESSAGE;
        }
        position += skipped;
        final long more = overwritten();
        position += more;
        if (skipped + more == 0) {
            // No writer of this library leaves such a number: the region is broken.
            return Result.NOTHING;
        }
        lost = skipped + more;
        return Result.OVERRUN;
    }

    /**
     * Takes the next message.
     *
     * @param target takes it; a copy made from the section's own struct
     * @return what was found
     * @throws IllegalArgumentException if the copy is not of this broadcast's size
     */
    public Result read(final StructCopy target) {
        return read(message.of(target, WHAT));
    }

    /** The position of the next message to come. Acquire: pairs with the last release of BroadcastWriter.write. */
    private long tail() {
        return loads.int64(tail);
    }

    /** The byte offset of the sequence number of this position's slot. */
    private int sequence() {
        return BroadcastWriter.sequence(first, capacity, message.words(), position);
    }

    /** The sequence number of the message at this position. */
    private long whole() {
        return 2 * position + 2;
    }

    /** How many messages from this position on are overwritten, as its slot tells: the writer has begun the slot's next one. */
    private long overwritten() {
        // The message last begun in the slot, be it whole or not: so rounded up.
        final long ahead = SequencedWords.number(loads, sequence()) - whole() + 1 >> 1;
        return ahead < capacity ? 0 : ahead - capacity + 1;
    }
}
