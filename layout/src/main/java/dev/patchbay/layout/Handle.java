// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One user's hold on a mapping: what {@link Region} and {@link ReadOnlyRegion} have in common.
 *
 * <p>Closing shortens the user's own buffer to nothing without moving it, so a thread that is in the middle of a use sees the old
 * length or none, and never another address. The old length does no harm as long as another handle keeps the pages mapped.
 */
final class Handle {
    private final Mapping mapping;
    private final UnsafeBuffer buffer;
    private final Loads loads;
    private final AtomicBoolean closed = new AtomicBoolean();

    Handle(final Mapping mapping) {
        this.mapping = mapping;
        this.buffer = mapping.buffer();
        this.loads = Loads.of(this, buffer);
    }

    /** A further hold on the same mapping. */
    Handle share() {
        checkOpen();
        if (!mapping.retain()) {
            throw isClosed();
        }
        return new Handle(mapping);
    }

    UnsafeBuffer buffer() {
        checkOpen();
        return buffer;
    }

    Loads loads() {
        checkOpen();
        return loads;
    }

    RegionFacts facts() {
        checkOpen();
        return mapping.facts();
    }

    Collection<SectionEntry> entries() {
        return facts().entries().values();
    }

    SectionEntry section(final Section wanted) {
        return new RegionValidator(mapping.what(), loads().length())
                .require(facts().entries(), wanted);
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            if (UnsafeBuffer.SHOULD_BOUNDS_CHECK) {
                // The same address: of the fields that this sets, the length is the only one that
                // loads and stores
                // look at and that changes.
                buffer.wrap(buffer.addressOffset(), 0);
            }
            mapping.release();
        }
    }

    void checkOpen() {
        if (closed.get()) {
            throw isClosed();
        }
    }

    private IllegalStateException isClosed() {
        return new IllegalStateException(mapping.what() + " is closed.");
    }

    @Override
    public String toString() {
        return mapping.what() + (closed.get() ? " (closed)" : "");
    }
}
