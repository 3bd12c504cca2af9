// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.nio.MappedByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A region's pages in this process, and how many handles use them. The last one to let go unmaps them. */
final class Mapping {
    private final String what;
    private final MappedByteBuffer pages;
    private final RegionFacts facts;
    private final AtomicInteger users = new AtomicInteger(1);

    /** Pages with one user. */
    Mapping(final String what, final MappedByteBuffer pages, final RegionFacts facts) {
        this.what = what;
        this.pages = pages;
        this.facts = facts;
    }

    String what() {
        return what;
    }

    RegionFacts facts() {
        return facts;
    }

    /** A buffer over the pages that is its user's alone. */
    UnsafeBuffer buffer() {
        return new UnsafeBuffer(pages);
    }

    /** Counts one more user, unless the last has let go already. */
    boolean retain() {
        int n;
        do {
            n = users.get();
        } while (n > 0 && !users.compareAndSet(n, n + 1));
        return n > 0;
    }

    /**
     * Counts one user less, and unmaps after the last. Where Agrona's bounds checks are off, a late use of a buffer is not
     * noticed; the pages then stay until the collector finds that nobody can reach a buffer over them.
     */
    void release() {
        if (users.decrementAndGet() == 0 && UnsafeBuffer.SHOULD_BOUNDS_CHECK) {
            IoUtil.unmap(pages);
        }
    }
}
