// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.sanitize;

import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A scenario of a file with a spoilt header: ThreadSanitizer must report a race. */
final class ControlUnit implements Unit {
    private static final int TRIES = 3;
    private static final long MILLIS = 1_000;

    private final String file;
    private final String scenario;
    private final Build build;

    ControlUnit(final String file, final String scenario, final Build build) {
        this.file = file;
        this.scenario = scenario;
        this.build = build;
    }

    @Override
    public String name() {
        return "control of " + scenario + "/" + build;
    }

    @Override
    public Duration expected() {
        return Duration.ofSeconds(4);
    }

    @Override
    public Verdict run(final Context context) throws Exception {
        if (build.missing() != null) {
            return Verdict.failed(build.missing());
        }
        final Weakened control = Sources.controls(file).get(scenario);
        final Path folder = Files.createTempDirectory(context.folder(), "spoilt");
        context.progress().accept("compiling");
        final Path program = build.compile(folder, List.of(file), control.of(Sources.header()));
        Outcome outcome = null;
        for (int i = 0; i < TRIES; i++) {
            context.progress().accept("running with " + control);
            outcome = ScenarioUnit.run(program, folder, scenario, MILLIS, build);
            if (outcome.output().contains("ThreadSanitizer: data race")) {
                return Verdict.passed("Found out: " + control);
            }
        }
        final Verdict said = ScenarioUnit.failure(outcome);
        return Verdict.failed(
                        "The header with "
                                + control
                                + " was not reported as a race, so this scenario shows nothing of"
                                + " that order: "
                                + said.detail())
                .with(said.table());
    }
}
