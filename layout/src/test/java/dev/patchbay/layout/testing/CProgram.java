// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** C and C++ at test time: what a generated header means is what the compilers make of it. */
public final class CProgram {
    /** Warnings under which a header must compile without one. */
    public static final List<String> STRICT =
            List.of("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror");

    private CProgram() {}

    /** Whether a compiler is installed. gcc and g++ must be; clang and clang++ may be. */
    public static boolean has(final String compiler) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, compiler)));
    }

    /** Compiles a source beside the headers that it includes and returns the program. */
    public static Path compile(final Path source, final String compiler, final String... options)
            throws IOException, InterruptedException {
        if (!has(compiler)) {
            throw new AssertionError(
                    "The build of Patchbay needs gcc and g++, but there is no "
                            + compiler
                            + " on the PATH. On Debian: apt install g++");
        }
        final Path program = source.resolveSibling(source.getFileName() + "." + compiler);
        final List<String> command = new ArrayList<>(List.of(compiler));
        command.addAll(List.of(options));
        command.addAll(STRICT);
        command.addAll(List.of("-o", program.toString(), source.toString()));
        run(command, "");
        return program;
    }

    /** Runs a program and returns what it wrote; its input comes from a text. */
    public static String run(final List<String> command, final String input)
            throws IOException, InterruptedException {
        final Path in = Files.createTempFile("patchbay", ".in");
        try {
            Files.writeString(in, input);
            final Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(in.toFile())
                            .start();
            final String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            final int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError(command + " ended with " + status + ":\n" + output);
            }
            return output;
        } finally {
            Files.delete(in);
        }
    }
}
