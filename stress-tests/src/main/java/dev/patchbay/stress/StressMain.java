// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs the suites and judges them. jcstress ends with 0 where a test could not be loaded or was dropped; here each planned
 * suite must have results, all of them normal, and no forbidden outcome.
 */
public final class StressMain {
    private static final String USAGE =
            "Usage: java -jar patchbay-stress.jar [--mode sanity|quick|default|tough]"
                    + " [--only REGEX] [--results DIR] [--twins]\n"
                    + "  --mode     how long and in how many configurations; quick by default\n"
                    + "  --only     the suites whose names contain a match\n"
                    + "  --results  where jcstress puts its report; jcstress-results by default\n"
                    + "  --twins    runs the broken twins instead; each must be caught";

    private static final Set<String> MODES = Set.of("sanity", "quick", "default", "tough");
    private static final String PACKAGE = "dev.patchbay.stress.";
    private static final String TWINS = PACKAGE + "twins.";

    private static final List<String> JVM_FLAGS =
            List.of(
                    "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    private String mode = "quick";
    private Pattern only = Pattern.compile("");
    private Path results = Path.of("jcstress-results");
    private boolean twins;
    private boolean fatal;

    private StressMain() {}

    /**
     * Runs the suites.
     *
     * @param args see the usage
     * @throws Exception if jcstress cannot be started or its results cannot be read
     */
    public static void main(final String[] args) throws Exception {
        final StressMain main = new StressMain();
        if (!main.parse(args)) {
            System.err.println(USAGE);
            System.exit(2);
        }
        System.exit(main.run() ? 0 : 1);
    }

    private boolean parse(final String[] args) {
        int i = 0;
        while (i < args.length) {
            final String option = args[i++];
            if (option.equals("--twins")) {
                twins = true;
                continue;
            }
            if (i == args.length) {
                return false;
            }
            final String value = args[i++];
            switch (option) {
                case "--mode" -> mode = value;
                case "--results" -> results = Path.of(value);
                case "--only" -> {
                    try {
                        only = Pattern.compile(value);
                    } catch (final PatternSyntaxException e) {
                        System.err.println("--only takes a regular expression: " + e.getMessage());
                        return false;
                    }
                }
                default -> {
                    return false;
                }
            }
        }
        return MODES.contains(mode);
    }

    private boolean run() throws Exception {
        final Set<String> planned = plan();
        if (planned.isEmpty()) {
            System.err.println("No suite's name matches \"" + only + "\".");
            return false;
        }
        Files.createDirectories(results);
        final Set<Path> before = new HashSet<>(resultFiles());
        final int status = fork(planned);
        final List<Path> files = resultFiles();
        files.removeAll(before);
        final boolean good = judge(planned, read(files));
        if (fatal) {
            System.out.println("jcstress reported a fatal error; see above.");
        }
        // The twins' failures are what jcstress' own status says.
        final boolean ended = twins || status == 0;
        if (!ended) {
            System.out.println("jcstress ended with status " + status + ".");
        }
        return good && ended && !fatal;
    }

    private Set<String> plan() {
        return TestList.tests().stream()
                .filter(name -> name.startsWith(PACKAGE))
                .filter(name -> name.startsWith(TWINS) == twins)
                .filter(name -> only.matcher(name).find())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Runs jcstress in a VM that has the flags for memory outside the heap; the VMs that it forks inherit them. */
    private int fork(final Set<String> planned) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        final String jar =
                Stream.of(System.getProperty("java.class.path").split(":"))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(":"));
        command.addAll(List.of("-cp", jar, "org.openjdk.jcstress.Main", "-m", mode));
        command.addAll(List.of("-r", results.toAbsolutePath().toString()));
        command.add("-t");
        command.add(
                planned.stream().map(Pattern::quote).collect(Collectors.joining("|", "^(", ")$")));
        final Process process =
                new ProcessBuilder(command)
                        .directory(results.toFile())
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), Charset.defaultCharset()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
                fatal |= line.contains("FATAL");
            }
        }
        return process.waitFor();
    }

    private List<Path> resultFiles() throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".bin.gz"))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    private static Map<String, List<TestResult>> read(final List<Path> files) throws Exception {
        final InProcessCollector all = new InProcessCollector();
        for (final Path file : files) {
            final DiskReadCollector disk = new DiskReadCollector(file.toString(), all);
            disk.dump();
            disk.close();
        }
        return all.getTestResults().stream()
                .collect(
                        Collectors.groupingBy(
                                TestResult::getName, TreeMap::new, Collectors.toList()));
    }

    private boolean judge(final Set<String> planned, final Map<String, List<TestResult>> found) {
        int failed = 0;
        System.out.println();
        for (final String name : planned) {
            final List<TestResult> runs = found.getOrDefault(name, List.of());
            final String broken = broken(runs);
            final String forbidden = forbidden(runs);
            final boolean bad = broken != null || (forbidden == null) == twins;
            failed += bad ? 1 : 0;
            final long samples = runs.stream().mapToLong(TestResult::getTotalCount).sum();
            System.out.printf(
                    "%-6s  %-28s %3d runs  %,15d samples%s%n",
                    bad ? "FAILED" : "passed",
                    name.substring(PACKAGE.length()),
                    runs.size(),
                    samples,
                    why(broken, forbidden));
        }
        System.out.println(planned.size() - failed + " passed, " + failed + " failed");
        return failed == 0;
    }

    private String why(final String broken, final String forbidden) {
        if (broken != null) {
            return "  " + broken;
        }
        if (twins) {
            return forbidden == null ? "  the twin survived" : "  caught: " + forbidden;
        }
        return forbidden == null ? "" : "  " + forbidden;
    }

    /** Why the results say nothing, or null. A test that jcstress drops or cannot load has none. */
    private static String broken(final Collection<TestResult> runs) {
        if (runs.isEmpty()) {
            return "did not run: jcstress dropped it or could not load it";
        }
        for (final TestResult run : runs) {
            if (run.status() != Status.NORMAL) {
                return run.status() + " " + run.getMessages();
            }
            if (run.isEmpty() || run.getTotalCount() == 0) {
                return "a run took no samples";
            }
        }
        return null;
    }

    /** The first forbidden outcome, or null. */
    private static String forbidden(final Collection<TestResult> runs) {
        return runs.stream()
                .filter(run -> run.status() == Status.NORMAL && !run.grading().isPassed)
                .map(run -> String.join("; ", run.grading().failureMessages))
                .findFirst()
                .orElse(null);
    }
}
