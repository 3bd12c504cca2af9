// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A handle on a mapped region: a {@link Region}, for loads and stores, or a {@link ReadOnlyRegion}.
 *
 * <p>A handle has one user: the thread, or the component, that closes it. Each further user takes a handle of its own with
 * {@code share()}. Every use of a handle after its close, and of what came from it, is an exception; the memory is unmapped when the
 * last handle on it has been closed. Where Agrona's bounds checks are turned off ({@code agrona.disable.bounds.checks}) a late use
 * of a buffer goes unnoticed, and so the memory stays mapped until the collector finds it unused.
 *
 * <p>Closing shortens the user's own buffer to nothing without moving it, so a thread that is in the middle of a use sees the old
 * length or none, and never another address. The old length does no harm as long as another handle keeps the pages mapped.
 *
 * <p>All methods but {@link #toString} and {@link #close} throw {@link IllegalStateException} once the handle is closed.
 */
public abstract sealed class MappedRegion implements AutoCloseable permits Region, ReadOnlyRegion {
    private final Mapping mapping;
    private final UnsafeBuffer buffer;
    private final Loads loads;
    private final AtomicBoolean closed = new AtomicBoolean();

    MappedRegion(final Mapping mapping) {
        this.mapping = mapping;
        this.buffer = mapping.buffer();
        this.loads = Loads.of(this, buffer);
    }

    /** The mapping, counted for one more user. */
    final Mapping retained() {
        checkOpen();
        if (!mapping.retain()) {
            throw isClosed();
        }
        return mapping;
    }

    /** This handle's own buffer over the mapping. */
    final UnsafeBuffer memory() {
        checkOpen();
        return buffer;
    }

    private RegionFacts facts() {
        checkOpen();
        return mapping.facts();
    }

    /** {@return the name of the declaration that the region was made from} */
    public final String name() {
        return facts().name();
    }

    /** {@return the roles that the region knows, by code} */
    public final List<Role> roles() {
        return facts().roles();
    }

    /** {@return the 128-bit id that the region was made with, as 32 hexadecimal digits} */
    public final String instanceId() {
        return facts().instanceId();
    }

    /** {@return the process that made the region, as the region tells} */
    public final int creatorPid() {
        return facts().creatorPid();
    }

    /**
     * {@return when the process that made the region began, in clock ticks since boot: a pid is used anew, a pid with its start
     * is not}
     */
    public final long creatorStartTime() {
        return facts().creatorStartTime();
    }

    /** {@return the hash of the declaration that the region was made from: identity, not a gate} */
    public final long layoutHash() {
        return facts().layoutHash();
    }

    /** {@return the length of the region in bytes} */
    public final long length() {
        return facts().length();
    }

    /** {@return what loads from the region, as long as this handle is open} */
    public final Loads loads() {
        checkOpen();
        return loads;
    }

    /** {@return the sections in the order of their offsets, also those that this version does not know} */
    public final Collection<SectionEntry> entries() {
        return facts().entries().values();
    }

    /**
     * {@return the section of this declaration's name, if its shape is the declared one}
     *
     * @param wanted a section of the declaration that this program was built for
     * @throws RegionException if it is missing or has another shape
     */
    public final SectionEntry section(final Section wanted) {
        return new RegionValidator(mapping.what(), loads().length())
                .require(facts().entries(), wanted);
    }

    /**
     * Ends this handle; the memory is unmapped when the last handle on it ends. Closing twice does nothing. Its user must have
     * stopped: a thread that is in the middle of a load or a store through the very last handle while another closes it is the one
     * thing that no check can catch. Give it a handle of its own.
     */
    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            if (UnsafeBuffer.SHOULD_BOUNDS_CHECK) {
                // The same address: the length is the only field that changes and that loads and
                // stores look at.
                buffer.wrap(buffer.addressOffset(), 0);
            }
            mapping.release();
        }
    }

    final void checkOpen() {
        if (closed.get()) {
            throw isClosed();
        }
    }

    private IllegalStateException isClosed() {
        return new IllegalStateException(mapping.what() + " is closed.");
    }

    @Override
    public final String toString() {
        return mapping.what() + (closed.get() ? " (closed)" : "");
    }
}
