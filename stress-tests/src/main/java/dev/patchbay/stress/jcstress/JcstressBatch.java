// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.jcstress;

import dev.patchbay.stress.SectionGeometry;
import dev.patchbay.stress.run.Batch;
import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Jdk;
import dev.patchbay.stress.run.OwnClassPath;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** Tests that one run of jcstress takes together, since its start takes seconds. */
final class JcstressBatch implements Batch {
    private static final List<String> JVM_FLAGS =
            List.of(
                    "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "-XX:MaxDirectMemorySize=512m");

    private static final Pattern COUNTS = Pattern.compile("Results: (\\d+) planned; (\\d+) passed");

    private static final int TWIN_TRIES = 3;

    /** How a process ends by an interrupt from the terminal, or when it is asked to. */
    private static final List<Integer> INTERRUPTED = List.of(130, 143);

    private final String name;
    private final Jdk jdk;
    private final Effort effort;
    private final boolean elastic;
    private final SectionGeometry declared;

    /**
     * A batch.
     *
     * @param name within the part
     * @param jdk what it runs on
     * @param effort how long each test runs where there is no other budget
     * @param elastic whether it runs as long as its budget says
     * @param declared the geometry of the section under test, or null for the tests' own
     */
    JcstressBatch(
            final String name,
            final Jdk jdk,
            final Effort effort,
            final boolean elastic,
            final SectionGeometry declared) {
        this.name = name;
        this.jdk = jdk;
        this.effort = effort;
        this.elastic = elastic;
        this.declared = declared;
    }

    @Override
    public String name() {
        return name;
    }

    Duration expectedOfEach() {
        return effort.expected(jdk);
    }

    Duration leastOfEach() {
        return elastic ? effort.within(Duration.ZERO, jdk).expected(jdk) : expectedOfEach();
    }

    boolean isElastic() {
        return elastic;
    }

    @Override
    public void run(
            final List<Unit> units, final Context context, final BiConsumer<Unit, Verdict> verdicts)
            throws Exception {
        List<JcstressUnit> tests = units.stream().map(JcstressUnit.class::cast).toList();
        for (int n = 1; !tests.isEmpty(); n++) {
            final Map<JcstressUnit, Verdict> judged = once(tests, context, n);
            // Whether a twin is caught is chance: it has some tries, where a test has one.
            final List<JcstressUnit> again =
                    tests.stream()
                            .filter(JcstressUnit::isTwin)
                            .filter(test -> !judged.get(test).passed())
                            .toList();
            if (n == TWIN_TRIES) {
                judged.forEach(verdicts);
                return;
            }
            again.forEach(judged::remove);
            judged.forEach(verdicts);
            tests = again;
        }
    }

    private Map<JcstressUnit, Verdict> once(
            final List<JcstressUnit> tests, final Context context, final int n) throws Exception {
        final Effort now =
                elastic ? effort.within(context.budget().dividedBy(tests.size()), jdk) : effort;
        final Path folder =
                Files.createDirectories(
                        n == 1 ? context.folder() : context.folder().resolve("try-" + n));
        final Process process =
                new ProcessBuilder(command(tests, now, folder))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        final Output output = new Output(context.progress());
        final int status;
        try {
            output.follow(process, folder.resolve("jcstress.log"));
            status = process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        if (INTERRUPTED.contains(status)) {
            throw new InterruptedException("jcstress was interrupted");
        }
        return judge(tests, read(folder), status, output);
    }

    private List<String> command(
            final List<JcstressUnit> tests, final Effort now, final Path folder) {
        final List<String> command = new ArrayList<>();
        command.add(jdk.java().toString());
        command.addAll(JVM_FLAGS);
        final List<String> strides = new ArrayList<>();
        if (declared != null) {
            // The JVMs that jcstress forks inherit it.
            command.add("-D" + SectionGeometry.PROPERTY + "=" + declared.text());
            strides.addAll(List.of("-strideSize", String.valueOf(declared.strideSize())));
            strides.addAll(List.of("-strideCount", String.valueOf(declared.strides())));
        }
        command.addAll(List.of("-cp", OwnClassPath.text(), Fork.class.getName(), "-m", "quick"));
        command.addAll(now.options(jdk));
        command.addAll(strides);
        command.addAll(List.of("-r", folder.toAbsolutePath().toString(), "-t"));
        command.add(
                tests.stream()
                        .map(test -> Pattern.quote(test.test()))
                        .collect(Collectors.joining("|", "^(", ")$")));
        return command;
    }

    private static Map<String, List<TestResult>> read(final Path folder) throws Exception {
        final List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f -> f.getFileName().toString().endsWith(".bin.gz")).toList();
        }
        final InProcessCollector results = new InProcessCollector();
        for (final Path file : files) {
            final DiskReadCollector disk = new DiskReadCollector(file.toString(), results);
            disk.dump();
            disk.close();
        }
        return results.getTestResults().stream()
                .collect(Collectors.groupingBy(TestResult::getName));
    }

    private static Map<JcstressUnit, Verdict> judge(
            final List<JcstressUnit> tests,
            final Map<String, List<TestResult>> found,
            final int status,
            final Output output) {
        final Map<JcstressUnit, Verdict> judged = new LinkedHashMap<>();
        for (final JcstressUnit test : tests) {
            judged.put(test, Outcome.of(test, found.getOrDefault(test.test(), List.of())));
        }
        final int runs = found.values().stream().mapToInt(List::size).sum();
        final boolean explained =
                tests.stream().anyMatch(JcstressUnit::isTwin)
                        || judged.values().stream().anyMatch(verdict -> !verdict.passed());
        final String trouble = trouble(explained ? 0 : status, runs, output);
        if (trouble != null) {
            judged.replaceAll(
                    (test, verdict) -> verdict.passed() ? Verdict.failed(trouble) : verdict);
        }
        return judged;
    }

    /** What is wrong with the run as a whole, or null. */
    private static String trouble(final int status, final int runs, final Output output) {
        if (output.fatal != null) {
            return "jcstress reported: " + output.fatal;
        }
        if (output.planned != runs) {
            return "jcstress planned " + output.planned + " runs, but kept results of " + runs;
        }
        return status == 0 ? null : "jcstress ended with status " + status;
    }

    /** What jcstress says while it runs. */
    private static final class Output {
        private final Consumer<String> progress;
        private String fatal;
        private int planned;

        Output(final Consumer<String> progress) {
            this.progress = progress;
        }

        void follow(final Process process, final Path log) throws IOException {
            try (BufferedReader lines =
                            new BufferedReader(
                                    new InputStreamReader(
                                            process.getInputStream(), Charset.defaultCharset()));
                    BufferedWriter copy = Files.newBufferedWriter(log)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    copy.write(line);
                    copy.newLine();
                    take(line);
                }
            }
        }

        private void take(final String line) {
            if (fatal == null && line.contains("FATAL")) {
                fatal = line.strip();
            }
            final Matcher counts = COUNTS.matcher(line);
            if (counts.find()) {
                planned = Integer.parseInt(counts.group(1));
                progress.accept(counts.group(2) + " of " + planned + " JVMs");
            }
        }
    }
}
