// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A handle on a region that is mapped for loads and stores. For loads alone there is {@link ReadOnlyRegion}.
 */
public final class Region extends MappedRegion {
    private Region(final Mapping mapping) {
        super(mapping);
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
        return new Region(RegionFile.create(file, image));
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
        return new Region(RegionFile.attach(file, true));
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
        return new ReadOnlyRegion(RegionFile.attach(file, false));
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
        final ByteBuffer memory = scratch((int) image.declaration().length());
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
        final ByteBuffer memory = scratch(region.capacity());
        region.getBytes(0, memory, region.capacity());
        return new UnsafeBuffer(memory.clear());
    }

    private static ByteBuffer scratch(final int length) {
        return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    }

    /** {@return the whole region for loads and stores, by this handle's user} After {@link #close} its length is 0. */
    public AtomicBuffer buffer() {
        return memory();
    }

    /**
     * {@return a further handle on the same mapping, for another user: another thread, or a component that closes when it
     * likes}
     *
     * @throws IllegalStateException if this handle is closed
     */
    public Region share() {
        return new Region(retained());
    }
}
