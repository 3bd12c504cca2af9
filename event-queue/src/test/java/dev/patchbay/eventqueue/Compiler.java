// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.layout.testing.CProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A C or C++ compiler with its options, for this machine or for AArch64, whose programs run in an emulator.
 *
 * @param command the program and what it is always given
 * @param emulator what runs its programs; empty for those that run by themselves
 * @param debian the package that has what it needs
 */
record Compiler(List<String> command, List<String> emulator, String debian) {
    private static final Path AARCH64 = Path.of("/usr/aarch64-linux-gnu");

    /** What an author may add to the warnings that are asked for, and a generated header still keeps to. */
    private static final List<String> STRICTER =
            List.of("-Wsign-conversion", "-Wcast-qual", "-Wundef", "-Wdouble-promotion");

    /** Every compiler, language and machine that a header is for. */
    static Stream<Compiler> all() {
        final List<Compiler> all = new ArrayList<>();
        for (final String std : List.of("c11", "c17", "gnu17")) {
            all.add(local("gcc", "g++", "c", std, "-O2", "-Wcast-align=strict"));
            all.add(local("clang", "clang", "c", std, "-Wcast-align"));
            all.add(cross("aarch64-linux-gnu-gcc", "c", std, "-Wcast-align=strict"));
            all.add(cross("clang", "c", std, "--target=aarch64-linux-gnu"));
        }
        for (final String std : List.of("c++17", "c++20")) {
            all.add(
                    local(
                            "g++",
                            "g++",
                            "c++",
                            std,
                            "-O2",
                            "-Wcast-align=strict",
                            "-Wold-style-cast"));
            all.add(local("clang++", "clang", "c++", std, "-Wcast-align", "-Wold-style-cast"));
            all.add(cross("aarch64-linux-gnu-g++", "c++", std, "-Wold-style-cast"));
            all.add(cross("clang++", "c++", std, "--target=aarch64-linux-gnu", "-Wold-style-cast"));
        }
        return all.stream();
    }

    /** One C and one C++ compiler of this machine, which must be there. */
    static Stream<Compiler> basic() {
        return Stream.of(
                local("gcc", "g++", "c", "c11", "-Wcast-align=strict"),
                local("g++", "g++", "c++", "c++17", "-Wold-style-cast"));
    }

    private static Compiler local(
            final String program,
            final String debian,
            final String language,
            final String std,
            final String... options) {
        return of(program, List.of(), debian, language, std, options);
    }

    private static Compiler cross(
            final String program,
            final String language,
            final String std,
            final String... options) {
        return of(
                program,
                List.of("qemu-aarch64", "-L", AARCH64.toString()),
                "g++-aarch64-linux-gnu clang qemu-user",
                language,
                std,
                options);
    }

    private static Compiler of(
            final String program,
            final List<String> emulator,
            final String debian,
            final String language,
            final String std,
            final String... options) {
        final List<String> command =
                new ArrayList<>(List.of(program, "-x" + language, "-std=" + std));
        command.addAll(List.of(options));
        command.addAll(STRICTER);
        return new Compiler(command, emulator, debian);
    }

    /** Ends the test as skipped, and says why, where the compiler is not installed. gcc and g++ must be. */
    void assumeInstalled() {
        final String program = command.get(0);
        final boolean here =
                CProgram.has(program) && (emulator.isEmpty() || Files.isDirectory(AARCH64));
        assumeTrue(
                here || program.equals("gcc") || program.equals("g++"),
                () -> program + " is not installed. On Debian: apt install " + debian);
    }

    /** As {@link #assumeInstalled}, for a test that also runs what was compiled. */
    void assumeRunnable() {
        assumeInstalled();
        assumeTrue(
                emulator.isEmpty() || CProgram.has(emulator.get(0)),
                () -> emulator.get(0) + " is not installed. On Debian: apt install " + debian);
    }

    /** Compiles a source, each warning an error. */
    Path compile(final Path source) throws Exception {
        return CProgram.compile(
                source, command.get(0), command.subList(1, command.size()).toArray(String[]::new));
    }

    /** Compiles a source and returns what the program writes. */
    String run(final Path source, final String... arguments) throws Exception {
        final List<String> line = new ArrayList<>(emulator);
        line.add(compile(source).toString());
        line.addAll(List.of(arguments));
        return CProgram.run(line, "");
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
