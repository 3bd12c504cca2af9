// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import com.sun.management.OperatingSystemMXBean;
import dev.patchbay.stress.model.Model;
import dev.patchbay.stress.model.Report;
import dev.patchbay.stress.model.Scenario;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that executes C, which a broken header may take down. It writes a line when it begins with a scenario or mutant and one when it
 * has ended with it: number, tab, verdict, tab, what was found. In between it tells now and then that it is alive. C that loops
 * without an access ends it: an execution takes far less than a second, so one that has taken some seconds of this process's own
 * time has no end, however busy the machine is.
 */
final class HeaderWorker {
    static final String BEGIN = "begin";
    static final String PASSED = "passed";
    static final String FAILED = "failed";
    static final String ALIVE = "alive";

    /** The processor time, in nanoseconds, of an execution that has no end. */
    private static final long ENDLESS = TimeUnit.SECONDS.toNanos(5);

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final CCompiler compiler;
    private final PrintStream out;
    private final AtomicLong executions = new AtomicLong();
    private volatile int running;

    private HeaderWorker(final CCompiler compiler, final PrintStream out) {
        this.compiler = compiler;
        this.out = out;
    }

    /**
     * Runs scenarios, or the mutants of a primitive.
     *
     * @param args the compiler, the folder, "scenarios" or the name of a primitive, and the numbers, from 0, of the first and of
     *     the last one to run
     */
    public static void main(final String[] args) {
        final PrintStream out = System.out;
        System.setOut(System.err);
        final CCompiler compiler = CCompiler.in(args[0], Path.of(args[1]));
        final HeaderWorker worker = new HeaderWorker(compiler, out);
        final Thread watch = new Thread(worker::watch, "watch");
        watch.setDaemon(true);
        watch.start();
        final int first = Integer.parseInt(args[3]);
        final int last = Integer.parseInt(args[4]);
        if ("scenarios".equals(args[2])) {
            worker.scenarios(first, last);
        } else {
            worker.mutants(args[2], first, last);
        }
        out.flush();
    }

    private void scenarios(final int first, final int last) {
        final String header = ModelHeader.text();
        for (int i = first; i <= last; i++) {
            final HeaderScenario scenario = HeaderScenarios.all().get(i);
            for (final int inC : scenario.casts()) {
                say(i, BEGIN, HeaderScenario.describe(inC));
                final Report report = run(scenario, inC, header);
                final boolean isSound =
                        report.failure() == null
                                && report.blocked() == 0
                                && report.executions() > 1;
                say(
                        i,
                        isSound ? PASSED : FAILED,
                        isSound || report.failure() == null
                                ? report.toString()
                                : report.failure().getMessage());
            }
        }
    }

    private void mutants(final String name, final int first, final int last) {
        final HeaderPrimitive primitive =
                HeaderPrimitive.ALL.stream()
                        .filter(p -> p.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        final List<HeaderMutant> mutants = primitive.mutants(ModelHeader.text());
        for (int i = first; i <= Math.min(last, mutants.size() - 1); i++) {
            say(i, BEGIN, mutants.get(i).name());
            final String kill = kill(primitive, mutants.get(i));
            say(i, kill == null ? PASSED : FAILED, kill == null ? "" : kill);
        }
    }

    /** What found a mutant, or null. */
    private String kill(final HeaderPrimitive primitive, final HeaderMutant mutant) {
        for (final HeaderScenario scenario : primitive.runs()) {
            try {
                final Report report = run(scenario, scenario.casts().get(0), mutant.header());
                if (report.failure() != null) {
                    return scenario.name() + ": " + report.failure().reason();
                }
            } catch (final AssertionError e) {
                return scenario.name() + ": in the set-up: " + e.getMessage();
            } catch (final CCompiler.Refused e) {
                return "the compiler: " + e.getMessage().lines().skip(1).findFirst().orElse("");
            }
        }
        return null;
    }

    private Report run(final HeaderScenario scenario, final int inC, final String header) {
        final String source = CCompiler.text(scenario.file());
        try (CCode code = CCode.of(compiler, source, header)) {
            final Scenario played = scenario.scenario().apply(new Cast(code, inC));
            return Model.explore(
                    HeaderScenario.BOUNDS,
                    setup -> {
                        executions.incrementAndGet();
                        played.setUp(setup);
                    });
        }
    }

    /** Says that this process is alive, and ends it where the present execution has no end. */
    private void watch() {
        final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long seen = -1;
        long since = 0;
        while (true) {
            final long now = executions.get();
            final long spent = system.getProcessCpuTime();
            if (now != seen) {
                seen = now;
                since = spent;
            } else if (spent - since > ENDLESS) {
                say(running, FAILED, "hung the process");
                Runtime.getRuntime().halt(1);
            }
            say(running, ALIVE, "");
            try {
                Thread.sleep(HEARTBEAT.toMillis());
            } catch (final InterruptedException e) {
                return;
            }
        }
    }

    private void say(final int number, final String verdict, final String what) {
        running = number;
        out.println(number + "\t" + verdict + "\t" + what.replaceAll("\\s*\\R\\s*", " | "));
        out.flush();
    }
}
