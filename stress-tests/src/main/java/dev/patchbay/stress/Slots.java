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
    private static final int SIZE = DECLARED == null ? 1024 : DECLARED.slotBytes();
    private static final int COUNT = SectionGeometry.slots(SIZE);
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final long[] STARTS = {0, (1L << 31) - 1, (1L << 32) - 1, Long.MAX_VALUE};
    private static final AtomicInteger START = new AtomicInteger();

    static {
        MEMORY = new UnsafeBuffer(BufferUtil.allocateDirectAligned(SIZE * COUNT, 1024));
    }

    private Slots() {}

    /** The byte offset of a slot of zeros, of at least 1024 bytes. */
    public static int take() {
        final int at = (NEXT.getAndIncrement() & COUNT - 1) * SIZE;
        MEMORY.setMemory(at, SIZE, (byte) 0);
        return at;
    }

    /** The byte offset of two slots of zeros in a row, in a test that takes no single ones. */
    public static int takeWide() {
        final int at = (NEXT.getAndAdd(2) & COUNT - 2) * SIZE;
        MEMORY.setMemory(at, 2 * SIZE, (byte) 0);
        return at;
    }

    /**
     * A position or sequence number from which a test starts, in turn 0 and the last before 2<sup>31</sup>, 2<sup>32</sup> and
     * 2<sup>63</sup>: so that each test crosses them.
     */
    public static long position() {
        return STARTS[START.getAndIncrement() & STARTS.length - 1];
    }

    /**
     * A fresh section: with the geometry of the declared section under test, or else of arrays of elements, each array on line
     * pairs of its own.
     */
    public static SectionEntry section(final int count, final int stride, final int copies) {
        final int at = take();
        if (DECLARED != null) {
            return DECLARED.at(at);
        }
        final int copyStride = (count * stride + 127) / 128 * 128;
        return new SectionGeometry(null, null, ELEMENTS, stride, count, copies, copyStride, SIZE)
                .at(at);
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
