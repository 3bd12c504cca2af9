// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import dev.patchbay.stress.model.BoundException;
import dev.patchbay.stress.model.Bounds;
import dev.patchbay.stress.model.Model;
import dev.patchbay.stress.model.NamedScenario;
import dev.patchbay.stress.model.Report;
import dev.patchbay.stress.model.Scenario;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A scenario with the classes as they are, with which mutants are compared. */
final class Baseline {
    /** How many times the executions of the whole a mutant may take; more is no answer. */
    private static final int FACTOR = 20;

    private static final long LEAST = 20_000;

    private final int index;
    private final NamedScenario scenario;
    private final Report report;
    private final BitSet reached;

    private Baseline(
            final int index,
            final NamedScenario scenario,
            final Report report,
            final BitSet reached) {
        this.index = index;
        this.scenario = scenario;
        this.report = report;
        this.reached = reached;
    }

    /**
     * Explores a scenario.
     *
     * @param index its place in the list
     * @param points of the classes in question, by class
     * @throws dev.patchbay.stress.model.ModelFailure if it fails without any mutation
     */
    static Baseline of(final int index, final List<Point> points) {
        final Map<String, byte[]> probed = new HashMap<>();
        points.stream()
                .map(Point::type)
                .distinct()
                .forEach(
                        type -> {
                            final String name = type.replace('/', '.');
                            probed.put(
                                    name,
                                    Rewriter.probed(
                                            MutantLoader.original(name),
                                            points.stream()
                                                    .filter(p -> p.type().equals(type))
                                                    .toList(),
                                            points::indexOf));
                        });
        Probes.restart();
        final NamedScenario scenario = new MutantLoader(probed).scenarios().get(index);
        Probes.takeReached();
        final Report report = Model.check(scenario.bounds(), turning(scenario.scenario().get()));
        return new Baseline(index, scenario, report, Probes.takeReached());
    }

    /** Begins to count the turns of loops with each execution. */
    private static Scenario turning(final Scenario scenario) {
        return setup -> {
            Probes.restart();
            scenario.setUp(setup);
        };
    }

    /** How much work it is, in accesses. */
    long cost() {
        return report.executions() * report.operations();
    }

    boolean reaches(final int point) {
        return reached.get(point);
    }

    /** Runs the scenario with a mutation. */
    Result trial(final Mutation mutation) {
        final String type = mutation.point().type().replace('/', '.');
        final byte[] bytes = Rewriter.mutated(MutantLoader.original(type), mutation);
        // Not the turns of the trial before; and what cannot be loaded is no kill.
        Probes.restart();
        final NamedScenario anew = new MutantLoader(Map.of(type, bytes)).scenarios().get(index);
        try {
            final Scenario mutated = anew.scenario().get();
            final Bounds bounds =
                    scenario.bounds().withExecutions(Math.max(LEAST, FACTOR * report.executions()));
            final Report found = Model.explore(bounds, turning(mutated));
            if (found.failure() != null) {
                return Result.killed(mutation, Result.how(found.failure()), scenario.name());
            }
            if (found.blocked() > report.blocked()) {
                return Result.killed(mutation, "waits for the other side", scenario.name());
            }
            return found.outcomes().keySet().equals(report.outcomes().keySet())
                    ? Result.survivor(mutation, true)
                    : Result.killed(mutation, "other outcomes", scenario.name());
        } catch (final BoundException e) {
            return Result.survivor(mutation, false);
        } catch (final RuntimeException | LinkageError | AssertionError e) {
            if (e instanceof VerifyError || e instanceof ClassFormatError) {
                throw e;
            }
            return Result.killed(
                    mutation, e.getClass().getSimpleName() + " thrown", scenario.name());
        }
    }
}
