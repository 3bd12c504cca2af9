// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Collection;
import java.util.List;

/**
 * A handle on a region that is mapped for loads only, from {@link Region#attachReadOnly}. It has no way to a store: a store into
 * such memory would end the VM.
 *
 * <p>A handle has one user: the thread, or the component, that closes it. Each further user takes a handle of its own with
 * {@link #share}. Every use of a handle after its close, and of what came from it, is an exception; the memory is unmapped when the
 * last handle on it has been closed. Where Agrona's bounds checks are turned off ({@code agrona.disable.bounds.checks}) the
 * memory of a closed handle stays mapped until the collector finds it unused.
 *
 * <p>All methods but {@link #toString} and {@link #close} throw {@link IllegalStateException} once the handle is closed.
 */
public final class ReadOnlyRegion implements AutoCloseable {
    private final Handle handle;

    ReadOnlyRegion(final Handle handle) {
        this.handle = handle;
    }

    /** {@return the name of the declaration that the region was made from} */
    public String name() {
        return handle.facts().name();
    }

    /** {@return the roles that the region knows, by code} */
    public List<Role> roles() {
        return handle.facts().roles();
    }

    /** {@return the 128-bit id that the region was made with, as 32 hexadecimal digits} */
    public String instanceId() {
        return handle.facts().instanceId();
    }

    /** {@return the process that made the region, as the region tells} */
    public int creatorPid() {
        return handle.facts().creatorPid();
    }

    /**
     * {@return when the process that made the region began, in clock ticks since boot: a pid is used anew, a pid with its start
     * is not}
     */
    public long creatorStartTime() {
        return handle.facts().creatorStartTime();
    }

    /** {@return the hash of the declaration that the region was made from: identity, not a gate} */
    public long layoutHash() {
        return handle.facts().layoutHash();
    }

    /** {@return the length of the region in bytes} */
    public long length() {
        return handle.facts().length();
    }

    /** {@return what loads from the region, as long as this handle is open} */
    public Loads loads() {
        return handle.loads();
    }

    /** {@return the sections in the order of their offsets, also those that this version does not know} */
    public Collection<SectionEntry> entries() {
        return handle.entries();
    }

    /**
     * {@return the section of this declaration's name, if its shape is the declared one}
     *
     * @param wanted a section of the declaration that this program was built for
     * @throws RegionException if it is missing or has another shape
     */
    public SectionEntry section(final Section wanted) {
        return handle.section(wanted);
    }

    /**
     * {@return a further handle on the same mapping, for another user: another thread, or a component that closes when it
     * likes}
     *
     * @throws IllegalStateException if this handle is closed
     */
    public ReadOnlyRegion share() {
        return new ReadOnlyRegion(handle.share());
    }

    /**
     * Ends this handle; the memory is unmapped when the last handle on it ends. Closing twice does nothing. Its user must have
     * stopped: a thread that is in the middle of a load through the very last handle while another closes it is the one
     * thing that no check can catch. Give it a handle of its own.
     */
    @Override
    public void close() {
        handle.close();
    }

    @Override
    public String toString() {
        return handle.toString();
    }
}
