// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import dev.patchbay.stress.header.HeaderJvm.Result;
import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Part;
import dev.patchbay.stress.run.Plan;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The generated header in the model: each scenario with actors in C and in Java, and the mutants of each primitive. */
public final class HeaderModelPart implements Part {
    private static final String REMEDY =
            "There is neither clang nor gcc on the PATH, and the header's C cannot be executed"
                    + " without. On Debian: apt install gcc";

    /** The mutants that a run to see that all loads takes of each primitive. */
    private static final int FEW = 2;

    /** Compilation and exploration of one mutant. */
    private static final Duration MUTANT = Duration.ofMillis(1000);

    @FunctionalInterface
    private interface Work {
        Verdict run(Context context) throws Exception;
    }

    private record Piece(String name, Duration expected, Work work) implements Unit {
        @Override
        public Verdict run(final Context context) throws Exception {
            return CCompiler.installed().isEmpty() ? Verdict.failed(REMEDY) : work.run(context);
        }
    }

    @Override
    public String name() {
        return "header-model";
    }

    @Override
    public String summary() {
        return "The generated header, as the compiler makes it, in the model of memory, alone and"
                + " beside Java over one region: every execution that RC11 allows within the"
                + " bounds, and every order weakened and every condition forced, one at a time.";
    }

    @Override
    public List<Unit> units(final Plan plan) {
        final List<Unit> units = new ArrayList<>();
        final List<HeaderScenario> scenarios = HeaderScenarios.all();
        for (int i = 0; i < scenarios.size(); i++) {
            final int number = i;
            units.add(
                    new Piece(
                            scenarios.get(i).primitive() + ", " + scenarios.get(i).name(),
                            Duration.ofSeconds(3),
                            context -> scenario(context, number)));
        }
        final String header = ModelHeader.text();
        for (final HeaderPrimitive primitive : HeaderPrimitive.ALL) {
            final int all = primitive.mutants(header).size();
            final int count = plan.mode() == Plan.Mode.SANITY ? Math.min(FEW, all) : all;
            units.add(
                    new Piece(
                            "mutants of the " + primitive.name(),
                            MUTANT.multipliedBy(count + 2),
                            context -> mutants(context, primitive, count)));
        }
        units.add(new Piece("nothing is left out", Duration.ofSeconds(1), HeaderModelPart::whole));
        return units;
    }

    /** One scenario, by each compiler and in each cast. */
    private static Verdict scenario(final Context context, final int number) throws Exception {
        final List<List<String>> rows = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
        for (final String compiler : CCompiler.installed()) {
            final HeaderJvm jvm = new HeaderJvm(compiler, context.folder(), "scenarios");
            for (final Result result :
                    jvm.run(number, number, r -> context.progress().accept(r.what()))) {
                rows.add(List.of(result.what(), compiler, result.detail()));
                if (!result.passed()) {
                    failures.add(result.what() + ", " + compiler + ": " + result.detail());
                }
            }
        }
        final Verdict verdict =
                failures.isEmpty()
                        ? Verdict.passed(rows.size() + " explorations, no failure")
                        : Verdict.failed(String.join("; ", failures));
        return verdict.with(new Verdict.Table(List.of("actors in", "compiler", "found"), rows));
    }

    /** The first mutants of a primitive, all of which must be found or listed. */
    private static Verdict mutants(
            final Context context, final HeaderPrimitive primitive, final int count)
            throws Exception {
        final Survivors survivors = Survivors.listed();
        final List<HeaderMutant> mutants = primitive.mutants(ModelHeader.text());
        final String compiler = CCompiler.installed().get(0);
        final HeaderJvm jvm = new HeaderJvm(compiler, context.folder(), primitive.name());
        final List<Result> results =
                jvm.run(
                        0,
                        count - 1,
                        r ->
                                context.progress()
                                        .accept(
                                                (r.number() + 1)
                                                        + " of "
                                                        + count
                                                        + ", "
                                                        + r.what()));
        final List<List<String>> rows = new ArrayList<>();
        int found = 0;
        for (final Result result : results) {
            found += result.passed() ? 0 : 1;
            rows.add(
                    List.of(
                            Integer.toString(mutants.get(result.number()).line()),
                            result.what(),
                            result.passed() ? "survives" : "found",
                            result.passed()
                                    ? String.valueOf(survivors.reason(result.what()))
                                    : result.detail()));
        }
        final List<String> wrong = new ArrayList<>(survivors.differences(results));
        if (results.size() < count) {
            wrong.add("only " + results.size() + " of " + count + " mutants were run");
        }
        final Verdict verdict =
                wrong.isEmpty()
                        ? Verdict.passed(
                                found
                                        + " of "
                                        + count
                                        + " mutants found, the others explained ("
                                        + compiler
                                        + ")")
                        : Verdict.failed(String.join("; ", wrong));
        return verdict.with(
                new Verdict.Table(List.of("line", "mutant", "what became of it", "why"), rows));
    }

    /** Every order of the header belongs to a primitive, and every entry of the lists to the header. */
    static Verdict whole(final Context context) {
        final String header = ModelHeader.text();
        final Set<String> wrong = new TreeSet<>();
        for (final String function : HeaderMutant.ordered(header).keySet()) {
            final boolean isRun = HeaderPrimitive.ALL.stream().anyMatch(p -> p.has(function));
            if (!isRun
                    && HeaderPrimitive.NOT_IN_THE_MODEL.keySet().stream()
                            .noneMatch(function::startsWith)) {
                wrong.add(
                        function
                                + " has an order, but no primitive of HeaderPrimitive has the"
                                + " function");
            }
        }
        for (final String function : HeaderPrimitive.NOT_IN_THE_MODEL.keySet()) {
            if (HeaderMutant.ordered(header).keySet().stream()
                    .noneMatch(name -> name.startsWith(function))) {
                wrong.add(function + " is listed as not run, but has no order");
            }
        }
        for (final String name : Survivors.listed().unknown(HeaderMutant.of(header))) {
            wrong.add(name + " is listed as a survivor, but the header has no such mutant");
        }
        return wrong.isEmpty()
                ? Verdict.passed(
                        HeaderMutant.ordered(header).size()
                                + " functions with orders, each in a primitive or explained")
                : Verdict.failed(String.join("; ", wrong));
    }
}
