// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static dev.patchbay.bench.plan.Contender.Kind.OURS;
import static dev.patchbay.bench.plan.Contender.Kind.PEER;
import static dev.patchbay.bench.plan.Contender.Kind.REFERENCE;
import static dev.patchbay.bench.plan.Unit.MICROSECONDS;
import static dev.patchbay.bench.plan.Unit.MISSES_PER_MILLION;
import static dev.patchbay.bench.plan.Unit.NANOSECONDS;
import static dev.patchbay.bench.plan.Unit.NANOSECONDS_PER_SAMPLE;
import static dev.patchbay.bench.run.QueueBenchmarks.NO_SLOWER;
import static dev.patchbay.bench.run.QueueBenchmarks.program;

import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Contender;
import dev.patchbay.bench.plan.Goal;
import dev.patchbay.bench.run.CollectorLaunch.Load;
import dev.patchbay.tools.project.Collector;
import java.util.ArrayList;
import java.util.List;

/** Engines that play: what a block costs on its way, and what a collector does to it. */
final class EngineBenchmarks {
    /** No more than the best of those that do all in one JVM. */
    private static final double NO_WORSE = 1;

    /** At least 0.9 of the speed, as a ratio of times. */
    private static final double NEARLY_AS_FAST = 1 / 0.9;

    private EngineBenchmarks() {}

    static List<Benchmark> all() {
        final List<Benchmark> all = new ArrayList<>();
        all.add(exchange("spin", "both sides look for the other all the time"));
        all.add(exchange("sleep", "both sides sleep in between"));
        for (final int voices : new int[] {1, 8, 32, 128}) {
            all.add(voices(voices));
        }
        final Benchmark collector = collector();
        all.add(collector);
        all.add(
                collector.beside(
                        "collector-worst",
                        "The slowest block of a round, from when the sound card asked for it",
                        MICROSECONDS,
                        Goal.best(NO_WORSE),
                        CollectorLaunch.WORST));
        return all;
    }

    private static Benchmark voices(final int count) {
        return new Benchmark(
                "voices-" + count,
                "The synth's voice: two oscillators, filter, two envelopes; "
                        + (count == 1 ? "one voice" : count + " voices"),
                NANOSECONDS_PER_SAMPLE,
                Goal.best(NEARLY_AS_FAST),
                List.of(
                        new Contender("Java", OURS, new VoicesLaunch(null, count)),
                        new Contender("C++", PEER, new VoicesLaunch(Program.VOICES, count)),
                        new Contender(
                                "C++ with -ffast-math",
                                REFERENCE,
                                new VoicesLaunch(Program.VOICES_FAST, count))),
                1);
    }

    private static Benchmark exchange(final String way, final String title) {
        final String what = "play-" + way;
        return new Benchmark(
                "exchange-" + way,
                "Median time of a block of 64 stereo frames from bridge to engine and back; "
                        + title,
                NANOSECONDS,
                Goal.best(NO_SLOWER),
                List.of(
                        new Contender(
                                "Patchbay's engine in Java", OURS, new ExchangeLaunch(true, what)),
                        new Contender("the same loop in C", PEER, new ExchangeLaunch(false, what)),
                        program("Unix-domain socket in C", PEER, what, Program.BLOCKS_SOCKET)),
                2);
    }

    private static Benchmark collector() {
        return new Benchmark(
                "collector-misses",
                "Blocks of 64 frames at 48 kHz that were not there in time",
                MISSES_PER_MILLION,
                Goal.best(NO_WORSE),
                List.of(
                        played("B: RT on Epsilon, load in a JVM beside", OURS, Load.BESIDE),
                        new Contender(
                                "A: load in the same JVM, G1",
                                PEER,
                                new CollectorLaunch(Collector.G1.flags(), Load.INSIDE)),
                        new Contender(
                                "A: load in the same JVM, ZGC",
                                PEER,
                                new CollectorLaunch(Collector.NORMAL.flags(), Load.INSIDE)),
                        played("C: RT on Epsilon, no load", REFERENCE, Load.NONE),
                        played("D: RT on Epsilon, load on memory alone", REFERENCE, Load.MEMORY)),
                2);
    }

    private static Contender played(final String name, final Contender.Kind kind, final Load load) {
        return new Contender(name, kind, new CollectorLaunch(Collector.DISABLED.flags(), load));
    }
}
