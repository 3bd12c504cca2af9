// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that are made for a while. */
final class Folders {
    private Folders() {}

    /** Deletes a folder and all in it; nothing where it is null. */
    static void delete(final Path folder) {
        if (folder == null) {
            return;
        }
        try {
            final List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (final Path path : all) {
                Files.delete(path);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
