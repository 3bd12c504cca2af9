// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM that tests are run on.
 *
 * @param release such as 25
 * @param version all of it, such as {@code 25.0.1+8}
 * @param home its folder
 */
public record Jdk(int release, String version, Path home) {
    private static final Pattern RUNTIME = Pattern.compile("JAVA_RUNTIME_VERSION=\"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"([^\"]+)\"");
    private static final Pattern RELEASE = Pattern.compile("(?:1\\.)?(\\d+).*");

    /** {@return the JVM that runs this} */
    public static Jdk running() {
        final Runtime.Version version = Runtime.version();
        return new Jdk(
                version.feature(), version.toString(), Path.of(System.getProperty("java.home")));
    }

    /**
     * {@return the JVM of a folder, or nothing where there is none}
     *
     * @param home the folder that has {@code bin/java} and {@code release}
     */
    public static Optional<Jdk> in(final Path home) {
        final Path facts = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(facts)) {
            return Optional.empty();
        }
        try {
            final String text = Files.readString(facts);
            final Matcher version = VERSION.matcher(text);
            if (!version.find()) {
                return Optional.empty();
            }
            final Matcher release = RELEASE.matcher(version.group(1));
            final Matcher runtime = RUNTIME.matcher(text);
            return release.matches()
                    ? Optional.of(
                            new Jdk(
                                    Integer.parseInt(release.group(1)),
                                    runtime.find() ? runtime.group(1) : version.group(1),
                                    home.toRealPath()))
                    : Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return its launcher} */
    public Path java() {
        return home.resolve("bin/java");
    }
}
