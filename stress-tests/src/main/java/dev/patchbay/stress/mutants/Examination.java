// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import dev.patchbay.stress.model.NamedScenario;
import dev.patchbay.stress.model.Scenarios;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Every mutant of a primitive's class and of the classes in it, in each scenario that is to prove it, until one kills it. */
public final class Examination {
    private final String subject;
    private final List<Point> points;

    /** An examination of one of the {@link #subjects}. */
    public Examination(final String subject) {
        this.subject = subject;
        this.points =
                Primitives.withInner(subject).stream()
                        .flatMap(name -> PointFinder.points(MutantLoader.original(name)).stream())
                        .toList();
    }

    /** The names of all classes that have mutants: those that scenarios are to prove, and the parts that they share. */
    public static List<String> subjects() {
        return Primitives.subjects();
    }

    /** What must come of a run where just those survive, and are not reached, that have a reason. */
    Tally expected(final Survivors survivors) {
        final List<Mutation> mutations =
                points.stream()
                        .filter(p -> !survivors.isUnreached(p))
                        .flatMap(p -> p.mutations().stream())
                        .toList();
        final long survive =
                mutations.stream().filter(m -> survivors.isExplained(m.toString())).count();
        return new Tally(
                mutations.size() - survive, survive, survivors.unreached(subject), checks());
    }

    /** How many conditional jumps only decide whether to throw; they are not mutated. */
    public long checks() {
        return points.stream().filter(Point::isCheck).count();
    }

    /**
     * Runs all mutants, as many at once as there are processors.
     *
     * @param progress takes a line now and then
     * @return what became of each, in the order of the code, with the points that no scenario comes by
     */
    public List<Result> run(final Consumer<String> progress) throws InterruptedException {
        final ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            final List<Baseline> baselines = baselines(workers);
            final List<Future<Result>> trials = new ArrayList<>();
            final List<Result> results = new ArrayList<>(unreached(baselines));
            for (int i = 0; i < points.size(); i++) {
                final int point = i;
                final List<Baseline> reaching =
                        baselines.stream().filter(b -> b.reaches(point)).toList();
                if (!reaching.isEmpty()) {
                    for (final Mutation mutation : points.get(i).mutations()) {
                        trials.add(workers.submit(() -> trial(mutation, reaching)));
                    }
                }
            }
            for (final Future<Result> trial : trials) {
                results.add(get(trial));
                progress.accept(results.size() + " of " + trials.size() + " mutants");
            }
            return results;
        } finally {
            workers.shutdownNow();
        }
    }

    private List<Baseline> baselines(final ExecutorService workers) throws InterruptedException {
        final List<NamedScenario> all = Scenarios.all();
        final List<Future<Baseline>> futures =
                IntStream.range(0, all.size())
                        .filter(i -> Primitives.proves(all.get(i), subject))
                        .mapToObj(i -> workers.submit(() -> Baseline.of(i, points)))
                        .toList();
        final List<Baseline> baselines = new ArrayList<>();
        for (final Future<Baseline> future : futures) {
            baselines.add(get(future));
        }
        baselines.sort(Comparator.comparingLong(Baseline::cost));
        return baselines;
    }

    private static Result trial(final Mutation mutation, final List<Baseline> reaching) {
        Result last = null;
        for (final Baseline baseline : reaching) {
            last = baseline.trial(mutation);
            if (last.fate() == Result.Fate.KILLED) {
                return last;
            }
        }
        return last;
    }

    /** Each method that nobody comes by, and each point in the others. */
    private List<Result> unreached(final List<Baseline> baselines) {
        final Map<String, List<Point>> methods = new LinkedHashMap<>();
        final Map<String, List<Point>> missed = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            final Point point = points.get(i);
            final int number = i;
            if (!point.isCheck()) {
                final String method = point.place() + point.descriptor();
                methods.computeIfAbsent(method, m -> new ArrayList<>()).add(point);
                if (baselines.stream().noneMatch(b -> b.reaches(number))) {
                    missed.computeIfAbsent(method, m -> new ArrayList<>()).add(point);
                }
            }
        }
        final List<Result> results = new ArrayList<>();
        missed.forEach(
                (method, all) -> {
                    if (all.size() == methods.get(method).size()) {
                        results.add(Result.notReached(all.get(0).place(), all.get(0).line()));
                    } else {
                        all.forEach(p -> results.add(Result.notReached(p.name(), p.line())));
                    }
                });
        return results;
    }

    private static <T> T get(final Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
