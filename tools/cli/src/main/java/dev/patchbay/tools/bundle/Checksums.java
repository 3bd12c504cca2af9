// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The SHA-256 of each file of a bundle, in the form of {@code sha256sum}: in the bundle's folder, {@code sha256sum -c
 * Contents/Resources/checksums.sha256} checks them, too. The AOT cache and the pictures, which differ from build to build, are not
 * among them; the cache has a key of its own.
 */
final class Checksums {
    private static final String GAP = "  ";

    private Checksums() {}

    /** Writes those of a bundle that is complete. */
    static void write(final Path bundle) throws IOException {
        final StringBuilder text = new StringBuilder();
        of(bundle).forEach((name, sum) -> text.append(sum).append(GAP).append(name).append('\n'));
        Files.writeString(bundle.resolve(BundleFiles.CHECKSUMS), text);
    }

    /** {@return what differs from what was written: a sentence for each file} */
    static List<String> differences(final Path bundle) throws IOException {
        final SortedMap<String, String> written = new TreeMap<>();
        for (final String line : Files.readAllLines(bundle.resolve(BundleFiles.CHECKSUMS))) {
            final String[] parts = line.split(GAP, 2);
            if (parts.length < 2) {
                return List.of(
                        BundleFiles.CHECKSUMS
                                + " has the line \""
                                + line
                                + "\", expected a checksum, two spaces and a path.");
            }
            written.put(parts[1], parts[0]);
        }
        final SortedMap<String, String> found = of(bundle);
        final List<String> differences = new ArrayList<>();
        written.forEach(
                (name, sum) -> {
                    if (!found.containsKey(name)) {
                        differences.add(name + " is missing, expected a file.");
                    } else if (!found.get(name).equals(sum)) {
                        differences.add(
                                name
                                        + " has the SHA-256 "
                                        + found.get(name)
                                        + ", expected "
                                        + sum
                                        + ": it was changed since the bundle was made.");
                    }
                });
        found.keySet().stream()
                .filter(name -> !written.containsKey(name))
                .forEach(
                        name ->
                                differences.add(
                                        name + " is no part of the bundle as it was made."));
        return differences;
    }

    private static SortedMap<String, String> of(final Path bundle) throws IOException {
        final SortedMap<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(bundle)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String name = bundle.relativize(file).toString();
                if (!name.equals(BundleFiles.CHECKSUMS)
                        && !name.startsWith(BundleFiles.SNAPSHOTS)
                        && !name.startsWith(JvmCommand.RT_AOT)) {
                    sums.put(name, sum(file));
                }
            }
        }
        return sums;
    }

    private static String sum(final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest =
                        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
