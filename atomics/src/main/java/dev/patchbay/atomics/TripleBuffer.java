// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Hands whole copies from one writer to one reader; the newest wins, both sides are wait-free. The writer fills its copy
 * with plain stores and offers it; the reader takes what is on offer and reads it with plain loads. Who holds which copy
 * lies in the region, so a new process in either role goes on where the last one ended. Real-time safe.
 */
public final class TripleBuffer {
    private static final int EXCHANGE = Heads.TRIPLE_BUFFER.offset("exchange");
    private static final int WRITER = Heads.TRIPLE_BUFFER.offset("writer");
    private static final int READER = Heads.TRIPLE_BUFFER.offset("reader");

    /** Set in the exchange word while the reader has not yet taken the copy on offer. */
    static final int FRESH = 4;

    private static final int COPY = 3;

    private final AtomicBuffer buffer;
    private final int head;
    private final int elements;
    private final int copyStride;

    /**
     * A triple buffer.
     *
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

    /** The triple buffer of a section. */
    public static TripleBuffer over(final AtomicBuffer buffer, final SectionEntry section) {
        return new TripleBuffer(
                buffer, (int) section.offset(), section.elementOffset(0), section.copyStride());
    }

    /** The byte offset of the copy that the writer may fill. It holds what it held three offers ago. */
    public int writerOffset() {
        return elements + (buffer.getInt(head + WRITER) & COPY) * copyStride;
    }

    /** Offers the writer's copy and takes another. The exchange pairs with that of {@link #refresh}. */
    public void publish() {
        final int mine = buffer.getInt(head + WRITER) & COPY;
        final int taken = buffer.getAndSetInt(head + EXCHANGE, mine | FRESH) & COPY;
        buffer.putIntRelease(head + WRITER, taken);
    }

    /**
     * Takes the copy on offer, if there is one that the reader has not had. The exchange pairs with that of
     * {@link #publish}.
     *
     * @return whether {@link #readerOffset} now holds a new copy
     */
    public boolean refresh() {
        if ((buffer.getIntVolatile(head + EXCHANGE) & FRESH) == 0) {
            return false;
        }
        final int mine = buffer.getInt(head + READER) & COPY;
        final int taken = buffer.getAndSetInt(head + EXCHANGE, mine) & COPY;
        buffer.putIntRelease(head + READER, taken);
        return true;
    }

    /** The byte offset of the copy that the reader has taken. */
    public int readerOffset() {
        return elements + (buffer.getInt(head + READER) & COPY) * copyStride;
    }
}
