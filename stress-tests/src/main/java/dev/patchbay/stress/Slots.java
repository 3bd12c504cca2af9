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
 * as many anew meanwhile, so there are more slots than both, wide ones too.
 */
public final class Slots {
    /** All slots. */
    public static final AtomicBuffer MEMORY;

    /** Where the elements of a section with a head start, from the start of its slot. */
    public static final int ELEMENTS = 256;

    private static final int SIZE = 1024;
    private static final int COUNT = 1 << 16;
    private static final AtomicInteger NEXT = new AtomicInteger();

    static {
        MEMORY = new UnsafeBuffer(BufferUtil.allocateDirectAligned(SIZE * COUNT, SIZE));
    }

    private Slots() {}

    /** The byte offset of a slot of zeros. */
    public static int take() {
        final int at = (NEXT.getAndIncrement() & COUNT - 1) * SIZE;
        MEMORY.setMemory(at, SIZE, (byte) 0);
        return at;
    }

    /** The byte offset of two slots of zeros in a row, in a test that takes no single ones. */
    static int takeWide() {
        final int at = (NEXT.getAndAdd(2) & COUNT - 2) * SIZE;
        MEMORY.setMemory(at, 2 * SIZE, (byte) 0);
        return at;
    }

    /** A fresh section of arrays of elements, each array on line pairs of its own. */
    static SectionEntry section(final int count, final int stride, final int copies) {
        final int copyStride = (count * stride + 127) / 128 * 128;
        final int at = take();
        return new SectionEntry(
                "stress",
                null,
                at,
                SIZE,
                0,
                ELEMENTS,
                stride,
                count,
                copies,
                copyStride,
                0,
                0,
                null,
                0);
    }

    /** A fresh triple buffer's section. */
    static SectionEntry triple(final int count, final int stride) {
        final SectionEntry section = section(count, stride, 3);
        // As a region's image has it: copy 0 with the writer, 1 on offer, 2 with the reader.
        MEMORY.putInt(
                (int) section.offset() + Heads.TRIPLE_BUFFER.offset("state"), 1 << 2 | 2 << 4);
        return section;
    }
}
