// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Bits of a section of any length: the first and the last are set while the last one's word is drained; none is lost. */
@JCStressTest
@ForSection(SectionKind.BITSET)
@Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "Drained before both.")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "In one word: drained between the two.")
@Outcome(
        id = "2, 1",
        expect = ACCEPTABLE,
        desc = "In two words: the last was drained, the first stays.")
@Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "In one word: drained after both.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "A bit was lost or drained twice.")
@State
public class SectionBitsStress {
    private final SectionEntry section = Slots.section(2, Long.BYTES, 1);
    private final DirtyBits setter = DirtyBits.over(Slots.MEMORY, section);
    private final DirtyBits drainer = DirtyBits.over(Slots.MEMORY, section);
    private final int lastWord = section.count() - 1;

    /** The setter. */
    @Actor
    public void set() {
        setter.set(0);
        setter.set(lastWord * Long.SIZE + Long.SIZE - 1);
    }

    /** The first bit as 1, the last as 2. */
    private int drain(final int word) {
        final long bits = drainer.drain(word);
        return (word == 0 ? (int) (bits & 1) : 0)
                + (word == lastWord && bits < 0 ? 2 : 0)
                + ((bits & ~(Long.MIN_VALUE | 1)) != 0 ? 4 : 0);
    }

    /** The drainer. */
    @Actor
    public void drain(final II_Result r) {
        r.r1 = drain(lastWord);
    }

    /** Takes the rest. */
    @Arbiter
    public void rest(final II_Result r) {
        r.r2 = drain(lastWord) + (lastWord == 0 ? 0 : drain(0));
    }
}
