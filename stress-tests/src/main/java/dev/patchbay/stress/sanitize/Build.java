// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.sanitize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A compiler, a language and sanitizers.
 *
 * @param compiler its program
 * @param language what {@code -x} takes
 * @param standard what {@code -std} takes
 * @param sanitizer which
 */
record Build(String compiler, String language, String standard, Sanitizer sanitizer) {
    /** Sanitizers that can be in one program. */
    enum Sanitizer {
        /** Data races. gcc does not instrument the copies that it expands in place, so they stay calls. */
        THREAD(
                "thread",
                "-fsanitize=thread",
                "-fno-builtin-memcpy",
                "-fno-builtin-memset",
                "-fno-builtin-memcmp"),
        /** Accesses out of bounds, and what C leaves undefined. */
        ADDRESS("address", "-fsanitize=address,undefined", "-fno-sanitize-recover=all");

        private final String title;
        private final List<String> options;

        Sanitizer(final String title, final String... options) {
            this.title = title;
            this.options = List.of(options);
        }
    }

    private static final List<String> STRICT =
            List.of("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror");

    /** Where the programs of this process lie; the key is what they were made from. */
    private static final Map<String, Path> PROGRAMS = new HashMap<>();

    /** Every one that is run; a compiler that is not installed is a failure that says so. */
    static List<Build> all() {
        final List<Build> all = new ArrayList<>();
        for (final Sanitizer sanitizer : Sanitizer.values()) {
            all.add(new Build("gcc", "c", "c11", sanitizer));
            all.add(new Build("g++", "c++", "c++17", sanitizer));
            all.add(new Build("clang", "c", "c11", sanitizer));
            all.add(new Build("clang++", "c++", "c++17", sanitizer));
        }
        return all;
    }

    /** The environment under which a report is short and ends the program. */
    Map<String, String> environment() {
        return Map.of(
                "TSAN_OPTIONS", "halt_on_error=1:history_size=2",
                "ASAN_OPTIONS", "halt_on_error=1:detect_leaks=0",
                "UBSAN_OPTIONS", "halt_on_error=1:print_stacktrace=1");
    }

    /** Why it cannot be used here, or null. */
    String missing() {
        final boolean found =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, compiler)));
        return found
                ? null
                : "There is no "
                        + compiler
                        + " on the PATH, which this needs. On Debian: apt install "
                        + (compiler.startsWith("g") ? "g++" : "clang");
    }

    /** The program of these files with the header as it is; compiled once in a process. */
    Path program(final List<String> files) throws IOException, InterruptedException {
        synchronized (PROGRAMS) {
            final String key = this + " " + files;
            Path program = PROGRAMS.get(key);
            if (program == null) {
                final Path folder = Files.createTempDirectory("patchbay-sanitizers");
                Outcome.deleteAtExit(folder);
                program = compile(folder, files, Sources.header());
                PROGRAMS.put(key, program);
            }
            return program;
        }
    }

    /** Compiles these files with a header, in a folder that takes them; a warning is an error. */
    Path compile(final Path folder, final List<String> files, final String header)
            throws IOException, InterruptedException {
        final Path main = Sources.write(folder, files, header);
        final Path program = folder.resolve("scenarios");
        final List<String> command =
                new ArrayList<>(List.of(compiler, "-x" + language, "-std=" + standard));
        command.addAll(sanitizer.options);
        command.addAll(STRICT);
        command.addAll(List.of("-O1", "-g", "-pthread", "-o", program.toString(), main.toString()));
        final Outcome outcome = Outcome.of(command, Map.of(), 300);
        if (outcome.status() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " failed:\n" + outcome.output());
        }
        return program;
    }

    @Override
    public String toString() {
        return compiler + " " + standard + " " + sanitizer.title;
    }
}
