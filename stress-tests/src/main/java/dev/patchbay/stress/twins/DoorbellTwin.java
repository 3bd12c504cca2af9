// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.twins;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.stress.Slots;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The doorbell with release and acquire in place of sequential consistency: a wake-up is lost. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Asleep first; the ring wakes.")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Rung first; nobody sleeps.")
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "Both saw the other: a needless wake-up.")
@Outcome(id = "false, true", expect = FORBIDDEN, desc = "A lost wake-up: asleep, and not woken.")
@State
public class DoorbellTwin {
    private final int word = Slots.take();
    private final int asleep = word + 128;

    /** Rings: whether a wake-up follows. */
    @Actor
    public void ring(final ZZ_Result r) {
        Slots.MEMORY.putIntRelease(word, 1);
        r.r1 = Slots.MEMORY.getIntAcquire(asleep) != 0;
    }

    /** Goes to sleep: whether it may. */
    @Actor
    public void sleep(final ZZ_Result r) {
        Slots.MEMORY.putIntRelease(asleep, 1);
        r.r2 = Slots.MEMORY.getIntAcquire(word) == 0;
    }
}
