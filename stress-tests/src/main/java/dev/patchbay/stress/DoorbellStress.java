// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.Doorbell;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.SectionKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** No wake-up is lost, in either direction of the audio blocks' doorbells. The word crosses 2<sup>31</sup> and 2<sup>32</sup>. */
public class DoorbellStress {
    private DoorbellStress() {}

    /** A doorbell whose word starts below a power of two. */
    abstract static class Shared {
        final int head = (int) Slots.section(1, Long.BYTES, 1).offset();
        final int before = (int) Wraps.next(1);

        Shared(final String word) {
            Slots.MEMORY.putInt(head + Heads.AUDIO_BLOCKS.offset(word), before);
        }

        final Doorbell bell(final String word, final String asleep) {
            return new Doorbell(
                    Slots.MEMORY,
                    head + Heads.AUDIO_BLOCKS.offset(word),
                    head + Heads.AUDIO_BLOCKS.offset(asleep));
        }
    }

    /** Whoever rings and whoever goes to sleep cannot both miss the other. */
    @JCStressTest
    @ForSection(SectionKind.AUDIO_BLOCKS)
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Asleep first; the ring wakes.")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Rung first; nobody sleeps.")
    @Outcome(
            id = "true, false",
            expect = ACCEPTABLE,
            desc = "Both saw the other: a needless wake-up.")
    @Outcome(
            id = "false, true",
            expect = FORBIDDEN,
            desc = "A lost wake-up: asleep, and not woken.")
    @State
    public static class Request extends Shared {
        private final Doorbell bell = bell("request", "rt_asleep");

        /** The bridge rings for RT. */
        public Request() {
            super("request");
        }

        /** Rings: whether a wake-up follows. */
        @Actor
        public void ring(final ZZ_Result r) {
            r.r1 = bell.ring(before + 1);
        }

        /** Goes to sleep: whether it may. */
        @Actor
        public void sleep(final ZZ_Result r) {
            r.r2 = bell.mayWait(before);
        }
    }

    /** The same in the other direction. */
    @JCStressTest
    @ForSection(SectionKind.AUDIO_BLOCKS)
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Asleep first; the ring wakes.")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Rung first; nobody sleeps.")
    @Outcome(
            id = "true, false",
            expect = ACCEPTABLE,
            desc = "Both saw the other: a needless wake-up.")
    @Outcome(
            id = "false, true",
            expect = FORBIDDEN,
            desc = "A lost wake-up: asleep, and not woken.")
    @State
    public static class Done extends Shared {
        private final Doorbell bell = bell("done", "bridge_asleep");

        /** RT rings for the bridge. */
        public Done() {
            super("done");
        }

        /** Rings: whether a wake-up follows. */
        @Actor
        public void ring(final ZZ_Result r) {
            r.r1 = bell.ring(before + 1);
        }

        /** Goes to sleep: whether it may. */
        @Actor
        public void sleep(final ZZ_Result r) {
            r.r2 = bell.mayWait(before);
        }
    }

    /** Who hears the ring sees what was stored before it, and who takes back its announcement is not lost either. */
    @JCStressTest
    @ForSection(SectionKind.AUDIO_BLOCKS)
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Looked before the ring.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Heard the ring and saw the data.")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Heard the ring, but the data came later.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Cannot be.")
    @State
    public static class Data extends Shared {
        private final int data = Slots.take();
        private final Doorbell ringer = bell("request", "rt_asleep");
        private final Doorbell sleeper = bell("request", "rt_asleep");

        /** The bridge rings for RT. */
        public Data() {
            super("request");
        }

        /** Stores and rings. */
        @Actor
        public void ring() {
            Slots.MEMORY.putInt(data, 1);
            ringer.ring(before + 1);
        }

        /** Looks; where there is nothing, it announces sleep and takes that back. */
        @Actor
        public void look(final II_Result r) {
            boolean heard = sleeper.value() != before;
            if (!heard) {
                heard = !sleeper.mayWait(before);
                sleeper.awake();
            }
            r.r1 = heard ? 1 : 0;
            r.r2 = heard ? Slots.MEMORY.getInt(data) : 0;
        }
    }
}
