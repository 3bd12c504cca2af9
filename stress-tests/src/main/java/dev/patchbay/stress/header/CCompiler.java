// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** clang or gcc, and what it makes of C for the model: accesses announced by calls, as for ThreadSanitizer. */
public final class CCompiler {
    private static final List<String> KNOWN = List.of("clang", "gcc");
    private static final List<String> COMMON =
            List.of("-std=gnu11", "-O1", "-g", "-fPIC", "-Wno-unused");

    /** The loads before stores too; and compilers leave comparisons of bytes to the function, where they can be seen. */
    private static final List<String> CLANG =
            List.of("-fsanitize=thread", "-mllvm", "-tsan-instrument-read-before-write=1");

    /** gcc makes moves of a copy only after the accesses were announced, so it must leave copies to the functions. */
    private static final List<String> GCC =
            List.of(
                    "-fsanitize=thread",
                    "-fno-builtin-memcpy",
                    "-fno-builtin-memmove",
                    "-fno-builtin-memset");

    /** What is left undefined is the runtime's, which is loaded for all. */
    private static final List<String> WRAPPED =
            List.of("-Wl,--wrap=memcpy,--wrap=memmove,--wrap=memset,--wrap=memcmp");

    private final String name;
    private final Path folder;
    private final Path runtime;

    private CCompiler(final String name, final Path folder) {
        this.name = name;
        this.folder = folder;
        this.runtime = folder.resolve("libmodel.so");
    }

    /** Thrown where a source does not compile, with what the compiler says. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(final String message) {
            super(message);
        }
    }

    /** {@return the names of the compilers that are on the PATH, the preferred one first} */
    public static List<String> installed() {
        return KNOWN.stream().filter(CCompiler::isInstalled).toList();
    }

    private static boolean isInstalled(final String compiler) {
        return Arrays.stream(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, compiler)));
    }

    /**
     * Makes the model's runtime in a folder, and a compiler that compiles for it there.
     *
     * @param name one of {@link #installed}
     * @param folder where everything is written; it exists
     * @throws Refused if the compiler does not work
     */
    public static CCompiler in(final String name, final Path folder) {
        final CCompiler compiler = new CCompiler(name, folder.toAbsolutePath());
        for (final String file : List.of("exchange.h", "model.h", "events.h", "runtime.c")) {
            compiler.write(folder.resolve(file), text(file));
        }
        if (!Files.exists(compiler.runtime)) {
            compiler.run(
                    List.of("-std=gnu11", "-O2", "-g", "-fPIC", "-shared"),
                    List.of("-o", compiler.runtime.toString(), "runtime.c", "-ldl"));
        }
        return compiler;
    }

    /** {@return the text of a file that belongs to the model's C side} */
    public static String text(final String file) {
        try (InputStream in = CCompiler.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "There is no C file " + file + " beside the class CCompiler.");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the library that has what every other calls} */
    Path runtime() {
        return runtime;
    }

    String name() {
        return name;
    }

    /**
     * Compiles a scenario's operations with a header, as the compiler orders and instruments them; what was compiled before, of
     * the same text, is taken.
     *
     * @param source the text, which includes model.h
     * @param header what it includes as header.h
     * @return the library
     * @throws Refused with what the compiler says
     */
    Path compile(final String source, final String header) {
        final String key = Integer.toHexString((source + "\0" + header).hashCode());
        final Path place = folder.resolve(name + "-" + key);
        final Path library = place.resolve("code.so");
        try {
            final Path code = place.resolve("code.c");
            final boolean isKept =
                    Files.exists(library)
                            && Files.readString(code).equals(source)
                            && Files.readString(place.resolve("header.h")).equals(header);
            if (!isKept) {
                Files.createDirectories(place);
                write(code, source);
                write(place.resolve("header.h"), header);
                final List<String> first = new ArrayList<>(COMMON);
                first.addAll("clang".equals(name) ? CLANG : GCC);
                first.addAll(List.of("-fno-builtin-memcmp", "-I", place.toString(), "-I"));
                final String object = place.resolve("code.o").toString();
                run(first, List.of(folder.toString(), "-c", "-o", object, code.toString()));
                final List<String> link = new ArrayList<>(List.of("-shared"));
                link.addAll(WRAPPED);
                run(link, List.of("-o", library.toString(), object));
            }
            return library;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(final Path file, final String text) {
        try {
            Files.writeString(file, text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(final List<String> options, final List<String> rest) {
        final List<String> command = new ArrayList<>(List.of(name));
        command.addAll(options);
        command.addAll(rest);
        try {
            final Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            final String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            final int status = process.waitFor();
            if (status != 0) {
                throw new Refused(
                        String.join(" ", command) + " ended with " + status + ":\n" + output);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted while compiling");
        }
    }
}
