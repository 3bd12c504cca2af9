// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SmootherTest {
    private static final double RATE = 48_000;
    private static final int FRAMES = 12_000;

    private static final List<Supplier<Smoother>> KINDS =
            List.of(
                    () -> Smoother.linear(RATE, 20),
                    () -> Smoother.onePole(RATE, 20),
                    () -> Smoother.multiplicative(RATE, 20),
                    () -> Smoother.linear(RATE, 0),
                    () -> Smoother.onePole(RATE, 0),
                    () -> Smoother.multiplicative(RATE, 0));

    /** Renders with a new target every so often, in blocks that are cut where a target changes, as an engine does. */
    private static float[] play(final Smoother smoother, final int blockSize) {
        final Random random = new Random(5);
        final float[] out = new float[FRAMES];
        int nextChange = 0;
        double target = 0;
        int frame = 0;
        while (frame < FRAMES) {
            final int end = Math.min(FRAMES, frame + blockSize);
            while (frame < end) {
                if (frame == nextChange) {
                    target = random.nextInt(4) == 0 ? 0 : random.nextDouble();
                    nextChange += 1 + random.nextInt(1_500);
                }
                final int cut = Math.min(end, nextChange);
                smoother.target(target);
                smoother.fill(out, frame, cut - frame);
                frame = cut;
            }
        }
        return out;
    }

    @Test
    void soundsTheSameWhateverTheBlockSize() {
        for (final Supplier<Smoother> kind : KINDS) {
            final float[] expected = play(kind.get(), 1);
            for (final int size : new int[] {64, 1_000, FRAMES}) {
                assertArrayEquals(expected, play(kind.get(), size), "blocks of " + size);
            }
        }
    }

    @Test
    void takesItsFirstTargetAtOnceAndSoAfterAReset() {
        for (final Supplier<Smoother> kind : KINDS) {
            final Smoother smoother = kind.get();
            smoother.target(0.7);
            assertEquals(0.7, smoother.next());
            smoother.target(0.2);
            smoother.next();
            smoother.reset();
            assertFalse(smoother.moving());
            smoother.target(0.4);
            assertEquals(0.4, smoother.next());
        }
    }

    @Test
    void goesInAStraightLineAndArrivesAfterItsTime() {
        final Smoother smoother = Smoother.linear(RATE, 10);
        smoother.target(1);
        smoother.target(0);
        for (int frame = 1; frame <= 480; frame++) {
            assertTrue(smoother.moving());
            assertEquals(1 - frame / 480.0, smoother.next(), 1e-12, "frame " + frame);
        }
        assertEquals(0, smoother.value());
        assertFalse(smoother.moving());
    }

    @Test
    void goesMostOfTheWayInATimeConstantAndArrivesAtLast() {
        final Smoother smoother = Smoother.onePole(RATE, 10);
        smoother.target(0);
        smoother.target(1);
        for (int frame = 0; frame < 480; frame++) {
            smoother.next();
        }
        assertEquals(1 - Math.exp(-1), smoother.value(), 1e-9);
        int frames = 480;
        while (smoother.moving()) {
            smoother.next();
            frames++;
        }
        assertEquals(1, smoother.value());
        // ln(10^6) time constants, to the frame.
        assertEquals(480 * Math.log(1e6), frames, 1.5);
    }

    @Test
    void arrivesAlsoWhereAStepIsTooSmallForTheNumber() {
        final Smoother smoother = Smoother.onePole(RATE, 10_000);
        smoother.target(1e9);
        smoother.target(1e9 + 1e-6);
        int frames = 0;
        while (smoother.moving()) {
            smoother.next();
            frames++;
            assertTrue(frames < 20_000_000, "it never arrives");
        }
        assertEquals(1e9 + 1e-6, smoother.value());
    }

    @Test
    void goesInEvenStepsOfDecibels() {
        final Smoother smoother = Smoother.multiplicative(RATE, 10);
        smoother.target(1);
        smoother.target(0.001);
        for (int frame = 1; frame <= 480; frame++) {
            assertEquals(-60.0 * frame / 480, 20 * Math.log10(smoother.next()), 1e-9);
        }
        assertEquals(0.001, smoother.value());
        assertFalse(smoother.moving());
    }

    @Test
    void fadesToSilenceAndBackInDecibels() {
        final Smoother smoother = Smoother.multiplicative(RATE, 10);
        smoother.target(1);
        smoother.target(0);
        for (int frame = 0; frame < 240; frame++) {
            smoother.next();
        }
        assertEquals(-50, 20 * Math.log10(smoother.value()), 1e-9);
        for (int frame = 0; frame < 240; frame++) {
            smoother.next();
        }
        assertEquals(0, smoother.value(), "silence itself at the end");
        smoother.target(1);
        assertEquals(-100 + 100.0 / 480, 20 * Math.log10(smoother.next()), 1e-9);
    }

    @Test
    void changesItsMindFromWhereItIs() {
        for (final Supplier<Smoother> kind : KINDS.subList(0, 3)) {
            final Smoother smoother = kind.get();
            smoother.target(0.1);
            smoother.target(1);
            double last = 0.1;
            for (int frame = 0; frame < 2_000; frame++) {
                if (frame % 97 == 96) {
                    smoother.target(frame % 2 == 0 ? 0.1 : 1);
                }
                final double value = smoother.next();
                assertEquals(last, value, 0.01, "a jump at frame " + frame);
                last = value;
            }
        }
    }

    @Test
    void ignoresATargetThatIsNoNumber() {
        for (final Supplier<Smoother> kind : KINDS) {
            final Smoother smoother = kind.get();
            smoother.target(Double.NaN);
            smoother.target(0.5);
            smoother.target(Double.POSITIVE_INFINITY);
            assertEquals(0.5, smoother.next());
        }
    }

    @Test
    void isAGain() {
        final Smoother smoother = Smoother.linear(RATE, 1);
        smoother.target(1);
        smoother.target(0);
        final float[] samples = new float[100];
        java.util.Arrays.fill(samples, 2f);
        smoother.multiply(samples, 10, 80);
        assertEquals(2f, samples[9]);
        assertEquals(1f, samples[33], 1e-6);
        assertEquals(0f, samples[57]);
        assertEquals(2f, samples[90]);
    }

    @Test
    void refusesATimeOrRateThatCannotBe() {
        for (final double[] wrong :
                new double[][] {
                    {0, 1}, {-1, 1}, {Double.NaN, 1}, {48_000, -1}, {48_000, 1 / 0.0}
                }) {
            assertThrows(IllegalArgumentException.class, () -> Smoother.linear(wrong[0], wrong[1]));
        }
    }

    @Test
    void allocatesNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final float[] out = new float[256];
        final double[] exact = new double[256];
        long least = Long.MAX_VALUE;
        final List<Smoother> all = KINDS.stream().map(Supplier::get).toList();
        for (int round = 0; round < 20; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < all.size(); k++) {
                final Smoother smoother = all.get(k);
                for (int i = 0; i < 100; i++) {
                    smoother.target(i % 7);
                    smoother.fill(out, 0, 256);
                    smoother.fill(exact, 0, 256);
                    smoother.multiply(out, 0, 256);
                }
                smoother.reset();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}
