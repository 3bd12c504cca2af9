// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Contender;
import dev.patchbay.bench.plan.Effort;
import dev.patchbay.bench.plan.Goal;
import dev.patchbay.bench.plan.Launch;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Unit;
import dev.patchbay.bench.plan.Workbench;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Benchmarks whose contenders start no process, and where they run. */
final class Fake {
    private Fake() {}

    static Receipt receipt(final double value) {
        return new Receipt(value, 10, 10, 45L, 0, 1L, 1, Map.of("p99", 2 * value));
    }

    static Benchmark benchmark(
            final String name, final Launch ours, final Launch peer, final Launch other) {
        return new Benchmark(
                name,
                "Something",
                Unit.MILLION_EVENTS_PER_SECOND,
                Goal.best(1.2),
                List.of(
                        new Contender("ours", Contender.Kind.OURS, ours),
                        new Contender("peer", Contender.Kind.PEER, peer),
                        new Contender("other", Contender.Kind.PEER, other)),
                1);
    }

    static Workbench bench(final Path folder, final int rounds) {
        return new Workbench(
                folder, folder, new Effort("test", rounds, 20, 5, 20), processor(0), processor(1));
    }

    private static int processor(final int number) {
        final List<Integer> processors = Machine.processors();
        return processors.get(Math.min(number, processors.size() - 1));
    }

    static Progress silence() {
        return new Progress(new PrintWriter(Writer.nullWriter()), false);
    }

    static Runner runner(final Path folder, final int rounds, final String key) {
        final Workbench bench = bench(folder, rounds);
        return new Runner(
                bench,
                any -> new Noise(0.1, 5),
                Samples.in(folder, bench.effort()),
                key,
                silence());
    }
}
