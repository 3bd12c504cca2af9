// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A mapped region. Attached read-write it hands out an {@link AtomicBuffer}; read-only it refuses to, and only
 * {@link #loads} remain, since a store into a read-only mapping would end the VM.
 *
 * <p>Use after {@link #close} is an exception. The caller sees to it that no other thread uses the region while it is
 * closed.
 */
public final class Region implements AutoCloseable {
    private final String what;
    private final MappedByteBuffer mapping;
    private final UnsafeBuffer buffer;
    private final boolean writable;
    private final Map<String, SectionEntry> entries;
    private boolean closed;

    private Region(
            final String what,
            final MappedByteBuffer mapping,
            final boolean writable,
            final Map<String, SectionEntry> entries) {
        this.what = what;
        this.mapping = mapping;
        this.buffer = new UnsafeBuffer(mapping);
        this.writable = writable;
        this.entries = entries;
    }

    /**
     * Creates a region in a new file of mode 0600 and maps it. The pages are reserved by writing them, so a full disk is an
     * error here and not later; nothing is left behind if it fails.
     *
     * @param file must not exist; for shared memory, on a tmpfs
     * @param image the initial bytes
     * @throws RegionException if the file exists or cannot be written
     */
    public static Region create(final Path file, final RegionImage image) {
        final Set<StandardOpenOption> options =
                EnumSet.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            try {
                writeAll(channel, image.bytes());
                final MappedByteBuffer mapping = map(channel, MapMode.READ_WRITE);
                publish(new UnsafeBuffer(mapping));
                return open(file.toString(), mapping, true);
            } catch (final IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (final FileAlreadyExistsException e) {
            throw new RegionException(
                    "The region "
                            + file
                            + " was not created: a file of this name exists. Remove it or use"
                            + " another name.",
                    e);
        } catch (final IOException e) {
            throw new RegionException("The region " + file + " was not created: " + e + ".", e);
        }
    }

    /**
     * Maps a region for loads and stores.
     *
     * @param file the region's file, or {@code /proc/PID/fd/N} of its owner
     * @throws RegionException if it cannot be opened or trusted
     */
    public static Region attach(final Path file) {
        return attach(file, true);
    }

    /**
     * Maps a region for loads only; the kernel refuses stores.
     *
     * @param file the region's file, or {@code /proc/PID/fd/N} of its owner
     * @throws RegionException if it cannot be opened or trusted
     */
    public static Region attachReadOnly(final Path file) {
        return attach(file, false);
    }

    /**
     * Lays a region out in this process's own memory: for warm-up and tests.
     *
     * @param image the initial bytes
     */
    public static AtomicBuffer scratch(final RegionImage image) {
        final ByteBuffer memory =
                ByteBuffer.allocateDirect((int) image.declaration().length())
                        .order(ByteOrder.nativeOrder());
        memory.put(image.bytes()).clear();
        return new UnsafeBuffer(memory);
    }

    /**
     * Copies a region's bytes, as they are at this moment, to memory of this process's own: to try something out without
     * an effect on others.
     */
    public static AtomicBuffer copy(final AtomicBuffer region) {
        final ByteBuffer memory =
                ByteBuffer.allocateDirect(region.capacity()).order(ByteOrder.nativeOrder());
        region.getBytes(0, memory, region.capacity());
        return new UnsafeBuffer(memory.clear());
    }

    private static Region attach(final Path file, final boolean writable) {
        final Set<StandardOpenOption> options =
                writable
                        ? EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
                        : EnumSet.of(StandardOpenOption.READ);
        try (FileChannel channel = FileChannel.open(file, options)) {
            return open(
                    file.toString(),
                    map(channel, writable ? MapMode.READ_WRITE : MapMode.READ_ONLY),
                    writable);
        } catch (final IOException e) {
            throw new RegionException("The region " + file + " cannot be opened: " + e + ".", e);
        }
    }

    private static Region open(
            final String what, final MappedByteBuffer mapping, final boolean writable) {
        try {
            return new Region(what, mapping, writable, validate(what, mapping));
        } catch (final RegionException e) {
            IoUtil.unmap(mapping);
            throw e;
        }
    }

    private static Map<String, SectionEntry> validate(
            final String what, final MappedByteBuffer mapping) {
        final RegionValidator validator = new RegionValidator(what, mapping.capacity());
        if (mapping.capacity() < RegionHeader.DIRECTORY_OFFSET) {
            throw validator.refuse(
                    "file length",
                    Integer.toString(mapping.capacity()),
                    "at least " + RegionHeader.DIRECTORY_OFFSET);
        }
        // Acquire: pairs with the release of the ready word by whoever created the region.
        new UnsafeBuffer(mapping).getIntAcquire(RegionHeader.STRUCT.offset("ready"));
        final int end = validator.checkHeader(copy(mapping, RegionHeader.DIRECTORY_OFFSET));
        final ByteBuffer copy = copy(mapping, end);
        if (validator.checkHeader(copy) != end) {
            throw validator.refuse("header", "changing while it is read", "a region at rest");
        }
        return validator.checkDirectory(copy, end);
    }

    private static ByteBuffer copy(final MappedByteBuffer mapping, final int length) {
        final byte[] bytes = new byte[length];
        mapping.get(0, bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static MappedByteBuffer map(final FileChannel channel, final MapMode mode)
            throws IOException {
        final long size = channel.size();
        if (size > Integer.MAX_VALUE) {
            throw new RegionException(
                    "A region of " + size + " bytes cannot be mapped: the most is 2 GiB.");
        }
        final MappedByteBuffer mapping = channel.map(mode, 0, size);
        mapping.order(ByteOrder.nativeOrder());
        return mapping;
    }

    private static void writeAll(final FileChannel channel, final ByteBuffer bytes)
            throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void publish(final AtomicBuffer buffer) {
        final SecureRandom random = new SecureRandom();
        final StructType h = RegionHeader.STRUCT;
        buffer.putLong(h.offset("instance_id"), random.nextLong());
        buffer.putLong(h.offset("instance_id") + Long.BYTES, random.nextLong());
        buffer.putInt(h.offset("creator_pid"), (int) ProcessHandle.current().pid());
        buffer.putLong(
                h.offset("creator_start_time"), ProcessStart.of(ProcessHandle.current().pid()));
        // Release: pairs with the acquire of the ready word in validate().
        buffer.putIntRelease(h.offset("ready"), RegionHeader.READY);
    }

    /**
     * The whole region for loads and stores.
     *
     * @throws IllegalStateException if the region is closed or was attached read-only
     */
    public AtomicBuffer buffer() {
        checkOpen();
        if (!writable) {
            throw new IllegalStateException(
                    what
                            + " was attached read-only, so only loads are to be had; attach it"
                            + " read-write to store.");
        }
        return buffer;
    }

    /** Atomic loads from the region, whichever way it was attached. */
    public Loads loads() {
        checkOpen();
        return new Loads(this, buffer);
    }

    /** The sections in the order of their offsets, also those that this version does not know. */
    public Collection<SectionEntry> entries() {
        return entries.values();
    }

    /**
     * The section of this declaration's name, if its shape is the declared one.
     *
     * @throws RegionException if it is missing or has another shape
     */
    public SectionEntry section(final Section wanted) {
        return new RegionValidator(what, mapping.capacity()).require(entries, wanted);
    }

    /** The 128-bit id that the region was made with, as 32 hexadecimal digits. */
    public String instanceId() {
        final Loads loads = loads();
        final int at = RegionHeader.STRUCT.offset("instance_id");
        return String.format("%016x%016x", loads.int64(at), loads.int64(at + Long.BYTES));
    }

    /** Unmaps the region. Later calls, and uses of the buffer, are exceptions. Closing twice does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            buffer.wrap(new byte[0]);
            IoUtil.unmap(mapping);
        }
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException(what + " is closed.");
        }
    }

    /** Atomic loads from a region: what a reader may do that must never write. */
    public static final class Loads {
        private final Region region;
        private final DirectBuffer bytes;
        private final AtomicBuffer atomics;

        private Loads(final Region region, final UnsafeBuffer buffer) {
            this.region = region;
            this.bytes = buffer;
            this.atomics = buffer;
        }

        /** Loads with acquire from this byte offset. */
        public int int32(final int at) {
            region.checkOpen();
            return atomics.getIntAcquire(at);
        }

        /** Loads with acquire from this byte offset. */
        public long int64(final int at) {
            region.checkOpen();
            return atomics.getLongAcquire(at);
        }

        /** Loads with acquire from this byte offset. */
        public float float32(final int at) {
            return Float.intBitsToFloat(int32(at));
        }

        /** Loads with acquire from this byte offset. */
        public double float64(final int at) {
            return Double.longBitsToDouble(int64(at));
        }

        /** Loads a text of at most this many bytes that ends at the first 0 byte. */
        public String text(final int at, final int room) {
            region.checkOpen();
            final byte[] copy = new byte[room];
            bytes.getBytes(at, copy);
            return RegionValidator.text(ByteBuffer.wrap(copy), 0, room, UTF_8);
        }
    }
}
