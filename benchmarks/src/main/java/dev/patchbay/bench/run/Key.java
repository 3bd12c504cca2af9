// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Effort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What must be the same for rounds to be counted together: the code, the machine with all versions, and the effort. */
public final class Key {
    private static final int BYTES = 12;

    private Key() {}

    /**
     * {@return the key, some hexadecimal digits}
     *
     * @param facts of the machine
     * @param effort how long is measured; the number of rounds is no part of it
     */
    public static String of(final Map<String, String> facts, final Effort effort) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(facts.toString().getBytes(UTF_8));
            digest.update(effort.withRounds(0).toString().getBytes(UTF_8));
            for (final String entry :
                    System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (Files.exists(Path.of(entry))) {
                    update(digest, Path.of(entry));
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (final IOException e) {
            throw new BenchException("The program cannot be read: " + e + ".", e);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void update(final MessageDigest digest, final Path path) throws IOException {
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(path)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (final Path file : files) {
            digest.update(path.relativize(file).toString().getBytes(UTF_8));
            digest.update(Files.readAllBytes(file));
        }
    }
}
