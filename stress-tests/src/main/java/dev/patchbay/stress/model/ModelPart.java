// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Part;
import dev.patchbay.stress.run.Plan;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import java.time.Duration;
import java.util.List;

/** Runs each scenario in each execution that the memory model allows. */
public final class ModelPart implements Part {
    /** For the service loader. */
    public ModelPart() {}

    @Override
    public String name() {
        return "model";
    }

    @Override
    public String summary() {
        return "Each primitive's own bytecode in every execution that the memory model RC11 allows,"
                + " within the bounds that the scenario's name states. It shows that none of"
                + " them breaks the promise; larger bounds and load buffering are not covered.";
    }

    @Override
    public List<Unit> units(final Plan plan) {
        return Scenarios.all().stream().map(s -> (Unit) new OfScenario(s)).toList();
    }

    private record OfScenario(NamedScenario scenario) implements Unit {
        @Override
        public String name() {
            return scenario.name();
        }

        @Override
        public Duration expected() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Verdict run(final Context context) {
            final Report report = Model.explore(scenario.bounds(), scenario.scenario().get());
            if (report.failure() != null) {
                return Verdict.failed(report.failure().getMessage());
            }
            final String counts =
                    report.executions()
                            + " executions, the longest of "
                            + report.operations()
                            + " loads and stores, "
                            + report.blocked()
                            + " blocked";
            return report.blocked() == 0
                    ? Verdict.passed(counts)
                    : Verdict.failed(
                            counts
                                    + ": one side waits for the other, so what comes after was not"
                                    + " looked at. Raise the patience above the number of tries.");
        }
    }
}
