// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.queue.BenchRegion;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Compiles the contenders in C and C++, all with the same flags. */
public final class Toolchain {
    /** What is asked of both compilers. */
    static final List<String> FLAGS = List.of("-O3", "-march=native", "-pthread", "-Wall");

    private static final List<String> SHARED = List.of("bench.h", "queue_driver.h");
    private static final String REMEDY =
            " Install what it misses with: sudo apt-get install -y g++ libboost-dev"
                + " libreaderwriterqueue-dev libconcurrentqueue-dev libck-dev libjack-jackd2-dev";

    private final Path folder;

    /**
     * A toolchain.
     *
     * @param folder takes sources and programs
     */
    public Toolchain(final Path folder) {
        this.folder = folder;
    }

    /** {@return the first line of what a compiler says of its version} */
    public static String version(final String compiler) {
        try {
            final Process process =
                    new ProcessBuilder(compiler, "--version").redirectErrorStream(true).start();
            final String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.destroy();
            return said.lines().findFirst().orElse(compiler);
        } catch (final IOException e) {
            throw new BenchException(compiler + " cannot be started: " + e + "." + REMEDY, e);
        }
    }

    /** {@return the flags in one line} */
    public static String flags() {
        return String.join(" ", FLAGS);
    }

    /** Compiles programs. */
    void compile(final Collection<Program> programs) throws InterruptedException {
        try {
            Files.createDirectories(folder);
            write("bench_region.h", HeaderGenerator.generate(BenchRegion.DECLARATION));
            for (final String name : SHARED) {
                copy(name);
            }
            for (final Program program : programs) {
                copy(program.source());
                if (program.header() != null) {
                    copy(program.header());
                }
            }
            final Deque<Program> waiting = new ArrayDeque<>(programs);
            final Map<Program, Process> running = new EnumMap<>(Program.class);
            while (!waiting.isEmpty() || !running.isEmpty()) {
                while (!waiting.isEmpty()
                        && running.size() < Runtime.getRuntime().availableProcessors()) {
                    final Program next = waiting.remove();
                    running.put(next, start(next));
                }
                final Program oldest = running.keySet().iterator().next();
                await(oldest, running.remove(oldest));
            }
        } catch (final IOException e) {
            throw new BenchException(
                    "The contenders in C and C++ cannot be compiled: " + e + "." + REMEDY, e);
        }
    }

    private void copy(final String name) throws IOException {
        write(
                name,
                CText.read(
                        name,
                        Toolchain.class.getResourceAsStream("/dev/patchbay/bench/native/" + name)));
    }

    private void write(final String name, final String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Process start(final Program program) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(program.isCpp() ? "g++" : "gcc");
        command.add(program.isCpp() ? "-std=gnu++17" : "-std=gnu11");
        command.addAll(FLAGS);
        if (program.header() != null) {
            command.add("-DBENCH_CONTENDER=\"" + program.header() + "\"");
        }
        command.addAll(
                List.of(
                        "-o",
                        folder.resolve(program.file()).toString(),
                        folder.resolve(program.source()).toString()));
        command.addAll(program.libraries());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said(program).toFile())
                .start();
    }

    private Path said(final Program program) {
        return folder.resolve(program.file() + ".txt");
    }

    private void await(final Program program, final Process compiler)
            throws IOException, InterruptedException {
        if (compiler.waitFor() != 0) {
            throw new BenchException(
                    program.file()
                            + " cannot be compiled: "
                            + Files.readString(said(program)).strip()
                            + "."
                            + REMEDY);
        }
    }
}
