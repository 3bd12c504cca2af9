// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.gettingstarted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds and runs a project that has the published layout library as its one dependency. */
class OutsideProjectIT {
    private static final Path PROJECT = Path.of("src/test/project").toAbsolutePath();

    @TempDir private static Path projects;

    private static Repository repository;

    /** How a program finds its libraries. */
    enum Way {
        CLASS_PATH("java.base/jdk.internal.misc=ALL-UNNAMED"),
        MODULE_PATH("java.base/jdk.internal.misc=org.agrona");

        private final String export;

        Way(final String export) {
            this.export = export;
        }

        List<String> program() {
            return this == CLASS_PATH
                    ? List.of("-cp", "target/classes:target/lib/*", "outside.Main")
                    : List.of("-p", "target/classes:target/lib", "-m", "outside/outside.Main");
        }
    }

    @BeforeAll
    static void publish() throws IOException {
        repository = Repository.ofThisBuild();
    }

    static Stream<Arguments> combinations() throws IOException {
        return Jdk.oldestAndNewest().stream()
                .flatMap(jdk -> Stream.of(Way.values()).map(way -> Arguments.of(jdk, way)));
    }

    @Test
    void bothEndsOfTheSupportedVersionsAreTested() throws IOException {
        final List<Integer> found =
                Jdk.oldestAndNewest().stream().map(Jdk::feature).sorted().toList();
        assertTrue(
                found.size() == 2 && found.get(0) == Jdk.OLDEST && found.get(1) >= 25,
                "These tests need a JDK 17 and a JDK 25 or newer, and found "
                        + found
                        + ". Install what is missing, or set JAVA17_HOME.");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("combinations")
    void aStrangersProgramIsBuiltAndExchangesAValue(final Jdk jdk, final Way way)
            throws IOException, InterruptedException {
        final Shell shell = built(jdk, way);
        final Shell.Result run =
                shell.run(command(jdk, way, "with", "--add-exports=" + way.export));
        assertEquals(
                "Java "
                        + jdk.feature()
                        + ", "
                        + (way == Way.CLASS_PATH ? "class" : "module")
                        + " path: outside, 3 levels, the last 0.625\n",
                run.output());
        assertEquals(0, run.status());
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("combinations")
    void withoutTheFlagOneSentenceNamesIt(final Jdk jdk, final Way way)
            throws IOException, InterruptedException {
        final Shell shell = built(jdk, way);
        final Shell.Result run = shell.run(command(jdk, way, "without"));
        assertEquals(1, run.status(), run.output());
        final List<String> said =
                run.output().lines().filter(line -> !line.startsWith("\tat ")).toList();
        assertEquals(1, said.size(), "one sentence and nothing else:\n" + run.output());
        assertTrue(said.get(0).contains("--add-exports"), run.output());
        assertTrue(said.get(0).contains(way.export), run.output());
        assertFalse(Files.exists(folder(jdk, way).resolve("without")), "nothing is left half made");
    }

    private static Path folder(final Jdk jdk, final Way way) {
        return projects.resolve(jdk.feature() + "-" + way);
    }

    /** A shell in the project, which is built for this combination if it is not yet. */
    private static Shell built(final Jdk jdk, final Way way)
            throws IOException, InterruptedException {
        final Path folder = folder(jdk, way);
        final Shell shell = new Shell(folder, jdk, repository);
        if (!Files.exists(folder)) {
            copyProject(folder, way);
            final Shell.Result build =
                    shell.run(
                            List.of(
                                    "mvn",
                                    "-B",
                                    "-q",
                                    "-Dpatchbay.version=" + version(),
                                    "process-classes"));
            assertEquals(0, build.status(), build.output());
        }
        return shell;
    }

    private static List<String> command(
            final Jdk jdk, final Way way, final String region, final String... flags) {
        final List<String> command = new ArrayList<>(List.of(jdk.java()));
        command.addAll(List.of(flags));
        command.addAll(way.program());
        command.add(region);
        return command;
    }

    private static String version() throws IOException {
        return PublishedModule.of(Repository.root()).get(0).version();
    }

    private static void copyProject(final Path folder, final Way way) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                if (way == Way.CLASS_PATH && file.endsWith("module-info.java")) {
                    continue;
                }
                final Path target = folder.resolve(PROJECT.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
