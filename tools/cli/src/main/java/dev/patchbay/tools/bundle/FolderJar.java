// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a folder of classes into a jar whose bytes depend on the files' names and bytes alone. */
final class FolderJar {
    /** The manifest is written first, for readers of streams, and would else differ with the JDK. */
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** Local time, as zip stores it: so the zone of the build does not matter. */
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private FolderJar() {}

    static void write(final Path folder, final Path jar) throws IOException {
        final List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> names.add(name(folder, file)));
        }
        names.sort(null);
        if (names.remove(MANIFEST)) {
            names.add(0, MANIFEST);
        }
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            if (!names.contains(MANIFEST)) {
                entry(zip, MANIFEST);
                zip.write("Manifest-Version: 1.0\r\n\r\n".getBytes(US_ASCII));
            }
            final Set<String> folders = new HashSet<>();
            for (final String name : names) {
                folders(zip, folders, name);
                entry(zip, name);
                Files.copy(folder.resolve(name), zip);
            }
        }
    }

    /** Folders get entries, too: some libraries look a package up as a resource. */
    private static void folders(
            final ZipOutputStream zip, final Set<String> known, final String name)
            throws IOException {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            final String parent = name.substring(0, slash + 1);
            if (known.add(parent)) {
                entry(zip, parent);
            }
        }
    }

    private static void entry(final ZipOutputStream zip, final String name) throws IOException {
        final ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
    }

    private static String name(final Path folder, final Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
