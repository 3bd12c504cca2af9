// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the units that have no verdict yet, one after the other, and keeps what comes of each at once. */
final class Runner {
    private final Plan plan;
    private final List<Planned> all;
    private final Budgets budgets;
    private final Journal journal;
    private final Path results;
    private final Progress progress;
    private final long begin = System.nanoTime();
    private final Set<String> answered = new HashSet<>();

    /** Seconds that units of this run took, and that they were expected to take. */
    private double took;

    private double promised;

    Runner(
            final Plan plan,
            final List<Planned> all,
            final Budgets budgets,
            final Journal journal,
            final Path results,
            final Progress progress) {
        this.plan = plan;
        this.all = all;
        this.budgets = budgets;
        this.journal = journal;
        this.results = results;
        this.progress = progress;
    }

    /** Units must not share a name: one would take the verdict of the other. */
    static void checkNames(final List<Planned> all) {
        final Set<String> keys = new HashSet<>();
        for (final Planned planned : all) {
            if (!keys.add(planned.key())) {
                throw new StressException(
                        "Two units are called "
                                + planned.key()
                                + ": each needs a name of its own.");
            }
        }
    }

    /**
     * Runs what has no verdict.
     *
     * @throws InterruptedException if the user ended it
     */
    void run() throws IOException, InterruptedException {
        final Map<String, Planned> pending = new LinkedHashMap<>();
        budgets.order(all).stream()
                .filter(p -> !journal.entries().containsKey(p.key()))
                .forEach(p -> pending.put(p.key(), p));
        while (!pending.isEmpty()) {
            final List<Planned> group = next(List.copyOf(pending.values()));
            run(group, pending);
            group.forEach(p -> pending.remove(p.key()));
        }
    }

    /** The next unit, with those that follow it in the same batch. */
    private static List<Planned> next(final List<Planned> pending) {
        final List<Planned> group = new ArrayList<>();
        final Batch batch = pending.get(0).unit().batch();
        for (final Planned planned : pending) {
            if (!group.isEmpty() && (batch == null || planned.unit().batch() != batch)) {
                break;
            }
            group.add(planned);
        }
        return group;
    }

    private void run(final List<Planned> group, final Map<String, Planned> pending)
            throws IOException, InterruptedException {
        final Planned first = group.get(0);
        final Batch batch = first.unit().batch();
        final String name = batch == null ? first.unit().name() : batch.name();
        final String label =
                first.key() + (group.size() == 1 ? "" : " and " + (group.size() - 1) + " more");
        final Duration budget = budget(group, pending.values());
        final Path folder =
                Folders.empty(
                        results.resolve("units")
                                .resolve(Folders.name(first.part()))
                                .resolve(Folders.name(name)));
        final int done = all.size() - pending.size();
        progress.start(done + 1, all.size(), label, elapsed(), rest(pending.values()));
        final Context context = new Context(plan, folder, budget, progress::say);
        final long start = System.nanoTime();
        final Map<Unit, Verdict> verdicts = new LinkedHashMap<>();
        String reason = "it gave no verdict";
        try {
            if (batch == null) {
                verdicts.put(first.unit(), first.unit().run(context));
            } else {
                batch.run(group.stream().map(Planned::unit).toList(), context, verdicts::put);
            }
        } catch (final InterruptedException e) {
            throw e;
        } catch (final Exception | LinkageError | AssertionError | OutOfMemoryError e) {
            reason = "could not be run: " + e;
        }
        final double ran = (System.nanoTime() - start) / 1e9;
        took += ran;
        promised += budget.toMillis() / 1e3;
        final double seconds = ran / group.size();
        final boolean empty = Folders.isEmpty(folder);
        if (empty) {
            Folders.delete(folder);
        }
        final String files = empty ? "" : results.relativize(folder).toString();
        for (final Planned planned : group) {
            final Verdict verdict = verdicts.get(planned.unit());
            final Entry entry =
                    Entry.of(
                            planned,
                            verdict == null ? Verdict.failed(reason) : verdict,
                            files,
                            seconds);
            journal.add(entry);
            answered.add(planned.key());
            progress.verdict(entry);
        }
    }

    private Duration budget(final List<Planned> group, final Iterable<Planned> pending) {
        final List<Planned> left = new ArrayList<>();
        pending.forEach(left::add);
        return group.stream()
                .map(p -> budgets.of(p.unit(), left, spent()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** The time taken so far, by the runs before an interruption too. */
    private Duration spent() {
        final double earlier =
                journal.entries().values().stream()
                        .filter(e -> !answered.contains(e.key()))
                        .mapToDouble(Entry::seconds)
                        .sum();
        return elapsed().plusMillis((long) (1000 * earlier));
    }

    private Duration rest(final Iterable<Planned> pending) {
        final List<Planned> left = new ArrayList<>();
        pending.forEach(left::add);
        final Duration spent = spent();
        final Duration rest = Budgets.sum(left, unit -> budgets.of(unit, left, spent));
        // As much slower or faster than expected as what has run so far.
        return promised == 0 ? rest : Duration.ofMillis((long) (rest.toMillis() * took / promised));
    }
}
