// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.jcstress;

import dev.patchbay.stress.run.Jdk;
import dev.patchbay.stress.run.Plan;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long a test runs, in how many configurations. jcstress runs each test in a JVM for each combination of the JVM's flags,
 * the actors' compilers and the processors that they are pinned to: 14 on Java 25. On Java 17 each comes with biased locking
 * and without, which nothing under test can tell, since nothing there locks; jcstress has no word to leave that out. With flags
 * of one's own it leaves out the 10 of 28 in which C2 does not schedule at random.
 *
 * @param forks JVMs of each configuration
 * @param iterations in each JVM
 * @param millis of each iteration
 * @param configurations which of them
 */
record Effort(int forks, int iterations, int millis, Configurations configurations) {
    /** Which configurations a test runs in. */
    enum Configurations {
        /** One alone. */
        ONE,
        /** All of Java 25; of Java 17 those in which C2 schedules at random. */
        MOST,
        /** All that jcstress knows. */
        ALL
    }

    /** The least with which a twin is caught. */
    static final Effort CATCH = new Effort(1, 5, 20, Configurations.MOST);

    /** Of a JVM's start and end, beside another that runs. */
    private static final int START_MILLIS = 800;

    private static final int BIASED_LOCKING_UNTIL = 17;

    /** With which jcstress itself makes C2 schedule at random. */
    private static final String AT_RANDOM =
            "-XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM -XX:+StressIGVN"
                    + " -XX:+StressCCP";

    static Effort of(final Plan.Mode mode) {
        return switch (mode) {
            case SANITY -> new Effort(1, 1, 50, Configurations.ONE);
            case QUICK -> new Effort(1, 5, 10, Configurations.MOST);
            case DEFAULT -> new Effort(1, 5, 100, Configurations.MOST);
            case TOUGH -> new Effort(3, 5, 500, Configurations.ALL);
        };
    }

    /** The time of one test. */
    Duration expected(final Jdk jdk) {
        return Duration.ofMillis((long) jvms(jdk) * (START_MILLIS + iterations * millis));
    }

    /** The same with iterations such that a test takes this long. */
    Effort within(final Duration time, final Jdk jdk) {
        final long rest = time.toMillis() / jvms(jdk) - START_MILLIS;
        return new Effort(
                forks,
                iterations,
                (int) Math.max(5, Math.min(60_000, rest / iterations)),
                configurations);
    }

    /** The JVMs that run one test. */
    private int jvms(final Jdk jdk) {
        return switch (configurations) {
            case ONE -> 2;
            case MOST -> forks * (knowsBiasedLocking(jdk) ? 18 : 14);
            case ALL -> forks * (knowsBiasedLocking(jdk) ? 28 : 14);
        };
    }

    List<String> options(final Jdk jdk) {
        return switch (configurations) {
            // Flags of one's own keep jcstress from trying all that it knows.
            case ONE -> with("-af", "NONE", "-sc", "false", "-jvmArgs", "-Xshare:auto");
            case MOST -> knowsBiasedLocking(jdk) ? with("-jvmArgs", AT_RANDOM) : with();
            case ALL -> with();
        };
    }

    private static boolean knowsBiasedLocking(final Jdk jdk) {
        return jdk.release() <= BIASED_LOCKING_UNTIL;
    }

    private List<String> with(final String... more) {
        final List<String> common =
                List.of(
                        "-f",
                        String.valueOf(forks),
                        "-fsm",
                        "1",
                        "-iters",
                        String.valueOf(iterations),
                        "-time",
                        String.valueOf(millis));
        return Stream.concat(common.stream(), Stream.of(more)).toList();
    }
}
