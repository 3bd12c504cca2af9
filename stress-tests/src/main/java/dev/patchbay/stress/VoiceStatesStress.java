// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.VoiceStates;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A state is read in one piece: key and generation are those of one note. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "The voice was free.")
@Outcome(id = "1, 60, 1", expect = ACCEPTABLE, desc = "The first note.")
@Outcome(id = "2, 72, 511", expect = ACCEPTABLE, desc = "The second note.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Parts of two notes.")
@State
public class VoiceStatesStress {
    private final VoiceStates states = new VoiceStates(Slots.MEMORY, Slots.take(), 1);

    /** The synth. */
    @Actor
    public void write() {
        states.setRelease(0, VoiceStates.pack(1, true, 0, 60, 100, 1));
        states.setRelease(0, VoiceStates.pack(2, true, 0, 72, 100, 511));
    }

    /** The display. */
    @Actor
    public void read(final III_Result r) {
        final int state = states.getAcquire(0);
        r.r1 = VoiceStates.stageOf(state);
        r.r2 = VoiceStates.keyOf(state);
        r.r3 = VoiceStates.generationOf(state);
    }
}
