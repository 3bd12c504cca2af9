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

    /** The name of the declaration that the region was made from. */
    public String name() {
        return handle.facts().name();
    }

    /** The roles that the region knows, by code. */
    public List<Role> roles() {
        return handle.facts().roles();
    }

    /** The 128-bit id that the region was made with, as 32 hexadecimal digits. */
    public String instanceId() {
        return handle.facts().instanceId();
    }

    /** The process that made the region, as the region tells. */
    public int creatorPid() {
        return handle.facts().creatorPid();
    }

    /** When the process that made the region began, in clock ticks since boot: a pid is used anew, a pid with its start is not. */
    public long creatorStartTime() {
        return handle.facts().creatorStartTime();
    }

    /** The hash of the declaration that the region was made from: identity, not a gate. */
    public long layoutHash() {
        return handle.facts().layoutHash();
    }

    /** Bytes in all. */
    public long length() {
        return handle.facts().length();
    }

    /** Loads from the region. */
    public Loads loads() {
        return handle.loads();
    }

    /** The sections in the order of their offsets, also those that this version does not know. */
    public Collection<SectionEntry> entries() {
        return handle.entries();
    }

    /**
     * The section of this declaration's name, if its shape is the declared one.
     *
     * @throws RegionException if it is missing or has another shape
     */
    public SectionEntry section(final Section wanted) {
        return handle.section(wanted);
    }

    /**
     * A further handle on the same mapping, for another user: another thread, or a component that closes when it likes.
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
