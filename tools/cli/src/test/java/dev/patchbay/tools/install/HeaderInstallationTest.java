// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installed header as C and C++ projects find it: by pkg-config and by CMake, also after it was moved. */
class HeaderInstallationTest {
    private static final String PROGRAM =
            """
            #include <patchbay/standard.h>
            #include <stdio.h>

            int main(void)
            {
                pb_region region;
                if (pb_region_attach(&region, -1))
                    return 1;
                puts(PB_STANDARD_AUDIO_NAME);
                return 0;
            }
            """;

    @TempDir private Path folder;
    private Path prefix;

    /** Installed at one place and moved to another, whose name has a space: no file may name the first. */
    @BeforeEach
    void install() throws IOException {
        final Path first = folder.resolve("first");
        final List<Path> files = new HeaderInstallation(first, "0.1.0-SNAPSHOT").write();
        assertEquals(5, files.size());
        for (final Path file : files) {
            assertTrue(Files.isRegularFile(file), file::toString);
            assertFalse(Files.readString(file).contains(folder.toString()), file::toString);
        }
        prefix = Files.move(first, folder.resolve("moved away"));
        for (final String name : List.of("program.c", "program.cpp")) {
            Files.writeString(folder.resolve(name), PROGRAM);
        }
    }

    private record Result(int status, String output) {}

    private Result run(
            final Path directory, final Map<String, String> variables, final List<String> command)
            throws IOException, InterruptedException {
        final ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(variables);
        final Process process = builder.start();
        process.getOutputStream().close();
        final String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), output);
    }

    private String succeed(
            final Path directory, final Map<String, String> variables, final String... command)
            throws IOException, InterruptedException {
        final Result result = run(directory, variables, List.of(command));
        assertEquals(0, result.status(), () -> String.join(" ", command) + "\n" + result.output());
        return result.output();
    }

    @Test
    void aProgramIsCompiledThroughPkgConfig() throws Exception {
        final Map<String, String> path =
                Map.of("PKG_CONFIG_PATH", prefix.resolve("lib/pkgconfig").toString());
        assertEquals("0.1.0\n", succeed(folder, path, "pkg-config", "--modversion", "patchbay"));
        for (final String compile :
                List.of("gcc -std=c11 program.c", "g++ -std=c++17 program.cpp")) {
            succeed(
                    folder,
                    path,
                    "sh",
                    "-c",
                    "eval \""
                            + compile
                            + " -Wall -Wextra -Werror $(pkg-config --cflags patchbay)\" -o"
                            + " program");
            assertEquals(
                    "audio\n", succeed(folder, Map.of(), folder.resolve("program").toString()));
        }
    }

    @Test
    void aProjectOfCAndCppFindsThePackageOfCmake() throws Exception {
        Files.writeString(
                folder.resolve("CMakeLists.txt"),
                """
                cmake_minimum_required(VERSION 3.16)
                project(user LANGUAGES C CXX)
                find_package(patchbay 0.1 REQUIRED)
                find_package(patchbay 0.1 REQUIRED)
                add_executable(in-c program.c)
                set_target_properties(in-c PROPERTIES C_STANDARD 11 C_STANDARD_REQUIRED ON)
                add_executable(in-cpp program.cpp)
                set_target_properties(in-cpp PROPERTIES CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON)
                foreach(program in-c in-cpp)
                  target_link_libraries(${program} PRIVATE patchbay::patchbay)
                endforeach()
                """);
        succeed(
                folder,
                Map.of(),
                "cmake",
                "-S",
                ".",
                "-B",
                "build",
                "-DCMAKE_PREFIX_PATH=" + prefix);
        succeed(folder, Map.of(), "cmake", "--build", "build");
        for (final String program : List.of("in-c", "in-cpp")) {
            final String path = folder.resolve("build").resolve(program).toString();
            assertEquals("audio\n", succeed(folder, Map.of(), path));
        }
    }

    private Result find(final Path installed, final String wanted) throws Exception {
        final Path project = Files.createTempDirectory(folder, "find");
        Files.writeString(
                project.resolve("CMakeLists.txt"),
                "cmake_minimum_required(VERSION 3.16)\nproject(user LANGUAGES C)\n"
                        + "find_package(patchbay "
                        + wanted
                        + " REQUIRED)\n"
                        + "message(STATUS \"found ${patchbay_VERSION}\")\n");
        final List<String> command = new ArrayList<>(List.of("cmake", "-S", ".", "-B", "build"));
        command.add("-DCMAKE_PREFIX_PATH=" + installed);
        return run(project, Map.of(), command);
    }

    @Test
    void anotherInterfaceIsNotTakenForTheOneAskedFor() throws Exception {
        for (final String taken : List.of("", "0", "0.1", "0.1.0", "0.1.0 EXACT")) {
            assertTrue(find(prefix, taken).output().contains("found 0.1.0"), taken);
        }
        for (final String refused : List.of("0.1.1", "0.2", "0.0", "1", "1.0")) {
            final Result result = find(prefix, refused);
            assertNotEquals(0, result.status(), refused);
            assertTrue(result.output().contains("version: 0.1.0"), result::output);
        }
        final Path later = folder.resolve("later");
        new HeaderInstallation(later, "2.3.4").write();
        assertEquals(0, find(later, "2.1").status());
        assertNotEquals(0, find(later, "2.4").status());
        assertNotEquals(0, find(later, "1.9").status());
    }

    @Test
    void aPrefixThatCannotBeWrittenIsOneSentence() throws IOException {
        final Path file = Files.writeString(folder.resolve("file"), "");
        final ToolException refused =
                assertThrows(
                        ToolException.class, () -> new HeaderInstallation(file, "1.0").write());
        assertTrue(refused.getMessage().contains("cannot be written"), refused::getMessage);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(4, left.count(), "the sources, the file and the installation");
        }
    }
}
