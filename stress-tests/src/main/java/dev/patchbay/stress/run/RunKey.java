// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be the same for verdicts to be kept from an interrupted run.
 *
 * @param code the hash of what is tested: this program's jar
 * @param mode how much
 * @param declaration the user's own declaration with the hash of its class path; empty for none
 * @param jdks the JVMs with all of their versions
 */
record RunKey(String code, String mode, String declaration, List<String> jdks) {
    static RunKey of(final Plan plan, final String declaration, final List<Path> classPath)
            throws IOException {
        return new RunKey(
                hash(List.of(program())),
                plan.mode().name(),
                declaration == null ? "" : declaration + " " + hash(classPath),
                plan.jdks().found().stream().map(Jdk::version).toList());
    }

    /** What differs from another, in a few words. */
    String differsFrom(final RunKey other) {
        return Stream.of(
                        code.equals(other.code) ? "" : "the program has changed",
                        mode.equals(other.mode)
                                ? ""
                                : "the mode was " + other.mode.toLowerCase(java.util.Locale.ROOT),
                        declaration.equals(other.declaration) ? "" : "the declaration was another",
                        jdks.equals(other.jdks)
                                ? ""
                                : "it ran on Java " + String.join(" and ", other.jdks))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static Path program() {
        try {
            return Path.of(
                    RunKey.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(final List<Path> paths) throws IOException {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (final Path path : paths) {
                try (Stream<Path> files = Files.walk(path)) {
                    for (final Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        digest.update(path.relativize(file).toString().getBytes(UTF_8));
                        try (InputStream in = Files.newInputStream(file)) {
                            final byte[] bytes = new byte[1 << 16];
                            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                                digest.update(bytes, 0, n);
                            }
                        }
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
