// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.patchbay.eventqueue.EventType;
import dev.patchbay.examples.polysynth.Measure;
import dev.patchbay.examples.polysynth.RandomPlayer;
import dev.patchbay.examples.polysynth.SynthHarness;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StormTest {
    @ParameterizedTest
    @ValueSource(doubles = {1_000, 8_000, 44_100, 48_000, 192_000, 1_500_000})
    void whateverIsPlayedStaysBelowFullScale(final double rate) {
        final long seed = new Random().nextLong();
        final SynthHarness harness = new SynthHarness(rate);
        new RandomPlayer(seed).schedule(harness, 150_000, 3_000);
        final float[][] out = harness.render(160_000);
        for (int i = 0; i < out[0].length; i++) {
            if (!(Math.abs(out[0][i]) < 1) || !(Math.abs(out[1][i]) < 1)) {
                fail("frame " + i + " is " + out[0][i] + ", " + out[1][i] + " with seed " + seed);
            }
        }
        harness.event(EventType.ALL_NOTES_OFF, 0, -1, 0, 0, 0);
        harness.synth().reset();
        assertEquals(-1, Measure.firstSound(harness.render(1_000)[0]), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                -1e300,
                1e300,
                -0.0
            })
    void noValueOfAnEventDoesHarm(final double value) {
        final SynthHarness harness = new SynthHarness(48_000);
        harness.noteOn(60);
        for (int type = 0; type <= 12; type++) {
            for (final int index :
                    new int[] {Integer.MIN_VALUE, -1, 0, 1, 7, 64, 120, 123, 127, 128, 1 << 30}) {
                for (final int channel : new int[] {-1, 0, 15, 16, 32_767, -32_768}) {
                    harness.event(type, channel, index, index, value, value);
                }
            }
            harness.noteOn(60);
            final float[] x = harness.render(512)[0];
            for (final float sample : x) {
                if (!(Math.abs(sample) < 1)) {
                    fail("type " + type + " with " + value + " gives " + sample);
                }
            }
        }
    }
}
