// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A handle on a region that is mapped for loads and stores. For loads alone there is {@link ReadOnlyRegion}.
 *
 * <p>A handle has one user: the thread, or the component, that closes it. Each further user takes a handle of its own with
 * {@link #share}. Every use of a handle after its close, and of what came from it, is an exception; the memory is unmapped when the
 * last handle on it has been closed. Where Agrona's bounds checks are turned off ({@code agrona.disable.bounds.checks}) a late
 * use of {@link #buffer} goes unnoticed, and so the memory stays mapped until the collector finds it unused.
 *
 * <p>All methods but {@link #toString} and {@link #close} throw {@link IllegalStateException} once the handle is closed.
 */
public final class Region implements AutoCloseable {
    private final Handle handle;

    private Region(final Handle handle) {
        this.handle = handle;
    }

    /**
     * Creates a region in a new file and maps it. The file has the mode 0600, whatever the umask. The pages are reserved by
     * writing them, so a full disk is an error here and not later; nothing is left behind if it fails. Who attaches before all
     * is written is told that the region is not complete: its ready word is stored last, with release.
     *
     * @param file must not exist; for shared memory, on a tmpfs
     * @param image the initial bytes
     * @return a handle on it
     * @throws RegionException if the file exists or cannot be written, or if the VM was started without the flag that Agrona
     *     needs
     */
    public static Region create(final Path file, final RegionImage image) {
        JvmFlags.check();
        return new Region(new Handle(RegionFile.create(file, image)));
    }

    /**
     * Maps a region for loads and stores.
     *
     * @param file the region's file, or {@code /proc/PID/fd/N} of its owner
     * @return a handle on it
     * @throws RegionException if it cannot be opened or trusted, or if the VM was started without the flag that Agrona needs
     */
    public static Region attach(final Path file) {
        JvmFlags.check();
        return new Region(new Handle(RegionFile.attach(file, true)));
    }

    /**
     * Maps a region for loads only; the kernel refuses stores.
     *
     * @param file the region's file, or {@code /proc/PID/fd/N} of its owner
     * @return a handle on it that cannot store
     * @throws RegionException if it cannot be opened or trusted, or if the VM was started without the flag that Agrona needs
     */
    public static ReadOnlyRegion attachReadOnly(final Path file) {
        JvmFlags.check();
        return new ReadOnlyRegion(new Handle(RegionFile.attach(file, false)));
    }

    /**
     * Lays a region out in this process's own memory: for warm-up and tests.
     *
     * @param image the initial bytes
     * @return memory with the bytes of the image, freed by the collector
     * @throws RegionException if the VM was started without the flag that Agrona needs
     */
    public static AtomicBuffer scratch(final RegionImage image) {
        JvmFlags.check();
        final ByteBuffer memory = memory((int) image.declaration().length());
        memory.put(image.bytes());
        return new UnsafeBuffer(memory.clear());
    }

    /**
     * Copies a region's bytes, as they are at this moment, to memory of this process's own: to try something out without an
     * effect on others.
     *
     * @param region a region's bytes; a writer that stores meanwhile may be seen in part
     * @return memory with the same bytes, freed by the collector
     */
    public static AtomicBuffer copy(final AtomicBuffer region) {
        final ByteBuffer memory = memory(region.capacity());
        region.getBytes(0, memory, region.capacity());
        return new UnsafeBuffer(memory.clear());
    }

    private static ByteBuffer memory(final int length) {
        return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    }

    /** {@return the whole region for loads and stores, by this handle's user} After {@link #close} its length is 0. */
    public AtomicBuffer buffer() {
        return handle.buffer();
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
    public Region share() {
        return new Region(handle.share());
    }

    /**
     * Ends this handle; the memory is unmapped when the last handle on it ends. Closing twice does nothing. Its user must have
     * stopped: a thread that is in the middle of a load or a store through the very last handle while another closes it is the one
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
