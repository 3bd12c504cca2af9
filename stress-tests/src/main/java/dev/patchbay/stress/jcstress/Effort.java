// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.jcstress;

import dev.patchbay.stress.run.Jdk;
import dev.patchbay.stress.run.Plan;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long a test runs, in how many configurations. jcstress runs each test in a JVM for each combination of the JVM's flags,
 * the actors' compilers and the processors that they are pinned to: 14, and 28 on Java 17, which tries them with biased locking
 * too.
 *
 * @param forks JVMs of each configuration
 * @param iterations in each JVM
 * @param millis of each iteration
 * @param one whether there is one configuration alone
 */
record Effort(int forks, int iterations, int millis, boolean one) {
    /** The least with which a twin is caught. */
    static final Effort CATCH = new Effort(1, 5, 20, false);

    /** Of a JVM's start and end, beside another that runs. */
    private static final int START_MILLIS = 400;

    private static final int BIASED_LOCKING_UNTIL = 17;
    private static final int CONFIGURATIONS = 14;

    static Effort of(final Plan.Mode mode) {
        return switch (mode) {
            case SANITY -> new Effort(1, 1, 50, true);
            case QUICK -> new Effort(1, 5, 10, false);
            case DEFAULT -> new Effort(1, 5, 100, false);
            case TOUGH -> new Effort(3, 5, 500, false);
        };
    }

    /** The time of one test. */
    Duration expected(final Jdk jdk) {
        return Duration.ofMillis((long) runs(jdk) * (START_MILLIS + iterations * millis));
    }

    /** The same with iterations such that a test takes this long. */
    Effort within(final Duration time, final Jdk jdk) {
        final long rest = time.toMillis() / runs(jdk) - START_MILLIS;
        return new Effort(
                forks, iterations, (int) Math.max(5, Math.min(60_000, rest / iterations)), one);
    }

    /** The JVMs that run one test. */
    private int runs(final Jdk jdk) {
        if (one) {
            return 2;
        }
        return forks * (jdk.release() <= BIASED_LOCKING_UNTIL ? 2 : 1) * CONFIGURATIONS;
    }

    List<String> options() {
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
        if (!one) {
            return common;
        }
        // A flag of one's own keeps jcstress from trying all that it knows.
        return Stream.concat(
                        common.stream(),
                        Stream.of("-af", "NONE", "-sc", "false", "-jvmArgs", "-Xshare:auto"))
                .toList();
    }
}
