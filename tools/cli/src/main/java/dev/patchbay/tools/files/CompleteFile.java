// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.files;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files that appear complete or not at all. */
public final class CompleteFile {
    private CompleteFile() {}

    /**
     * Writes a text; an older file is replaced at once, or stays as it was on failure.
     *
     * @throws ToolException if it cannot be written
     */
    public static void write(final Path file, final String text) {
        final Path target = file.toAbsolutePath();
        Path work = null;
        try {
            Files.createDirectories(target.getParent());
            work = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
            Files.writeString(work, text);
            Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            delete(work);
            throw new ToolException(file + " cannot be written: " + e + ".", e);
        }
    }

    /** Moves a finished file to its place, also from another file system, and replaces what is there. */
    public static void move(final Path finished, final Path file) {
        final Path target = file.toAbsolutePath();
        Path work = null;
        try {
            Files.createDirectories(target.getParent());
            work = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
            Files.move(finished, work, StandardCopyOption.REPLACE_EXISTING);
            Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            delete(work);
            throw new ToolException(file + " cannot be written: " + e + ".", e);
        }
    }

    private static void delete(final Path work) {
        if (work != null) {
            try {
                Files.deleteIfExists(work);
            } catch (final IOException e) {
                throw new ToolException(
                        work + " was left behind and cannot be deleted: " + e + ".", e);
            }
        }
    }
}
