// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Effort;
import dev.patchbay.bench.report.DocsTable;
import dev.patchbay.bench.report.Page;
import dev.patchbay.bench.report.ResultsFile;
import dev.patchbay.bench.report.Shown;
import dev.patchbay.bench.report.Tables;
import dev.patchbay.bench.run.Catalogue;
import dev.patchbay.bench.run.Key;
import dev.patchbay.bench.run.Machine;
import dev.patchbay.bench.run.Measurement;
import dev.patchbay.bench.run.Progress;
import dev.patchbay.bench.run.Samples;
import dev.patchbay.bench.run.Session;
import dev.patchbay.tools.bundle.ToolVersion;
import dev.patchbay.tools.files.CompleteFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code patchbay bench}. */
@Command(
        name = "patchbay bench",
        description = {
            "Measures Patchbay beside what a user would take instead, in the same rounds: each"
                    + " contender in each round, in a process of its own, its threads tied to"
                    + " processors.",
            "Writes results.json, report.html and the rounds themselves. A contender that loses,"
                    + " repeats or changes what it moves is no result but a failure."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:measured, whether goals are met or not",
            "1:a benchmark could not be measured; a sentence says why",
            "2:a wrong command line"
        })
final class BenchCommand implements Callable<Integer> {
    private static final String HOME = "${sys:patchbay.home:-.}/";

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description =
                    "Benchmarks, or the first words of several, such as spsc or spsc-java; all"
                            + " unless named (--list shows them).")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--quick",
            description = "Measure for a moment each: all benchmarks within 10 minutes.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "How often each contender is measured, at least "
                            + Effort.LEAST_ROUNDS
                            + "; 20, or 10 with --quick, unless given.")
    private Integer rounds;

    @Option(
            names = "--resume",
            description =
                    "Keep the rounds that were measured before by the same code on the same"
                            + " machine, and add those that are missing.")
    private boolean resume;

    @Option(names = "--list", description = "Print the benchmarks with their contenders.")
    private boolean list;

    @Option(
            names = "--publish",
            arity = "0..1",
            paramLabel = "PAGE",
            fallbackValue = HOME + "docs/benchmarks.md",
            description =
                    "Also write the table into a page, between its markers [${FALLBACK-VALUE}].")
    private Path page;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = HOME + "target/bench",
            description = "Where results go [${DEFAULT-VALUE}].")
    private Path folder;

    @Override
    public Integer call() throws InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final Catalogue catalogue = new Catalogue();
        final List<Benchmark> chosen;
        try {
            chosen = catalogue.named(names);
        } catch (final BenchException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (list) {
            print(out, chosen);
            return ExitCode.OK;
        }
        final Effort effort = effort();
        final Map<String, String> facts = Machine.facts();
        final String key = Key.of(facts, effort);
        final List<String> failures =
                new Session(folder, effort, new Progress(out, isTerminal()))
                        .run(chosen, key, resume);
        final List<Shown> all = shown(catalogue, key, effort);
        if (!all.isEmpty()) {
            write(all, facts, effort.name());
            out.printf("%n%s", Tables.overview(all));
            final List<String> disturbed =
                    all.stream()
                            .filter(Shown::isDisturbed)
                            .map(shown -> shown.benchmark().name())
                            .toList();
            if (!disturbed.isEmpty()) {
                out.printf(
                        "%nThe machine had other work to do during: %s. Measure these again when it"
                                + " has none.%n",
                        String.join(", ", disturbed));
            }
            out.printf(
                    "%nreport   %s%nresults  %s%n",
                    folder.resolve("report.html"), folder.resolve("results.json"));
        }
        out.flush();
        for (final String failure : failures) {
            spec.commandLine().getErr().println("patchbay bench: " + failure);
        }
        return failures.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Effort effort() {
        final Effort effort = quick ? Effort.QUICK : Effort.FULL;
        if (rounds == null) {
            return effort;
        }
        if (rounds < Effort.LEAST_ROUNDS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rounds is "
                            + rounds
                            + ", but must be at least "
                            + Effort.LEAST_ROUNDS
                            + ": fewer decide nothing.");
        }
        return effort.withRounds(rounds);
    }

    /** What was measured now, and what is on file of the same code, machine and effort. */
    private List<Shown> shown(final Catalogue catalogue, final String key, final Effort effort) {
        final Samples samples = Samples.in(folder, effort);
        final List<Shown> all = new ArrayList<>();
        for (final Benchmark benchmark : catalogue.all()) {
            final Measurement found = samples.read(benchmark.name(), key);
            if (found != null && found.rounds().size() >= Effort.LEAST_ROUNDS) {
                all.add(Shown.of(benchmark, found));
            }
        }
        return all;
    }

    private void write(
            final List<Shown> all, final Map<String, String> facts, final String effort) {
        CompleteFile.write(
                folder.resolve("results.json"),
                ResultsFile.text(all.stream().map(Shown::result).toList()));
        CompleteFile.write(folder.resolve("report.html"), Page.html(all, facts));
        if (page != null) {
            try {
                CompleteFile.write(
                        page,
                        DocsTable.into(Files.readString(page), DocsTable.of(all, facts, effort)));
            } catch (final IOException e) {
                throw new BenchException(page + " cannot be read: " + e + ".", e);
            }
        }
    }

    private static void print(final PrintWriter out, final List<Benchmark> benchmarks) {
        for (final Benchmark benchmark : benchmarks) {
            out.printf(
                    "%s: %s; goal %s%n",
                    benchmark.name(), benchmark.title(), benchmark.goal().text(benchmark.unit()));
            benchmark.contenders().forEach(one -> out.printf("    %s%n", one.name()));
        }
        out.flush();
    }

    /** Whether the standard output is a terminal; System.console() says so of every output on some JVMs. */
    private static boolean isTerminal() {
        try {
            final String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (final IOException e) {
            return false;
        }
    }
}
