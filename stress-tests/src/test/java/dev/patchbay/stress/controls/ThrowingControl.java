// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.controls;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A test that throws where it should act: jcstress calls that a soft error and ends with status 0. */
@JCStressTest
@Outcome(id = ".*", expect = ACCEPTABLE, desc = "Nothing is wrong but the exception.")
@State
public class ThrowingControl {
    @Actor
    public void first(final II_Result r) {
        r.r1 = 1;
    }

    @Actor
    public void second(final II_Result r) {
        throw new IllegalStateException("the control throws");
    }
}
