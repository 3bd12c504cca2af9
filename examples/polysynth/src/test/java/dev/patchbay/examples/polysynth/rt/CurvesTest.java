// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CurvesTest {
    @Test
    void powersOfTwoAreExactForWholeExponentsAndVeryCloseBetweenThem() {
        for (int i = -100; i <= 100; i++) {
            assertEquals(StrictMath.pow(2, i), Curves.exp2(i));
        }
        for (double x = -20; x < 20; x += 0.00371) {
            assertEquals(1, Curves.exp2(x) / StrictMath.pow(2, x), 1e-11, "at " + x);
        }
    }

    @Test
    void theTangentIsVeryCloseUpToAlmostHalfATurn() {
        for (double x = 1e-6; x < 0.4999; x += 0.000173) {
            assertEquals(1, Curves.tanPi(x) / StrictMath.tan(Math.PI * x), 1e-8, "at " + x);
        }
        assertEquals(0, Curves.tanPi(0));
    }

    @Test
    void decibelsAreGains() {
        assertEquals(1, Curves.decibels(0), 1e-12);
        assertEquals(0.1, Curves.decibels(-20), 1e-9);
        assertEquals(1.9953, Curves.decibels(6), 1e-4);
    }
}
