// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.demo.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A second of blocks that sound for 10 ms each; the region was looked at each 50 ms. */
class MissedDeadlinesTest {
    private static final long MILLI = 1_000_000;
    private static final long PERIOD = 10 * MILLI;
    private static final long[] BLOCKS = LongStream.range(0, 100).map(i -> i * PERIOD).toArray();

    /** The bare thread woke late by so much for this block alone. */
    private static Noise late(final int block, final long nanos) {
        final long[] late = new long[BLOCKS.length];
        late[block] = nanos;
        return new Noise("SCHED_FIFO 70", 0, BLOCKS, late);
    }

    /** So many blocks were missed between the look at which this one was asked for and the next look. */
    private static List<Sample> missed(final int block, final int count) {
        final List<Sample> samples = new ArrayList<>();
        for (long at = 0; at <= BLOCKS.length; at += 5) {
            samples.add(
                    new Sample(
                            at * PERIOD, new float[2], 0, at, at > block ? count : 0, 0, 0, 0, 0));
        }
        return samples;
    }

    private static MissedDeadlines judge(final List<Sample> samples, final Noise noise) {
        return MissedDeadlines.of(samples, BLOCKS, noise, PERIOD);
    }

    @Test
    void aMissWhileTheBareThreadWasLateIsTheMachines() {
        final MissedDeadlines missed = judge(missed(52, 1), late(52, 12 * MILLI));
        assertEquals(new MissedDeadlines(1, 1), missed);
        assertTrue(missed.explained());
    }

    @Test
    void aLateWakeAtAnotherTimeExcusesNothing() {
        final MissedDeadlines missed = judge(missed(52, 3), late(20, 12 * MILLI));
        assertEquals(new MissedDeadlines(3, 0), missed);
        assertFalse(missed.explained());
    }

    @Test
    void oneLateWakeDoesNotExcuseMoreBlocksThanItsTimeHas() {
        final MissedDeadlines missed = judge(missed(52, 40), late(52, 12 * MILLI));
        assertEquals(40, missed.total());
        assertTrue(missed.besideNoise() <= 6, missed::toString);
        assertFalse(missed.explained());
    }

    @Test
    void aWakeThatIsLateByLessThanABlockExcusesNothing() {
        assertFalse(judge(missed(52, 1), late(52, 9 * MILLI)).explained());
    }

    @Test
    void aTimeForWhichTheBareThreadDidNotWakeAtAllCountsAsLate() {
        final long[] woke = LongStream.of(BLOCKS).filter(due -> due / PERIOD != 52).toArray();
        final Noise noise = new Noise("none", 1, woke, new long[woke.length]);
        assertTrue(judge(missed(52, 1), noise).explained());
        assertFalse(judge(missed(80, 1), noise).explained());
    }

    @Test
    void aMissBeforeTheFirstLookIsJudgedByTheTimeBeforeIt() {
        final List<Sample> samples = missed(-1, 2).subList(4, 10);
        assertEquals(2, samples.get(0).missedDeadlines());
        assertTrue(judge(samples, late(10, 12 * MILLI)).explained());
        assertFalse(judge(samples, late(60, 12 * MILLI)).explained());
    }

    @Test
    void noMissNeedsNoExcuse() {
        assertTrue(judge(missed(52, 0), late(3, 0)).explained());
    }
}
