// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static dev.patchbay.bench.plan.Contender.Kind.OURS;
import static dev.patchbay.bench.plan.Contender.Kind.PEER;
import static dev.patchbay.bench.plan.Unit.MEGABYTES;
import static dev.patchbay.bench.plan.Unit.MILLISECONDS;

import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Contender;
import dev.patchbay.bench.plan.Goal;
import java.util.List;

/** What it takes to start the example synth's bundle, and further instances of it. */
final class StartBenchmarks {
    /** A cache that makes nothing slower. */
    private static final double NO_SLOWER = 1;

    /** It may make the memory larger, by what it maps. */
    private static final double HARDLY_LARGER = 1.1;

    private StartBenchmarks() {}

    static List<Benchmark> all() {
        final Benchmark ready =
                new Benchmark(
                        "start-ready",
                        "From making the first instance to an engine that is warm",
                        MILLISECONDS,
                        Goal.best(NO_SLOWER),
                        List.of(
                                new Contender("with the AOT cache", OURS, new StartLaunch(true)),
                                new Contender("without", PEER, new StartLaunch(false))),
                        2);
        return List.of(
                ready,
                ready.beside(
                        "start-scan",
                        "Loading the bundle and reading its factory",
                        MILLISECONDS,
                        Goal.best(HARDLY_LARGER),
                        StartLaunch.SCAN),
                ready.beside(
                        "start-further",
                        "From making a further instance to an engine that is warm",
                        MILLISECONDS,
                        Goal.best(HARDLY_LARGER),
                        StartLaunch.FURTHER),
                ready.beside(
                        "start-memory",
                        "Memory of host, engine and control process that the first instance takes",
                        MEGABYTES,
                        Goal.best(HARDLY_LARGER),
                        StartLaunch.MEMORY_FIRST),
                ready.beside(
                        "start-memory-further",
                        "Memory that each further instance takes",
                        MEGABYTES,
                        Goal.best(HARDLY_LARGER),
                        StartLaunch.MEMORY_FURTHER));
    }
}
