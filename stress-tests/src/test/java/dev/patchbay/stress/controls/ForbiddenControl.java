// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.controls;

import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A test whose every outcome is forbidden. */
@JCStressTest
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Whatever comes.")
@State
public class ForbiddenControl {
    @Actor
    public void first(final II_Result r) {
        r.r1 = 1;
    }

    @Actor
    public void second(final II_Result r) {
        r.r2 = 1;
    }
}
