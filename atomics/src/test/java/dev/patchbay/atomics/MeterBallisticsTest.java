// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MeterBallisticsTest {
    @Test
    void itJumpsUpAndFallsByTwentyDecibelsInThreeHundredMilliseconds() {
        final MeterBallistics pointer = MeterBallistics.fast();
        assertEquals(0f, pointer.level());
        assertEquals(1f, pointer.update(1, 0.01));
        for (int i = 0; i < 30; i++) {
            pointer.update(0, 0.01);
        }
        assertEquals(0.1f, pointer.level(), 1e-6);
        assertEquals(0.5f, pointer.update(0.5f, 0.01), "a higher peak shows at once");
        assertEquals(0.05f, new MeterBallistics(40, 0.6).update(0.05f, 1));
    }

    @Test
    void itFallsTheSameInOneStepAndInMany() {
        final MeterBallistics coarse = new MeterBallistics(20, 1.7);
        final MeterBallistics fine = new MeterBallistics(20, 1.7);
        coarse.update(0.8f, 0);
        fine.update(0.8f, 0);
        for (int i = 0; i < 100; i++) {
            fine.update(0, 0.017);
        }
        assertEquals(coarse.update(0, 1.7), fine.level(), 1e-6);
        assertEquals(0.08f, fine.level(), 1e-6);
    }

    @Test
    void itComesToRest() {
        final MeterBallistics pointer = MeterBallistics.fast();
        pointer.update(1, 0);
        assertTrue(pointer.update(0, 2.9) > 0);
        assertEquals(0f, pointer.update(0, 0.2));
    }

    @Test
    void whatIsNoNumberMovesNothing() {
        final MeterBallistics pointer = MeterBallistics.fast();
        pointer.update(-0.5f, 0);
        assertEquals(0.5f, pointer.update(Float.NaN, 0));
        assertEquals(0.5f, pointer.update(Float.POSITIVE_INFINITY, -1));
        assertEquals(0.5f, pointer.update(0, Double.NaN));
    }

    @Test
    void aFallThatIsNoneIsRefused() {
        for (final double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new MeterBallistics(wrong, 0.3));
        }
        assertThrows(IllegalArgumentException.class, () -> new MeterBallistics(20, 0));
    }
}
