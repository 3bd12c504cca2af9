// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.Doorbell;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** No wake-up is lost: whoever rings and whoever goes to sleep cannot both miss the other. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Asleep first; the ring wakes.")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Rung first; nobody sleeps.")
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "Both saw the other: a needless wake-up.")
@Outcome(id = "false, true", expect = FORBIDDEN, desc = "A lost wake-up: asleep, and not woken.")
@State
public class DoorbellStress {
    private final int slot = Slots.take();
    private final Doorbell bell = new Doorbell(Slots.MEMORY, slot, slot + 128);

    /** Rings: whether a wake-up follows. */
    @Actor
    public void ring(final ZZ_Result r) {
        r.r1 = bell.ring(1);
    }

    /** Goes to sleep: whether it may. */
    @Actor
    public void sleep(final ZZ_Result r) {
        r.r2 = bell.mayWait(0);
    }
}
