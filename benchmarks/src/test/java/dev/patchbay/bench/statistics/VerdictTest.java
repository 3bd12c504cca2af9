// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static Interval from(final double low, final double high) {
        return new Interval(low, high, true);
    }

    @Test
    void aGoalIsMetWhereTheWholeIntervalIsOnItsSide() {
        assertEquals(Verdict.YES, Verdict.of(from(1.2, 1.4), 1.2, true));
        assertEquals(Verdict.YES, Verdict.of(from(0.9, 1.1), 1.1, false));
    }

    @Test
    void aGoalIsMissedWhereTheWholeIntervalIsOnTheOtherSide() {
        assertEquals(Verdict.NO, Verdict.of(from(1.0, 1.19), 1.2, true));
        assertEquals(Verdict.NO, Verdict.of(from(1.11, 1.4), 1.1, false));
    }

    @Test
    void betweenTheTwoItIsUndecided() {
        assertEquals(Verdict.UNDECIDED, Verdict.of(from(1.19, 1.2), 1.2, true));
        assertEquals(Verdict.UNDECIDED, Verdict.of(from(1.1, 1.11), 1.1, false));
        assertEquals(Verdict.UNDECIDED, Verdict.of(new Interval(5, 6, false), 1.2, true));
    }

    @Test
    void ofSeveralOneMissedDecidesAndOneUndecidedKeepsTheRestFromBeingMet() {
        assertEquals(Verdict.NO, Verdict.all(List.of(Verdict.YES, Verdict.UNDECIDED, Verdict.NO)));
        assertEquals(Verdict.UNDECIDED, Verdict.all(List.of(Verdict.YES, Verdict.UNDECIDED)));
        assertEquals(Verdict.YES, Verdict.all(List.of(Verdict.YES, Verdict.YES)));
    }
}
