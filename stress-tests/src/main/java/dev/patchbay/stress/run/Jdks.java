// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * The JVMs that tests are run on.
 *
 * @param found one for each release
 * @param missing a sentence with the remedy for each that should be there and is not
 */
public record Jdks(List<Jdk> found, List<String> missing) {
    private static final int OLDEST = 17;
    private static final int NEWEST = 25;

    /** {@return the JVM that runs this alone} */
    public static Jdks running() {
        return new Jdks(List.of(Jdk.running()), List.of());
    }

    /**
     * {@return those that the user names}
     *
     * @param homes their folders
     * @throws StressException if one of them has none
     */
    public static Jdks named(final List<Path> homes) {
        final List<Jdk> found = new ArrayList<>();
        for (final Path home : homes) {
            found.add(
                    Jdk.in(home)
                            .orElseThrow(
                                    () ->
                                            new StressException(
                                                    "--jdk "
                                                            + home
                                                            + " is no Java installation: expected a"
                                                            + " folder with bin/java and a file"
                                                            + " \"release\" that names the"
                                                            + " version.")));
        }
        final List<Jdk> distinct = found.stream().distinct().toList();
        for (final Jdk jdk : distinct) {
            if (distinct.stream().filter(other -> other.release() == jdk.release()).count() > 1) {
                throw new StressException(
                        "--jdk names Java "
                                + jdk.release()
                                + " more than once: name one of each release, since units are"
                                + " named by it.");
            }
        }
        return new Jdks(distinct, List.of());
    }

    /** {@return a Java 17 and a Java 25 or later, looked for where Java is usually installed} */
    public static Jdks search() {
        final List<Jdk> found = new ArrayList<>();
        final List<String> missing = new ArrayList<>();
        find(found, missing, release -> release == OLDEST, String.valueOf(OLDEST));
        find(found, missing, release -> release >= NEWEST, NEWEST + " or later");
        return new Jdks(List.copyOf(found), List.copyOf(missing));
    }

    private static void find(
            final List<Jdk> found,
            final List<String> missing,
            final IntPredicate wanted,
            final String what) {
        final Jdk running = Jdk.running();
        if (wanted.test(running.release())) {
            found.add(running);
            return;
        }
        homes().map(Jdk::in)
                .flatMap(java.util.Optional::stream)
                .filter(jdk -> wanted.test(jdk.release()))
                .findFirst()
                .ifPresentOrElse(
                        found::add,
                        () ->
                                missing.add(
                                        "No Java "
                                                + what
                                                + " was found in JAVA_HOME, JAVA17_HOME,"
                                                + " JAVA25_HOME, /usr/lib/jvm, /opt or the home"
                                                + " folder. Install one, or name with --jdk each"
                                                + " Java that the tests shall run on."));
    }

    private static Stream<Path> homes() {
        final String user = System.getProperty("user.home");
        return Stream.of(
                        Stream.of("JAVA_HOME", "JAVA17_HOME", "JAVA25_HOME")
                                .map(System::getenv)
                                .filter(Objects::nonNull)
                                .map(Path::of),
                        children(Path.of("/usr/lib/jvm")),
                        children(Path.of("/opt")),
                        children(Path.of("/opt/java")),
                        children(Path.of(user, ".sdkman/candidates/java")),
                        children(Path.of(user, ".jdks")))
                .flatMap(homes -> homes);
    }

    private static Stream<Path> children(final Path folder) {
        if (!Files.isReadable(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
