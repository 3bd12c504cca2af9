// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder that appears under its name complete or not at all: it is filled as a hidden sibling and renamed. What had the
 * name before is replaced only then.
 */
public final class NewFolder implements AutoCloseable {
    private final Path target;
    private final Path work;

    /** Makes the hidden sibling; missing parents are made, too. */
    public NewFolder(final Path target) throws IOException {
        this.target = target.toAbsolutePath().normalize();
        final Path parent = this.target.getParent();
        Files.createDirectories(parent);
        this.work = Files.createTempDirectory(parent, "." + this.target.getFileName() + ".new-");
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Where to write. */
    public Path path() {
        return work;
    }

    /** Gives the folder its name; on failure the old one has it back. */
    public void complete() throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        final Path old = target.resolveSibling(work.getFileName() + ".old");
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        Folders.delete(old);
    }

    /** Deletes what was not completed. */
    @Override
    public void close() throws IOException {
        Folders.delete(work);
    }
}
