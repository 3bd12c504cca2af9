// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationRateTest {
    private static final long MILLI = 1_000_000;

    /** Looks 10 ms apart, at each of which so many megabytes had been allocated. */
    private static double rate(final int... megabytes) {
        final List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < megabytes.length; i++) {
            samples.add(
                    new Sample(
                            i * 10 * MILLI,
                            new float[2],
                            0,
                            i,
                            0,
                            0,
                            0,
                            megabytes[i] * 1_000_000L,
                            0));
        }
        return AllocationRate.of(samples).mbPerSecond();
    }

    @Test
    void isThatOfTheCounterOverTheTimeBetweenItsChanges() {
        // From the third look to the fifth: 8 MB in 20 ms.
        assertEquals(400, rate(0, 0, 3, 6, 11, 11, 11), 1e-9);
    }

    @Test
    void aCounterThatFallsIsThatOfANewProcessAndTakesNothingAway() {
        assertEquals(300, rate(0, 3, 6, 1, 7), 1e-9);
    }

    @Test
    void isZeroWhereNothingWasAllocatedOrOnlyOnce() {
        assertEquals(0, rate(5, 5, 5));
        assertEquals(0, rate(0, 5, 5));
    }

    @Test
    void cannotBeToldFromOneLook() {
        assertTrue(
                assertThrows(ToolException.class, () -> rate(3))
                        .getMessage()
                        .contains("expected at least 2"));
    }
}
