// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkedToolsTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir private Path folder;
    private final List<String> logged = new ArrayList<>();

    private ForkedTools tools() {
        final List<Path> classPath =
                Arrays.stream(System.getProperty("java.class.path").split(":"))
                        .map(Path::of)
                        .toList();
        return new ForkedTools(
                JDK,
                classPath,
                new SystemStreamLog() {
                    @Override
                    public void debug(final CharSequence line) {
                        assertTrue(line.toString().contains(ForkedTools.MAIN), line::toString);
                    }

                    @Override
                    public void info(final CharSequence line) {
                        logged.add(line.toString());
                    }
                });
    }

    @Test
    void theToolsRunWithWhatAgronaNeeds() {
        final List<String> command =
                new ForkedTools(
                                JDK,
                                List.of(Path.of("a.jar"), Path.of("b.jar")),
                                new SystemStreamLog())
                        .command(List.of("layout"));
        assertEquals(
                List.of(
                        JDK + "/bin/java",
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        "a.jar:b.jar",
                        "dev.patchbay.tools.Main",
                        "layout"),
                command);
    }

    @Test
    void theOutputGoesToTheLog() throws MojoExecutionException, IOException {
        tools().run(List.of("header", "-o", folder.resolve("standard.h").toString()));
        assertTrue(Files.size(folder.resolve("standard.h")) > 1000);
        tools().run(List.of("layout"));
        assertTrue(
                logged.stream().anyMatch(line -> line.startsWith("bridge_counters")),
                logged::toString);
    }

    @Test
    void aFailureIsTheToolsOwnSentence() {
        final List<String> bundle =
                List.of(
                        "bundle",
                        "--project",
                        folder.toString(),
                        "--classpath",
                        "x",
                        "--output",
                        folder.toString());
        assertEquals(
                "The Patchbay tools ended with status 1: "
                        + folder
                        + "/build.yaml cannot be read (NoSuchFileException): expected a build.yaml,"
                        + " or the folder that holds one.",
                assertThrows(MojoExecutionException.class, () -> tools().run(bundle)).getMessage());
    }

    @Test
    void severalErrorsAreALineEach() throws IOException {
        Files.writeString(folder.resolve("build.yaml"), "plugins: {}\nmodules: 1\n");
        final String message =
                assertThrows(
                                MojoExecutionException.class,
                                () ->
                                        tools().run(
                                                        List.of(
                                                                "validate",
                                                                "--project",
                                                                folder.toString())))
                        .getMessage();
        final List<String> lines = message.lines().toList();
        assertEquals("The Patchbay tools ended with status 1:", lines.get(0));
        assertEquals(5, lines.size(), message);
        assertTrue(
                lines.get(1)
                        .startsWith(
                                folder
                                        + "/build.yaml:1: plugins is an unknown key (perhaps"
                                        + " plugin?)"),
                message);
        assertTrue(lines.get(2).contains(":2: modules is \"1\""), message);
    }

    @Test
    void aJdkThatIsNoneIsNamed() {
        final ForkedTools none = new ForkedTools(folder, List.of(), new SystemStreamLog());
        assertTrue(
                assertThrows(MojoExecutionException.class, () -> none.run(List.of("layout")))
                        .getMessage()
                        .startsWith("The Patchbay tools cannot be run with " + folder + ": "));
    }
}
