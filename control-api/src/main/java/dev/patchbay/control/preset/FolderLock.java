// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps all others out of a folder while something is changed in it: other processes, and other threads of this one. The kernel frees it with
 * the process that holds it. Readers need none, since files are replaced whole.
 */
final class FolderLock implements AutoCloseable {
    private static final String NAME = ".lock";
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(final FileChannel channel, final FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the folder if there is none, and waits until it is ours, 10 s at most.
     *
     * @throws IOException if another holds it for longer, or it cannot be written to
     */
    static FolderLock take(final Path folder) throws IOException {
        // For this user alone, as the XDG specification asks; folders that are there stay as they
        // are.
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final FileChannel channel =
                FileChannel.open(
                        folder.resolve(NAME),
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        LinkOption.NOFOLLOW_LINKS);
        try {
            final long start = System.nanoTime();
            FileLock lock = tryLock(channel);
            while (lock == null) {
                if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
                    throw new FileSystemException(
                            folder.toString(),
                            null,
                            "another process has been changing presets for 10 s; try again");
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                lock = tryLock(channel);
            }
            return new FolderLock(channel, lock);
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }

    /** Takes away what a writer left that was killed: whoever writes holds the lock, so nobody is at it. */
    void clearUnfinished(final Path folder) throws IOException {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(folder, PresetFiles.UNFINISHED + "*")) {
            for (final Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        }
    }
}
