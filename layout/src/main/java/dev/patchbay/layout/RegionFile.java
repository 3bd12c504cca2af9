// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

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
import java.util.EnumSet;
import java.util.Set;
import org.agrona.IoUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes and maps the file of a region. */
final class RegionFile {
    private RegionFile() {}

    static Mapping create(final Path file, final RegionImage image) {
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
                final MappedByteBuffer pages = map(channel, MapMode.READ_WRITE);
                publish(new UnsafeBuffer(pages));
                return open(file.toString(), pages);
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

    static Mapping attach(final Path file, final boolean writable) {
        final Set<StandardOpenOption> options =
                writable
                        ? EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
                        : EnumSet.of(StandardOpenOption.READ);
        try (FileChannel channel = FileChannel.open(file, options)) {
            return open(
                    file.toString(),
                    map(channel, writable ? MapMode.READ_WRITE : MapMode.READ_ONLY));
        } catch (final IOException e) {
            throw new RegionException("The region " + file + " cannot be opened: " + e + ".", e);
        }
    }

    private static Mapping open(final String what, final MappedByteBuffer pages) {
        try {
            return new Mapping(what, pages, validate(what, pages));
        } catch (final RegionException e) {
            IoUtil.unmap(pages);
            throw e;
        }
    }

    private static RegionFacts validate(final String what, final MappedByteBuffer pages) {
        final RegionValidator validator = new RegionValidator(what, pages.capacity());
        if (pages.capacity() < RegionHeader.DIRECTORY_OFFSET) {
            throw validator.refuse(
                    "file length",
                    Integer.toString(pages.capacity()),
                    "at least " + RegionHeader.DIRECTORY_OFFSET);
        }
        // Acquire: pairs with the release of the ready word by whoever created the region.
        new UnsafeBuffer(pages).getIntAcquire(RegionHeader.STRUCT.offset("ready"));
        final int end = validator.checkHeader(copy(pages, RegionHeader.DIRECTORY_OFFSET));
        final ByteBuffer copy = copy(pages, end);
        if (validator.checkHeader(copy) != end) {
            throw validator.refuse("header", "changing while it is read", "a region at rest");
        }
        return RegionFacts.read(copy, validator.checkDirectory(copy, end));
    }

    private static ByteBuffer copy(final MappedByteBuffer pages, final int length) {
        final byte[] bytes = new byte[length];
        pages.get(0, bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static MappedByteBuffer map(final FileChannel channel, final MapMode mode)
            throws IOException {
        final long size = channel.size();
        if (size > Integer.MAX_VALUE) {
            throw new RegionException(
                    "A region of " + size + " bytes cannot be mapped: the most is 2 GiB.");
        }
        final MappedByteBuffer pages = channel.map(mode, 0, size);
        pages.order(ByteOrder.nativeOrder());
        return pages;
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
}
