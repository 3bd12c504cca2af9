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
        final List<String> compilers = compilersOfMutants(plan.mode());
        for (final HeaderPrimitive primitive : HeaderPrimitive.ALL) {
            final int all = primitive.mutants(header).size();
            final int count = plan.mode() == Plan.Mode.SANITY ? Math.min(FEW, all) : all;
            units.add(
                    new Piece(
                            "mutants of the " + primitive.name(),
                            MUTANT.multipliedBy((count + 2L) * compilers.size()),
                            context -> mutants(context, primitive, count, compilers)));
        }
        units.add(new Piece("nothing is left out", Duration.ofSeconds(1), HeaderModelPart::whole));
        return units;
    }

    /** What is found hardly depends on the compiler, so one is enough where time is short. */
    private static List<String> compilersOfMutants(final Plan.Mode mode) {
        final List<String> all = CCompiler.installed();
        final boolean isShort = mode == Plan.Mode.SANITY || mode == Plan.Mode.QUICK;
        return isShort && !all.isEmpty() ? all.subList(0, 1) : all;
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

    /** The first mutants of a primitive, all of which must be found or listed, by each of these compilers. */
    private static Verdict mutants(
            final Context context,
            final HeaderPrimitive primitive,
            final int count,
            final List<String> compilers)
            throws Exception {
        final List<HeaderMutant> mutants = primitive.mutants(ModelHeader.text());
        final List<List<String>> rows = new ArrayList<>();
        final List<String> wrong = new ArrayList<>();
        final List<String> counts = new ArrayList<>();
        for (final String compiler : compilers) {
            final List<Result> results =
                    new HeaderJvm(compiler, context.folder(), primitive.name())
                            .run(
                                    0,
                                    count - 1,
                                    r -> context.progress().accept(progress(r, count, compiler)));
            results.forEach(r -> rows.add(row(mutants.get(r.number()), r, compiler)));
            Survivors.listed()
                    .differences(results)
                    .forEach(difference -> wrong.add(difference + " (" + compiler + ")"));
            if (results.size() < count) {
                wrong.add("only " + results.size() + " of " + count + " were run by " + compiler);
            }
            final long found = results.stream().filter(r -> !r.passed()).count();
            counts.add(found + " of " + count + " mutants found by " + compiler);
        }
        final Verdict verdict =
                wrong.isEmpty()
                        ? Verdict.passed(String.join(", ", counts) + ", the others explained")
                        : Verdict.failed(String.join("; ", wrong));
        return verdict.with(
                new Verdict.Table(
                        List.of("line", "mutant", "compiler", "what became of it", "why"), rows));
    }

    private static String progress(final Result result, final int count, final String compiler) {
        return (result.number() + 1) + " of " + count + ", " + compiler + ", " + result.what();
    }

    private static List<String> row(
            final HeaderMutant mutant, final Result result, final String compiler) {
        return List.of(
                Integer.toString(mutant.line()),
                result.what(),
                compiler,
                result.passed() ? "survives" : "found",
                result.passed()
                        ? String.valueOf(Survivors.listed().reason(result.what()))
                        : result.detail());
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
