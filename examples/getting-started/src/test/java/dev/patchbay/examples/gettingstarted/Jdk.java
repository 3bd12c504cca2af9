// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.gettingstarted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK of this machine.
 *
 * @param feature its version: 17, 25
 * @param home its folder
 */
record Jdk(int feature, Path home) {
    /** The oldest version that the libraries support. */
    static final int OLDEST = 17;

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"([0-9]+)");

    /** The oldest supported one, where the machine has it, and the one that runs the tests. */
    static List<Jdk> oldestAndNewest() throws IOException {
        final Map<Integer, Jdk> found = new LinkedHashMap<>();
        for (final Path home : candidates()) {
            final Jdk jdk = at(home);
            if (jdk != null && jdk.feature() == OLDEST) {
                found.putIfAbsent(OLDEST, jdk);
            }
        }
        final Jdk own = at(Path.of(System.getProperty("java.home")));
        if (own == null) {
            throw new IOException("These tests run on a JRE; they need a JDK, which has javac.");
        }
        found.putIfAbsent(own.feature(), own);
        return List.copyOf(found.values());
    }

    /** Where the launcher looks, and for the oldest in JAVA17_HOME. */
    private static List<Path> candidates() throws IOException {
        final List<Path> all = new ArrayList<>();
        for (final String variable : List.of("JAVA" + OLDEST + "_HOME", "JAVA_HOME")) {
            final String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                all.add(Path.of(value));
            }
        }
        final Path user = Path.of(System.getProperty("user.home"));
        for (final Path parent :
                List.of(
                        Path.of("/usr/lib/jvm"),
                        Path.of("/opt"),
                        Path.of("/opt/java"),
                        user.resolve(".sdkman/candidates/java"),
                        user.resolve(".jdks"))) {
            if (Files.isDirectory(parent)) {
                try (Stream<Path> children = Files.list(parent)) {
                    children.sorted().forEach(all::add);
                }
            }
        }
        return all;
    }

    private static Jdk at(final Path home) throws IOException {
        final Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) {
            return null;
        }
        final Matcher version = VERSION.matcher(Files.readString(release));
        return version.find() ? new Jdk(Integer.parseInt(version.group(1)), home) : null;
    }

    String java() {
        return home.resolve("bin/java").toString();
    }

    @Override
    public String toString() {
        return "Java " + feature;
    }
}
