// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.layout.StateReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A memory of the bridge for states that have no room in the region, see {@link StateReference}. It is looked for among the host's descriptors
 * when it is first needed.
 */
final class StateMemory {
    private final Path descriptors;
    private final String name;
    private FileChannel file;

    /** Where the last written bytes lie, and the ones before them: a reader may still be there. */
    private StateReference last = new StateReference(0, 0);

    private StateReference beforeLast = last;

    /**
     * The memory of a host.
     *
     * @param hostPid the process that owns it
     * @param name as it was given to {@code memfd_create}
     */
    StateMemory(final long hostPid, final String name) {
        this.descriptors = Path.of("/proc", Long.toString(hostPid), "fd");
        this.name = name;
    }

    private FileChannel open() throws IOException {
        // An interrupt of the thread closes it.
        if (file == null || !file.isOpen()) {
            file = FileChannel.open(find(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        return file;
    }

    private Path find() throws IOException {
        final List<Path> all;
        try (Stream<Path> listed = Files.list(descriptors)) {
            all = listed.toList();
        }
        for (final Path descriptor : all) {
            try {
                if (Files.readSymbolicLink(descriptor)
                        .toString()
                        .equals("/memfd:" + name + " (deleted)")) {
                    return descriptor;
                }
            } catch (final IOException e) {
                // Closed meanwhile, so it is another.
            }
        }
        throw new IOException(
                "the host has no memory "
                        + name
                        + " for it; the plug-in's bridge may be older than this control module");
    }

    /** What a process before this one has published, which must stay as it is. */
    void known(final StateReference reference) {
        last = reference;
    }

    /** Writes bytes to where neither the last ones nor those before them lie. */
    StateReference write(final byte[] bytes) throws IOException {
        final FileChannel to = open();
        final StateReference reference = new StateReference(freePlace(bytes.length), bytes.length);
        final ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            to.write(left, reference.offset() + left.position());
        }
        beforeLast = last;
        last = reference;
        return reference;
    }

    private long freePlace(final int length) {
        long at = 0;
        // At most two are in the way.
        for (int i = 0; i < 2; i++) {
            for (final StateReference used : List.of(last, beforeLast)) {
                if (at < used.offset() + used.length() && used.offset() < at + length) {
                    at = used.offset() + used.length();
                }
            }
        }
        return at;
    }

    /** Gives the memory back: what is published now lies elsewhere. */
    void clear() throws IOException {
        if (file != null && last.length() > 0) {
            file.truncate(0);
            last = new StateReference(0, 0);
            beforeLast = last;
        }
    }

    /** The bytes of a reference; none where they are not all there, since another has been published meanwhile. */
    Optional<byte[]> read(final StateReference reference) throws IOException {
        final FileChannel from = open();
        if (reference.offset() + reference.length() > from.size()) {
            return Optional.empty();
        }
        final ByteBuffer bytes = ByteBuffer.allocate((int) reference.length());
        while (bytes.hasRemaining()) {
            if (from.read(bytes, reference.offset() + bytes.position()) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(bytes.array());
    }
}
