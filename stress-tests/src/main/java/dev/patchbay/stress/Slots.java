// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.SectionEntry;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory for the states of a test: slots outside the heap, taken in turn. jcstress keeps up to 10 240 states alive and makes
 * as many anew meanwhile, so there are more slots than both. A slot holds one section; where a declared one is so long that
 * fewer slots fit, jcstress is told to keep fewer states.
 */
public final class Slots {
    /** All slots. */
    public static final AtomicBuffer MEMORY;

    /** Where the elements of a section with a head start, from the start of its slot. */
    public static final int ELEMENTS = 256;

    private static final SectionGeometry DECLARED = SectionGeometry.declared();
    private static final int ZEROS = 1024;
    private static final int SIZE = DECLARED == null ? 4096 : DECLARED.slotBytes();
    private static final int COUNT = SectionGeometry.slots(SIZE);
    private static final AtomicInteger NEXT = new AtomicInteger();

    static {
        MEMORY = new UnsafeBuffer(BufferUtil.allocateDirectAligned(SIZE * COUNT, 1024));
    }

    private Slots() {}

    /** The byte offset of a slot with 1024 bytes of zeros. */
    public static int take() {
        return take(ZEROS);
    }

    private static int take(final int zeros) {
        final int at = (NEXT.getAndIncrement() & COUNT - 1) * SIZE;
        MEMORY.setMemory(at, zeros, (byte) 0);
        return at;
    }

    /** The byte offset of a slot with 2048 bytes of zeros, in a test that no declared section is for. */
    public static int takeWide() {
        return take(2 * ZEROS);
    }

    /**
     * A fresh section: with the geometry of the declared section under test, or else of arrays of elements, each array on line
     * pairs of its own.
     */
    public static SectionEntry section(final int count, final int stride, final int copies) {
        return section(ELEMENTS, count, stride, copies, 0);
    }

    /** The same with so many bytes before the first element and behind the last. */
    public static SectionEntry section(
            final int head,
            final int count,
            final int stride,
            final int copies,
            final int trailer) {
        if (DECLARED != null) {
            return DECLARED.at(take(DECLARED.length()));
        }
        final int copyStride = (count * stride + trailer + 127) / 128 * 128;
        final int length = head + copies * copyStride;
        return new SectionGeometry(null, null, head, stride, count, copies, copyStride, length)
                .at(take(length));
    }

    /** A fresh triple buffer's section. */
    public static SectionEntry triple(final int count, final int stride) {
        final SectionEntry section = section(count, stride, 3);
        // As a region's image has it: copy 0 with the writer, 1 on offer, 2 with the reader.
        MEMORY.putInt(
                (int) section.offset() + Heads.TRIPLE_BUFFER.offset("state"), 1 << 2 | 2 << 4);
        return section;
    }
}
