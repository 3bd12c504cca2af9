// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/** Reads and writes whole small files: bounded, and whole or not at all. */
final class PresetFiles {
    private static final int MOST_BYTES = PresetFile.MOST_BYTES;

    /** How names of files begin that were not finished; nothing lists them. */
    static final String UNFINISHED = ".patchbay-unfinished-";

    private PresetFiles() {}

    /**
     * Refuses a preset whose file could not be read back.
     *
     * @param preset what is to become a file
     * @param bytes of the file
     * @param done what is not done with it
     * @throws PresetException if there are more than {@link #MOST_BYTES}
     */
    static void checkReadable(final Preset preset, final byte[] bytes, final String done)
            throws PresetException {
        if (bytes.length > MOST_BYTES) {
            throw new PresetException(
                    "The preset \""
                            + preset.name()
                            + "\" has "
                            + bytes.length
                            + " bytes as a file, and at most "
                            + MOST_BYTES
                            + " can be read back: it is not "
                            + done
                            + ".");
        }
    }

    /**
     * {@return the bytes of a regular file}
     *
     * @param options {@link LinkOption#NOFOLLOW_LINKS} to refuse links
     * @throws IOException if it is no regular file or longer than {@link #MOST_BYTES}; it is not read then
     */
    static byte[] read(final Path file, final LinkOption... options) throws IOException {
        // First of all: to open a pipe would wait for its other end.
        final BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, options);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    attributes.isSymbolicLink()
                            ? "it is a link, and links in here are not followed"
                            : "it is no regular file");
        }
        checkLength(file, attributes.size());
        final Set<java.nio.file.OpenOption> open = new java.util.HashSet<>(Set.of(options));
        open.add(StandardOpenOption.READ);
        try (InputStream in = Channels.newInputStream(Files.newByteChannel(file, open))) {
            final byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            checkLength(file, bytes.length);
            return bytes;
        }
    }

    static void checkLength(final Path file, final long length) throws IOException {
        if (length > MOST_BYTES) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "it has "
                            + (length > MOST_BYTES + 1 ? "" + length : "more than " + MOST_BYTES)
                            + " bytes, and a preset has at most "
                            + MOST_BYTES);
        }
    }

    /**
     * Writes a file so that it is there whole or not at all, also after a loss of power: a temporary file in the same folder, on disk
     * before it is renamed, and the folder after. What had the name is replaced.
     */
    static void write(final Path file, final byte[] bytes) throws IOException {
        final Path folder = file.toAbsolutePath().getParent();
        final Path unfinished = folder.resolve(UNFINISHED + UUID.randomUUID());
        try {
            try (FileChannel to =
                    FileChannel.open(
                            unfinished, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                final ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    to.write(rest);
                }
                to.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        sync(folder);
    }

    /** Has a folder's entries on disk. */
    static void sync(final Path folder) throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** {@return whether there is anything of this name, a dangling link included} */
    static boolean isThere(final Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (final NoSuchFileException e) {
            return false;
        }
    }

    /** {@return what tells two contents apart} */
    static String stamp(final byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
