// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.controls;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A test with three actors: on two processors jcstress drops it without a word and ends with status 0. */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "The only outcome.")
@State
public class ThreeActorsControl {
    @Actor
    public void first(final III_Result r) {
        r.r1 = 1;
    }

    @Actor
    public void second(final III_Result r) {
        r.r2 = 1;
    }

    @Actor
    public void third(final III_Result r) {
        r.r3 = 1;
    }
}
