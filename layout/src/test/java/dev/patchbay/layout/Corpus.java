// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** What libFuzzer found worth keeping, minimised, in one archive. */
final class Corpus {
    private static final String NAME = "region-corpus.zip";

    private Corpus() {}

    static List<byte[]> read() throws IOException {
        final List<byte[]> inputs = new ArrayList<>();
        final InputStream resource = Corpus.class.getResourceAsStream(NAME);
        if (resource == null) {
            throw new AssertionError("The corpus " + NAME + " is missing.");
        }
        try (ZipInputStream zip = new ZipInputStream(resource)) {
            while (zip.getNextEntry() != null) {
                inputs.add(zip.readAllBytes());
            }
        }
        return inputs;
    }

    /** Writes inputs to files of a folder, for libFuzzer to start from. */
    static void unpack(final List<byte[]> inputs, final Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(folder.resolve(String.format("seed-%04d", i)), inputs.get(i));
        }
    }

    /** Packs a folder's files, always in the same order and with the same bytes. */
    static int pack(final Path folder, final Path archive) throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(9);
            for (final Path file : files) {
                final ZipEntry entry = new ZipEntry(file.getFileName().toString());
                entry.setTime(1_767_225_600_000L);
                zip.putNextEntry(entry);
                zip.write(Files.readAllBytes(file));
            }
        }
        return files.size();
    }
}
