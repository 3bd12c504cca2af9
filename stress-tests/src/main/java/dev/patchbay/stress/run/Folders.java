// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a run. */
final class Folders {
    private Folders() {}

    /** An empty folder; what an earlier, interrupted run left in it is gone. */
    static Path empty(final Path folder) throws IOException {
        delete(folder);
        return Files.createDirectories(folder);
    }

    static void delete(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    static boolean isEmpty(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** A file's name for any text. */
    static String name(final String text) {
        return text.replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    /** Writes a file that is there as a whole or as it was before. */
    static void write(final Path file, final String text) throws IOException {
        final Path work = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(work, text);
        Files.move(work, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
