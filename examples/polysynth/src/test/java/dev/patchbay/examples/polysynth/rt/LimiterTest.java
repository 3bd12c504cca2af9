// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimiterTest {
    @Test
    void upToMinusSixDecibelsNothingChanges() {
        for (double x = -0.5; x <= 0.5; x += 1 / 1024.0) {
            assertEquals((float) x, Limiter.limit(x));
        }
    }

    @Test
    void aboveItRisesWithoutAKinkAndStaysBelowFullScale() {
        double last = Limiter.limit(0.5);
        double lastSlope = 1;
        for (double x = 0.5 + 1 / 256.0; x < 50; x += 1 / 256.0) {
            final double y = Limiter.limit(x);
            final double slope = (y - last) * 256;
            assertTrue(y >= last && y < 1, "at " + x);
            assertTrue(Math.abs(slope - lastSlope) < 0.02, "at " + x);
            assertEquals(-y, Limiter.limit(-x));
            last = y;
            lastSlope = slope;
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                1,
                1e3,
                1e6,
                1e100,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                Double.MIN_VALUE
            })
    void whateverComesInStaysBelowFullScale(final double x) {
        assertTrue(Math.abs(Limiter.limit(x)) < 1);
        assertTrue(Math.abs(Limiter.limit(-x)) < 1);
    }
}
