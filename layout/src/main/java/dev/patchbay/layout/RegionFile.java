// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
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
                return publish(file.toString(), map(channel, MapMode.READ_WRITE));
            } catch (final IOException | RuntimeException | InternalError e) {
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
            new RegionValidator(file.toString(), channel.size()).checkFile();
            return open(
                    file.toString(),
                    map(channel, writable ? MapMode.READ_WRITE : MapMode.READ_ONLY));
        } catch (final AccessDeniedException e) {
            throw new RegionException(
                    "The region "
                            + file
                            + " cannot be opened: this process, of the user "
                            + System.getProperty("user.name")
                            + ", may not. A region's file belongs to whoever made it, with mode"
                            + " 0600: run both sides as the same user.",
                    e);
        } catch (final IOException e) {
            throw new RegionException("The region " + file + " cannot be opened: " + e + ".", e);
        }
    }

    private static Mapping open(final String what, final MappedByteBuffer pages) {
        try {
            // Acquire: pairs with the release of the ready word by whoever created the region.
            new UnsafeBuffer(pages).getIntAcquire(RegionHeader.STRUCT.offset("ready"));
            return new Mapping(
                    what, pages, new RegionValidator(what, pages.capacity()).check(pages));
        } catch (final RegionException e) {
            IoUtil.unmap(pages);
            throw e;
        } catch (final InternalError e) {
            // What the VM makes of a page that is not there any more.
            IoUtil.unmap(pages);
            throw new RegionException(
                    "The region " + what + " cannot be read: its file was truncated meanwhile.", e);
        }
    }

    /** Adds the identity of this process, checks the region and says last that it is complete. */
    private static Mapping publish(final String what, final MappedByteBuffer pages) {
        try {
            final UnsafeBuffer buffer = new UnsafeBuffer(pages);
            identify(buffer);
            final ByteBuffer header = RegionValidator.copy(pages, 0, RegionHeader.DIRECTORY_OFFSET);
            final int ready = RegionHeader.STRUCT.offset("ready");
            header.putInt(ready, RegionHeader.READY);
            final RegionFacts facts =
                    new RegionValidator(what, pages.capacity()).check(header, pages);
            // Release: pairs with the acquire of the ready word in open() and in
            // pb_region_validate.
            buffer.putIntRelease(ready, RegionHeader.READY);
            return new Mapping(what, pages, facts);
        } catch (final RuntimeException | InternalError e) {
            IoUtil.unmap(pages);
            throw e;
        }
    }

    private static MappedByteBuffer map(final FileChannel channel, final MapMode mode)
            throws IOException {
        final MappedByteBuffer pages = channel.map(mode, 0, channel.size());
        pages.order(ByteOrder.nativeOrder());
        return pages;
    }

    private static void writeAll(final FileChannel channel, final ByteBuffer bytes)
            throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void identify(final AtomicBuffer buffer) {
        final SecureRandom random = new SecureRandom();
        final StructType h = RegionHeader.STRUCT;
        buffer.putLong(h.offset("instance_id"), random.nextLong());
        buffer.putLong(h.offset("instance_id") + Long.BYTES, random.nextLong());
        buffer.putInt(h.offset("creator_pid"), (int) ProcessHandle.current().pid());
        buffer.putLong(
                h.offset("creator_start_time"), ProcessStart.of(ProcessHandle.current().pid()));
    }
}
