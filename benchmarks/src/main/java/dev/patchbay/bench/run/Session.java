// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Effort;
import dev.patchbay.bench.plan.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A run of some benchmarks: compiles what they need, measures, and leaves nothing behind but the samples. */
public final class Session {
    private final Path folder;
    private final Effort effort;
    private final Progress progress;

    /**
     * A run.
     *
     * @param folder takes programs and samples
     */
    public Session(final Path folder, final Effort effort, final Progress progress) {
        this.folder = folder;
        this.effort = effort;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param benchmarks which
     * @param key what must be the same for rounds on file to count
     * @param isResumed whether such rounds are kept
     * @return what went wrong, a sentence for each benchmark that was given up
     */
    public List<String> run(
            final List<Benchmark> benchmarks, final String key, final boolean isResumed)
            throws InterruptedException {
        final List<Integer> processors = Machine.processors();
        for (final Benchmark benchmark : benchmarks) {
            if (processors.size() < benchmark.processors()) {
                throw new BenchException(
                        benchmark.name()
                                + " needs "
                                + benchmark.processors()
                                + " processors, but this program may use "
                                + processors.size()
                                + ".");
            }
        }
        final Path programs = folder.resolve("native");
        progress.print("compiling the contenders in C and C++");
        new Toolchain(programs).compile(Catalogue.programs(benchmarks));
        final Interruption interruption = new Interruption();
        try {
            return inMemory(benchmarks, key, isResumed, programs, processors);
        } finally {
            interruption.close();
        }
    }

    private List<String> inMemory(
            final List<Benchmark> benchmarks,
            final String key,
            final boolean isResumed,
            final Path programs,
            final List<Integer> processors)
            throws InterruptedException {
        Path memory = null;
        try {
            memory =
                    Files.createTempDirectory(
                            tmpfs(), "patchbay-bench-" + ProcessHandle.current().pid() + "-");
            return new Runner(
                            new Workbench(
                                    programs,
                                    memory,
                                    effort,
                                    processors.get(0),
                                    processors.get(Math.min(1, processors.size() - 1))),
                            Noise::measure,
                            Samples.in(folder, effort),
                            key,
                            progress)
                    .run(benchmarks, isResumed);
        } catch (final IOException e) {
            throw new BenchException("No folder for shared memory could be made: " + e + ".", e);
        } finally {
            Folders.delete(memory);
        }
    }

    private static Path tmpfs() {
        final Path shared = Path.of("/dev/shm");
        return Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
