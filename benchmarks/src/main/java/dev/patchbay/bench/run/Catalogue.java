// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Contender;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All benchmarks. */
public final class Catalogue {
    private final List<Benchmark> all = new ArrayList<>();

    /** All of them, in the order in which they are measured. */
    public Catalogue() {
        all.addAll(QueueBenchmarks.all());
        all.addAll(OperationBenchmarks.all());
    }

    /** {@return all benchmarks} */
    public List<Benchmark> all() {
        return List.copyOf(all);
    }

    /**
     * {@return the benchmarks of names} A name is that of a benchmark, or the words that the names of several begin with, such as {@code
     * spsc}.
     *
     * @param names none for all
     * @throws BenchException if a name is none, with those that there are
     */
    public List<Benchmark> named(final Collection<String> names) {
        if (names.isEmpty()) {
            return all();
        }
        final Set<Benchmark> chosen = new LinkedHashSet<>();
        for (final String name : names) {
            final List<Benchmark> found =
                    all.stream()
                            .filter(
                                    one ->
                                            one.name().equals(name)
                                                    || one.name().startsWith(name + "-"))
                            .toList();
            if (found.isEmpty()) {
                throw new BenchException(
                        "There is no benchmark \""
                                + name
                                + "\". There are: "
                                + all.stream()
                                        .map(Benchmark::name)
                                        .collect(Collectors.joining(", "))
                                + "; and their first words, such as "
                                + all.get(0).name().split("-")[0]
                                + ", for all that begin so.");
            }
            chosen.addAll(found);
        }
        return all.stream().filter(chosen::contains).toList();
    }

    /** {@return the programs that benchmarks need} */
    static Set<Program> programs(final Collection<Benchmark> benchmarks) {
        final Set<Program> programs = EnumSet.of(Program.NOISE);
        for (final Benchmark benchmark : benchmarks) {
            for (final Contender contender : benchmark.contenders()) {
                if (contender.launch() instanceof NativeLaunch) {
                    programs.add(((NativeLaunch) contender.launch()).program());
                } else if (contender.launch() instanceof PairLaunch) {
                    programs.addAll(((PairLaunch) contender.launch()).programs());
                }
            }
        }
        return programs;
    }
}
