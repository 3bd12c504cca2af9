// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Contender;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures benchmarks, round after round, each contender in each round. */
final class Runner {
    /** Measures the noise of a moment. */
    @FunctionalInterface
    interface NoiseMeter {
        Noise measure(Workbench bench) throws InterruptedException;
    }

    private final Workbench bench;
    private final NoiseMeter noise;
    private final Samples samples;
    private final String key;
    private final Progress progress;

    /**
     * A runner.
     *
     * @param noise measures what the machine does, before each round
     * @param key what must be the same for rounds on file to count
     */
    Runner(
            final Workbench bench,
            final NoiseMeter noise,
            final Samples samples,
            final String key,
            final Progress progress) {
        this.bench = bench;
        this.noise = noise;
        this.samples = samples;
        this.key = key;
        this.progress = progress;
    }

    /**
     * Measures. A benchmark with a contender that crashes, or does not do its work, is given up with a sentence, and the next one is
     * measured.
     *
     * @param benchmarks in this order
     * @param isResumed whether rounds on file are kept
     * @return the sentences
     */
    List<String> run(final List<Benchmark> benchmarks, final boolean isResumed)
            throws InterruptedException {
        final List<String> failures = new ArrayList<>();
        final int rounds = bench.effort().rounds();
        final List<Measurement> known = new ArrayList<>();
        long measurements = 0;
        for (final Benchmark benchmark : benchmarks) {
            final Measurement found = known(benchmark, isResumed);
            known.add(found);
            measurements +=
                    (long) Math.max(0, rounds - found.rounds().size())
                            * benchmark.contenders().size();
        }
        progress.plan(measurements);
        for (int i = 0; i < benchmarks.size(); i++) {
            final Benchmark benchmark = benchmarks.get(i);
            progress.benchmark(i + 1, benchmarks.size(), benchmark.name(), rounds);
            try {
                measure(benchmark, known.get(i));
            } catch (final BenchException e) {
                failures.add(benchmark.name() + ": " + e.getMessage());
                progress.print("FAILED  " + failures.get(failures.size() - 1));
            }
        }
        progress.end();
        return failures;
    }

    private Measurement known(final Benchmark benchmark, final boolean isResumed) {
        final Measurement found = isResumed ? samples.read(benchmark.name(), key) : null;
        return found != null
                ? found
                : new Measurement(
                        benchmark.name(),
                        key,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        List.of());
    }

    private void measure(final Benchmark benchmark, final Measurement known)
            throws InterruptedException {
        Measurement measurement = known;
        for (int round = known.rounds().size(); round < bench.effort().rounds(); round++) {
            final Noise beside = noise.measure(bench);
            final Map<String, Receipt> receipts = new LinkedHashMap<>();
            for (final Contender contender : Order.of(benchmark.contenders(), round)) {
                progress.measuring(round + 1, bench.effort().rounds(), contender.name());
                receipts.put(contender.name(), measure(contender, round + 1));
            }
            measurement = measurement.with(new Measurement.Round(beside, receipts));
            samples.write(measurement);
        }
    }

    private Receipt measure(final Contender contender, final int round)
            throws InterruptedException {
        final String where = contender.name() + " in round " + round + ": ";
        final Receipt receipt;
        try {
            receipt = contender.launch().measure(bench);
        } catch (final BenchException e) {
            throw new BenchException(where + e.getMessage(), e);
        }
        final String wrong = receipt.wrong();
        if (wrong != null) {
            throw new BenchException(where + wrong);
        }
        return receipt;
    }
}
