// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static dev.patchbay.rt.verify.RealTimeSafety.assertRealTimeSafe;

import org.junit.jupiter.api.Test;

class RealTimeTest {
    @Test
    void neitherReadingNorPlayingTheSynthFindsWhatCouldHoldUpItsThread() {
        assertRealTimeSafe(PolySynth.class);
    }
}
