// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.jcstress;

import dev.patchbay.stress.run.Batch;
import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import java.time.Duration;
import java.util.List;

/** One test on one JVM. */
final class JcstressUnit implements Unit {
    private final String test;
    private final String name;
    private final boolean twin;
    private final JcstressBatch batch;

    /**
     * A test.
     *
     * @param test its full name, as jcstress lists it
     * @param name for people
     * @param twin whether it is broken by intent, and must fail
     * @param batch with which others it runs
     */
    JcstressUnit(
            final String test, final String name, final boolean twin, final JcstressBatch batch) {
        this.test = test;
        this.name = name;
        this.twin = twin;
        this.batch = batch;
    }

    String test() {
        return test;
    }

    boolean isTwin() {
        return twin;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration expected() {
        return batch.expectedOfEach();
    }

    @Override
    public boolean elastic() {
        return batch.isElastic();
    }

    @Override
    public Duration least() {
        return batch.leastOfEach();
    }

    @Override
    public Batch batch() {
        return batch;
    }

    @Override
    public Verdict run(final Context context) throws Exception {
        final Verdict[] verdict = new Verdict[1];
        batch.run(List.of(this), context, (unit, answer) -> verdict[0] = answer);
        return verdict[0];
    }
}
