// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.examples.polysynth.Measure;
import dev.patchbay.examples.polysynth.RandomPlayer;
import dev.patchbay.examples.polysynth.SynthHarness;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockSizeTest {
    @ParameterizedTest
    @ValueSource(doubles = {8_000, 44_100, 48_000, 192_000})
    void theSoundDoesNotDependOnTheBlocksByASingleBit(final double rate) {
        final long seed = new Random().nextLong();
        final Random sizes = new Random(seed);
        final float[][] expected = play(seed, rate, () -> 256);
        assertTrue(
                Measure.rms(expected[0], 0, expected[0].length) > 1e-3,
                "nothing is heard, seed " + seed);
        assertSame(seed, expected, play(seed, rate, () -> 256), "256 again");
        assertSame(seed, expected, play(seed, rate, () -> 64), "64");
        assertSame(seed, expected, play(seed, rate, () -> 1), "1");
        assertSame(seed, expected, play(seed, rate, () -> 333), "333");
        assertSame(seed, expected, play(seed, rate, () -> 1 + sizes.nextInt(700)), "any");
    }

    private static float[][] play(final long seed, final double rate, final IntSupplier blocks) {
        final SynthHarness harness = new SynthHarness(rate).blocks(blocks);
        new RandomPlayer(seed).schedule(harness, 40_000, 300);
        return harness.render(60_000);
    }

    private static void assertSame(
            final long seed,
            final float[][] expected,
            final float[][] actual,
            final String blocks) {
        for (int channel = 0; channel < 2; channel++) {
            assertArrayEquals(
                    expected[channel], actual[channel], "blocks of " + blocks + ", seed " + seed);
        }
    }
}
