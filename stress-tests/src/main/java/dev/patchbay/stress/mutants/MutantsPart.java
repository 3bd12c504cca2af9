// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Part;
import dev.patchbay.stress.run.Plan;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Breaks each primitive in each place and lets the model find it out. */
public final class MutantsPart implements Part {
    private static final List<String> COLUMNS =
            List.of("mutant", "line", "result", "by", "in the scenario");

    /** For the service loader. */
    public MutantsPart() {}

    @Override
    public String name() {
        return "mutants";
    }

    @Override
    public String summary() {
        return "Each memory order weakened, each store left out, each condition forced either way"
                + " or off by one, one at a time, in the bytecode of each primitive: the"
                + " scenarios of the model must find each out, or the reason why not is stated."
                + " It shows that the scenarios look closely enough, not that they look at"
                + " everything.";
    }

    @Override
    public List<Unit> units(final Plan plan) {
        final List<Unit> units = new ArrayList<>();
        Examination.subjects().forEach(subject -> units.add(new OfClass(subject)));
        units.add(new OfTheRest());
        return units;
    }

    /** All mutants of a class. */
    private record OfClass(String subject) implements Unit {
        @Override
        public String name() {
            return Primitives.simple(subject);
        }

        @Override
        public Duration expected() {
            return Duration.ofSeconds(3);
        }

        @Override
        public Verdict run(final Context context) throws InterruptedException {
            final Survivors survivors = Survivors.explained();
            final Examination examination = new Examination(subject);
            final List<Result> results = examination.run(context.progress());
            final List<String> problems = survivors.problems(subject, results);
            final List<List<String>> rows =
                    results.stream().map(r -> row(r, survivors.reason(r))).toList();
            final String counts = Tally.of(results, examination.checks()).toString();
            final Verdict verdict =
                    problems.isEmpty()
                            ? Verdict.passed(counts)
                            : Verdict.failed(
                                    counts
                                            + ". Make a scenario show the difference, weaken the"
                                            + " order in the code, or state the reason in"
                                            + " survivors.txt: "
                                            + String.join("; ", problems));
            return verdict.with(new Verdict.Table(COLUMNS, rows));
        }

        private static List<String> row(final Result result, final String reason) {
            return List.of(
                    result.name(),
                    Integer.toString(result.line()),
                    result.fate().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    result.fate() == Result.Fate.KILLED ? result.how() : reason,
                    result.scenario());
        }
    }

    /** That no class of the primitives is left out. */
    private static final class OfTheRest implements Unit {
        @Override
        public String name() {
            return "classes without a scenario";
        }

        @Override
        public Duration expected() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Verdict run(final Context context) {
            final Survivors survivors = Survivors.explained();
            final Set<String> classes = Primitives.withoutScenario();
            final List<String> problems = survivors.problemsOfClasses(classes);
            final List<List<String>> rows =
                    classes.stream()
                            .map(c -> List.of(c, survivors.reason(c)))
                            .collect(Collectors.toList());
            return (problems.isEmpty()
                            ? Verdict.passed(classes.size() + " classes, each with its reason")
                            : Verdict.failed(String.join("; ", problems)))
                    .with(new Verdict.Table(List.of("class", "reason"), rows));
        }
    }
}
