// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.sanitize;

import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Plan;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One scenario in one program: nothing may be reported, and no promise broken, for as long as it runs. */
final class ScenarioUnit implements Unit {
    private static final int LINES = 40;

    /** What a program may take beyond its time: it starts, and its actors come to an end. */
    private static final long SPARE_SECONDS = 60;

    private final String scenario;
    private final Build build;
    private final Plan.Mode mode;

    ScenarioUnit(final String scenario, final Build build, final Plan.Mode mode) {
        this.scenario = scenario;
        this.build = build;
        this.mode = mode;
    }

    @Override
    public String name() {
        return scenario + "/" + build;
    }

    @Override
    public Duration expected() {
        return Duration.ofMillis(
                switch (mode) {
                    case SANITY -> 100;
                    case QUICK -> 500;
                    case DEFAULT -> 3_000;
                    case TOUGH -> 20_000;
                });
    }

    @Override
    public boolean elastic() {
        return true;
    }

    @Override
    public Verdict run(final Context context) throws Exception {
        if (build.missing() != null) {
            return Verdict.failed(build.missing());
        }
        context.progress().accept("compiling");
        final Path program = build.program(Sources.FILES);
        context.progress().accept("running");
        final Outcome outcome =
                run(program, context.folder(), scenario, context.budget().toMillis(), build);
        if (outcome.status() == 0) {
            return Verdict.passed(
                    outcome.output().strip() + " in " + context.budget().toMillis() + " ms");
        }
        return failure(outcome);
    }

    /** Runs a scenario over a fresh region. */
    static Outcome run(
            final Path program,
            final Path folder,
            final String scenario,
            final long millis,
            final Build build)
            throws IOException, InterruptedException {
        final Path region = Files.createTempDirectory(folder, "run").resolve("region");
        Region.create(region, new RegionImage(StressRegion.DECLARATION)).close();
        return Outcome.of(
                List.of(program.toString(), region.toString(), Long.toString(millis), scenario),
                build.environment(),
                millis / 1000 + SPARE_SECONDS);
    }

    /** The first lines of what was said; the whole of it would be many. */
    static Verdict failure(final Outcome outcome) {
        final String detail =
                outcome.status() == Outcome.TIMEOUT
                        ? "It did not end: an actor waits for what never comes. " + outcome.cause()
                        : outcome.cause() + " (status " + outcome.status() + ")";
        return Verdict.failed(detail)
                .with(
                        new Verdict.Table(
                                List.of("the first lines"),
                                outcome.output().lines().limit(LINES).map(List::of).toList()));
    }
}
