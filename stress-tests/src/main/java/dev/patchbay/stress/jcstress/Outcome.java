// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.jcstress;

import dev.patchbay.stress.run.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/** Judges what jcstress found in one test. It ends with 0 where a test was dropped or could not be loaded; here that fails. */
final class Outcome {
    private Outcome() {}

    static Verdict of(final JcstressUnit unit, final List<TestResult> runs) {
        final String broken = broken(unit, runs);
        if (broken != null) {
            return Verdict.failed(broken);
        }
        final String forbidden = forbidden(runs);
        final String effort =
                String.format(
                        Locale.ROOT,
                        "%,d samples in %d JVM%s",
                        runs.stream().mapToLong(TestResult::getTotalCount).sum(),
                        runs.size(),
                        runs.size() == 1 ? "" : "s");
        if (unit.isTwin()) {
            return forbidden == null
                    ? Verdict.failed("the twin survived " + effort + ": the test shows nothing")
                    : Verdict.passed("caught: " + forbidden + ", " + effort);
        }
        return forbidden == null
                ? Verdict.passed(effort)
                : Verdict.failed(forbidden + ", " + effort);
    }

    /** Why the results say nothing, or null. */
    private static String broken(final JcstressUnit unit, final Collection<TestResult> runs) {
        if (runs.isEmpty()) {
            return dropped(unit);
        }
        for (final TestResult run : runs) {
            if (run.status() != Status.NORMAL) {
                return run.status() + " " + String.join("; ", run.getMessages());
            }
            if (run.isEmpty() || run.getTotalCount() == 0) {
                return "a run took no samples";
            }
        }
        return null;
    }

    private static String dropped(final JcstressUnit unit) {
        final TestInfo info = TestList.getInfo(unit.test());
        final int processors = Runtime.getRuntime().availableProcessors();
        if (info.threads() > processors) {
            return "did not run: jcstress dropped it without a word, since it has "
                    + info.threads()
                    + " actors and this machine "
                    + processors
                    + " processors. Write it with two actors and an arbiter.";
        }
        return "did not run: jcstress dropped it or could not load it; its output is in the"
                + " unit's folder";
    }

    /** The first forbidden outcome, or null. */
    private static String forbidden(final Collection<TestResult> runs) {
        return runs.stream()
                .filter(run -> !run.grading().isPassed)
                .map(run -> String.join("; ", run.grading().failureMessages))
                .findFirst()
                .orElse(null);
    }
}
