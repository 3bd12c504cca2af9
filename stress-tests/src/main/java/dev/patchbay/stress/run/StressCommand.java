// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import dev.patchbay.layout.DeclarationSource;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code patchbay stress}. */
@Command(
        name = "patchbay stress",
        description = {
            "Proves Patchbay's lock-free primitives, or the sections of a declaration of your own,"
                + " as far as this machine and the time allow. docs/proof.md tells what is shown"
                + " and what not.",
            "",
            "An interrupted run goes on where it stopped when it is started again."
        },
        sortOptions = false,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:every planned unit ran and passed",
            "1:a unit failed or did not run, or the run cannot start; a sentence says why",
            "2:a wrong command line",
            "130:interrupted; start it again to go on"
        })
public final class StressCommand implements Callable<Integer> {
    /** A run with no other word takes no longer on two processors. */
    private static final Duration FULL_RUN = Duration.ofMinutes(120);

    private static final int INTERRUPTED = 130;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "quick",
            description =
                    "sanity: each unit for a moment; quick: minutes; default: what a release needs,"
                            + " within 120 minutes on two processors; tough: all configurations"
                            + " [${DEFAULT-VALUE}].")
    private String modeName;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description =
                    "Only units whose part/name contains this text or a match of it as a regular"
                            + " expression.")
    private String only;

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            description = "Only these parts, with commas between them; --list names them.")
    private List<String> partNames = List.of();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description =
                    "How long the run may take; units that show more with more time share what the"
                            + " others leave.")
    private Integer minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "From which chance is drawn, to repeat a run.")
    private Long seed;

    @Option(
            names = "--jdk",
            paramLabel = "FOLDER",
            description =
                    "A Java to run on, instead of a 17 and a 25 that are looked for; may be given"
                            + " several times.")
    private List<Path> jdks = List.of();

    @Option(
            names = "--declaration",
            paramLabel = "CLASS",
            description =
                    "Tests the sections of this declaration, each with its own geometry: a class"
                            + " with a public static method or field of the type RegionDeclaration,"
                            + " or a Supplier of it; CLASS#member where it declares several.")
    private String declaration;

    @Option(
            names = {"--classpath", "--class-path", "-cp"},
            paramLabel = "PATHS",
            defaultValue = "",
            description = "Jars and folders that hold that class, with : between them.")
    private String classPath;

    @Option(
            names = "--results",
            paramLabel = "FOLDER",
            defaultValue = "${sys:patchbay.stress.results:-patchbay-stress-results}",
            description = "Where verdicts and report are kept [${DEFAULT-VALUE}].")
    private Path results;

    @Option(
            names = "--resume",
            description = "Keeps every verdict of the run before, also where it had ended.")
    private boolean resume;

    @Option(names = "--fresh", description = "Begins anew, also where a run was interrupted.")
    private boolean fresh;

    @Option(names = "--list", description = "Lists the units that would run, and runs none.")
    private boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Spec private CommandSpec spec;

    private final List<Part> known;

    private final PrintStream out;

    private StressCommand(final List<Part> known, final PrintStream out) {
        this.known = known;
        this.out = out;
    }

    /**
     * Runs a command line.
     *
     * @param parts all parts that there are
     * @param out takes progress and result
     * @param err takes a sentence where the command cannot be carried out
     * @param args the command line
     * @return the exit status
     */
    public static int execute(
            final List<Part> parts,
            final PrintStream out,
            final PrintStream err,
            final String... args) {
        return new CommandLine(new StressCommand(parts, out))
                .setOut(new PrintWriter(out, true))
                .setParameterExceptionHandler(
                        (failure, arguments) -> {
                            err.println(
                                    "patchbay stress: "
                                            + failure.getMessage()
                                            + "; --help lists what is allowed.");
                            return ExitCode.USAGE;
                        })
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            if (!(failure instanceof StressException)) {
                                throw failure;
                            }
                            err.println("patchbay stress: " + failure.getMessage());
                            return ExitCode.SOFTWARE;
                        })
                .execute(args);
    }

    @Override
    public Integer call() throws IOException {
        if (resume && fresh) {
            throw usage("--resume and --fresh exclude each other: give one of them");
        }
        final List<Part> parts = chosenParts();
        final RegionDeclaration own = ownDeclaration();
        final Plan.Mode mode = mode();
        final Jdks java = jdks.isEmpty() ? Jdks.search() : Jdks.named(jdks);
        if (list) {
            final Plan plan = new Plan(mode, 0, java);
            print(plan, planned(parts, plan, own));
            return ExitCode.OK;
        }
        try (Journal journal = Journal.open(results)) {
            final RunKey key = key(mode, java);
            final boolean same = journal.start() != null && journal.start().key().equals(key);
            long chance = chance(same ? journal : null);
            List<Planned> planned = planned(parts, new Plan(mode, chance, java), own);
            final String reason = reasonToBegin(key, chance, journal, planned);
            if (reason != null && same && seed == null) {
                chance = chance(null);
                planned = planned(parts, new Plan(mode, chance, java), own);
            }
            final Budgets budgets = budgets(mode);
            Runner.checkNames(planned);
            budgets.check(planned);
            begin(
                    reason,
                    journal,
                    new Journal.Start(key, chance, Instant.now().toString()),
                    planned);
            return run(new Plan(mode, chance, java), parts, planned, budgets, journal);
        }
    }

    private ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private RunKey key(final Plan.Mode mode, final Jdks java) throws IOException {
        return RunKey.of(new Plan(mode, 0, java), declaration, paths());
    }

    private Plan.Mode mode() {
        return Arrays.stream(Plan.Mode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(modeName))
                .findFirst()
                .orElseThrow(
                        () ->
                                usage(
                                        "--mode is \""
                                                + modeName
                                                + "\", expected sanity, quick, default or"
                                                + " tough"));
    }

    private Budgets budgets(final Plan.Mode mode) {
        if (minutes == null) {
            return new Budgets(mode == Plan.Mode.DEFAULT ? FULL_RUN : null, false);
        }
        if (minutes < 1) {
            throw usage("--minutes is " + minutes + ", expected at least 1");
        }
        return new Budgets(Duration.ofMinutes(minutes), true);
    }

    /** The seed that was asked for, that of the run that goes on, or a new one. */
    private long chance(final Journal journal) {
        if (seed != null) {
            return seed;
        }
        return journal == null ? new SecureRandom().nextInt(1 << 30) : journal.start().seed();
    }

    private List<Part> chosenParts() {
        final String names = known.stream().map(Part::name).collect(Collectors.joining(", "));
        for (final String name : partNames) {
            if (known.stream().noneMatch(part -> part.name().equals(name))) {
                throw usage("There is no part \"" + name + "\", expected some of: " + names);
            }
        }
        return known.stream()
                .filter(part -> partNames.isEmpty() || partNames.contains(part.name()))
                .toList();
    }

    private RegionDeclaration ownDeclaration() {
        if (declaration == null) {
            if (!classPath.isEmpty()) {
                throw usage(
                        "--classpath is of use only with --declaration CLASS, the class that"
                                + " declares the region");
            }
            return null;
        }
        try {
            return DeclarationSource.load(declaration, paths());
        } catch (final RegionException e) {
            throw new StressException(e.getMessage(), e);
        }
    }

    private List<Path> paths() {
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .toList();
    }

    private List<Planned> planned(
            final List<Part> parts, final Plan plan, final RegionDeclaration own) {
        final List<Planned> all = new ArrayList<>();
        for (final Part part : parts) {
            final List<Unit> units = own == null ? part.units(plan) : part.units(plan, own);
            units.forEach(unit -> all.add(new Planned(part.name(), unit)));
        }
        final List<Planned> chosen = all.stream().filter(this::isChosen).toList();
        if (chosen.isEmpty()) {
            throw new StressException(
                    only == null
                            ? "The parts chosen have nothing to run"
                                    + (own == null ? "." : " for a declaration.")
                            : "No unit's name matches \""
                                    + only
                                    + "\": --list names all "
                                    + all.size()
                                    + " of the parts chosen.");
        }
        return chosen;
    }

    private boolean isChosen(final Planned planned) {
        if (only == null || planned.key().contains(only)) {
            return true;
        }
        try {
            return Pattern.compile(only).matcher(planned.key()).find();
        } catch (final PatternSyntaxException e) {
            throw usage(
                    "--only is \""
                            + only
                            + "\", expected a name or a regular expression: "
                            + e.getDescription());
        }
    }

    private void print(final Plan plan, final List<Planned> planned) {
        for (final Planned p : planned) {
            out.printf("%8s  %s%n", Times.text(p.unit().expected()), p.key());
        }
        out.println(
                planned.size()
                        + " units, about "
                        + Times.minutes(Budgets.sum(planned, Unit::expected))
                        + " in "
                        + plan.mode().name().toLowerCase(Locale.ROOT)
                        + " mode on two processors.");
    }

    /** Goes on with the run that is there, or begins anew, and says which. */
    private void begin(
            final String reason,
            final Journal journal,
            final Journal.Start start,
            final List<Planned> planned)
            throws IOException {
        final Journal.Start before = journal.start();
        if (reason == null) {
            out.println(
                    "Going on with the run of "
                            + before.started()
                            + ": "
                            + planned.stream()
                                    .filter(p -> journal.entries().containsKey(p.key()))
                                    .count()
                            + " of "
                            + planned.size()
                            + " units have their verdict.");
            return;
        }
        if (!reason.isEmpty()) {
            out.println(
                    "Beginning anew; the verdicts of "
                            + before.started()
                            + " are dropped: "
                            + reason
                            + ".");
        }
        Folders.delete(results.resolve("units"));
        journal.begin(start);
    }

    /** Null to go on; else why not, empty where there is nothing to say. */
    private String reasonToBegin(
            final RunKey key,
            final long chance,
            final Journal journal,
            final List<Planned> planned) {
        final Journal.Start before = journal.start();
        if (before == null) {
            return "";
        }
        if (!before.key().equals(key)) {
            return key.differsFrom(before.key());
        }
        if (before.seed() != chance) {
            return fresh ? "--fresh was given" : "the seed was " + before.seed();
        }
        if (fresh) {
            return "--fresh was given";
        }
        final boolean ended =
                planned.stream().allMatch(p -> journal.entries().containsKey(p.key()));
        return ended && !resume ? "that run had ended" : null;
    }

    private int run(
            final Plan plan,
            final List<Part> parts,
            final List<Planned> planned,
            final Budgets budgets,
            final Journal journal)
            throws IOException {
        final Progress progress = new Progress(out, Progress.isTerminal());
        progress.print(
                planned.size()
                        + (planned.size() == 1 ? " unit, seed " : " units, seed ")
                        + plan.seed()
                        + ", results in "
                        + results.toAbsolutePath());
        final Interruption interruption = new Interruption(journal, progress);
        Runtime.getRuntime().addShutdownHook(interruption);
        final String text = declaration == null ? "" : declaration;
        try {
            new Runner(plan, planned, budgets, journal, results, progress).run();
        } catch (final InterruptedException e) {
            Results.of(plan, text, parts, planned, journal).write(results);
            return INTERRUPTED;
        } finally {
            interruption.cancel();
        }
        final Results all = Results.of(plan, text, parts, planned, journal);
        all.write(results);
        final long passed = all.units().stream().filter(Entry::passed).count();
        progress.print("Report: " + results.resolve(Results.HTML).toAbsolutePath());
        progress.print(passed + " passed, " + (planned.size() - passed) + " failed");
        return all.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
