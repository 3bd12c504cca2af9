// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Hands whole copies from one writer to one reader; the newest wins, both sides are wait-free. The writer fills its copy
 * with plain stores and offers it; the reader takes what is on offer and reads it with plain loads. Who holds which copy
 * is one word of the region, changed by one compare-and-set: wherever a process dies, a new one in its role goes on where
 * it ended, and never with a copy that the other side holds. Real-time safe.
 */
public final class TripleBuffer {
    private static final int COPIES = 3;
    private static final int STATE = Heads.TRIPLE_BUFFER.offset("state");

    private static final int COPY = 3;
    private static final int OFFER_SHIFT = 2;
    private static final int READER_SHIFT = 4;

    /** Set in the state while the reader has not yet taken the copy on offer. */
    private static final int FRESH = 1 << 6;

    /** How often the reader tries while the writer publishes. */
    private static final int TRIES = 8;

    private final AtomicBuffer buffer;
    private final int head;
    private final int elements;
    private final int copyStride;

    /**
     * A triple buffer.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head the byte offset of its head
     * @param elements the byte offset of its first copy
     * @param copyStride bytes from copy to copy
     */
    public TripleBuffer(
            final AtomicBuffer buffer, final int head, final int elements, final int copyStride) {
        this.buffer = buffer;
        this.head = head;
        this.elements = elements;
        this.copyStride = copyStride;
    }

    /**
     * {@return the triple buffer of a section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a triple buffer
     */
    public static TripleBuffer over(final AtomicBuffer buffer, final SectionEntry section) {
        return new TripleBuffer(
                buffer, (int) section.offset(), section.elementOffset(0), section.copyStride());
    }

    /** {@return the byte offset of the copy that the writer may fill} It holds what it held some offers ago. */
    public int writerOffset() {
        return copy(state());
    }

    /**
     * Offers the writer's copy and takes another. The reader interferes at most once between two publications, so the second
     * try is the last. Pairs with the compare-and-set of {@link #refresh}.
     */
    public void publish() {
        int seen;
        int next;
        do {
            seen = state();
            next =
                    FRESH
                            | seen & COPY << READER_SHIFT
                            | (seen & COPY) << OFFER_SHIFT
                            | offered(seen);
        } while (!buffer.compareAndSetInt(head + STATE, seen, next));
    }

    /**
     * Takes the copy on offer, if there is one that the reader has not had. Pairs with the compare-and-set of
     * {@link #publish}.
     *
     * @return whether {@link #readerOffset} now holds a new copy; also false where the writer published during each of several
     *     tries, and then a new copy stays on offer
     */
    public boolean refresh() {
        for (int t = 0; t < TRIES; t++) {
            final int seen = state();
            if ((seen & FRESH) == 0) {
                return false;
            }
            final int mine = seen >>> READER_SHIFT & COPY;
            final int next = offered(seen) << READER_SHIFT | mine << OFFER_SHIFT | seen & COPY;
            if (buffer.compareAndSetInt(head + STATE, seen, next)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the byte offset of the copy that the reader has taken} */
    public int readerOffset() {
        return copy(state() >>> READER_SHIFT);
    }

    /**
     * The byte offset of the copy that was published last, for a writer that takes over: the one on offer, or the reader's where it has
     * taken that one. The reader changes neither.
     */
    int publishedOffset() {
        final int seen = state();
        return copy((seen & FRESH) != 0 ? offered(seen) : seen >>> READER_SHIFT);
    }

    /**
     * Opaque: the other side changes its part of the word meanwhile, never this side's, and the compare-and-set that gave this side
     * its copy has acquired it; a value that is old makes the next one fail.
     */
    private int state() {
        return buffer.getIntOpaque(head + STATE);
    }

    private int copy(final int number) {
        // Whatever a broken process writes into the state, the copy lies within the section.
        return elements + (number & COPY) % COPIES * copyStride;
    }

    private static int offered(final int state) {
        return state >>> OFFER_SHIFT & COPY;
    }
}
