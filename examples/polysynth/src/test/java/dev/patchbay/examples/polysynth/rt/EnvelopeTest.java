// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final double RATE = 48_000;

    private final Envelope envelope = new Envelope();
    private final EnvelopeShape shape = new EnvelopeShape(RATE);

    @ParameterizedTest
    @ValueSource(doubles = {0.0005, 0.01, 1})
    void theAttackIsAStraightLineOfItsLength(final double seconds) {
        shape.times(seconds, 1, 1);
        envelope.attack();
        final int frames = (int) Math.round(seconds * RATE);
        final double[] x = new double[frames];
        assertEquals(frames, envelope.render(x, frames, shape));
        assertEquals(1.0 / frames, x[0], 1e-9);
        assertEquals(0.5, x[frames / 2 - 1], 1e-6);
        assertEquals(1, x[frames - 1], 1e-9);
        assertTrue(x[frames - 2] < 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.2, 2})
    void theDecayFallsBySixtyDecibelsTowardsTheSustainInItsTime(final double seconds) {
        shape.times(1 / RATE, seconds, 1);
        shape.sustain = 0.4;
        envelope.attack();
        envelope.next(shape);
        final int frames = (int) Math.round(seconds * RATE);
        envelope.render(new double[frames], frames, shape);
        assertEquals(0.4 + 0.6 / 1000, envelope.level(), 1e-6);
        assertEquals(Envelope.DECAY, envelope.stage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.005, 0.35, 3})
    void theReleaseFallsBySixtyDecibelsInItsTimeAndEndsAtMinusHundred(final double seconds) {
        shape.times(1 / RATE, 1, seconds);
        envelope.attack();
        envelope.next(shape);
        envelope.release();
        final int frames = (int) Math.round(seconds * RATE);
        envelope.render(new double[frames], frames, shape);
        assertEquals(1e-3, envelope.level(), 1e-8);
        final int more = envelope.render(new double[frames], frames, shape);
        assertEquals(seconds * RATE * 2 / 3, more, 2);
        assertEquals(Envelope.FREE, envelope.stage());
        assertEquals(0, envelope.level());
    }

    @Test
    void aReleaseDuringTheAttackFallsFromThere() {
        shape.times(0.1, 1, 0.1);
        envelope.attack();
        envelope.render(new double[2_400], 2_400, shape);
        envelope.release();
        assertEquals(0.5, envelope.next(shape), 0.001);
        assertTrue(envelope.next(shape) < 0.5);
    }

    @Test
    void aNewAttackRisesFromWhereItIs() {
        shape.times(0.1, 1, 0.1);
        envelope.attack();
        envelope.render(new double[2_400], 2_400, shape);
        envelope.release();
        envelope.render(new double[100], 100, shape);
        final double level = envelope.level();
        envelope.attack();
        assertEquals(level + 1 / 4_800.0, envelope.next(shape), 1e-9);
    }

    @Test
    void aFadeEndsWithinItsTime() {
        shape.times(1 / RATE, 1, 1);
        envelope.attack();
        envelope.next(shape);
        envelope.fade();
        assertEquals(144, envelope.render(new double[1_000], 1_000, shape), 1);
        assertEquals(Envelope.FREE, envelope.stage());
    }

    @Test
    void piecesAreTheSameAsTheWhole() {
        shape.times(0.01, 0.02, 0.01);
        shape.sustain = 0.3;
        envelope.attack();
        final double[] whole = new double[3_000];
        envelope.render(whole, 3_000, shape);
        final Envelope other = new Envelope();
        other.attack();
        final double[] pieces = new double[3_000];
        final double[] piece = new double[7];
        for (int i = 0; i < 3_000; i += 7) {
            final int n = other.render(piece, Math.min(7, 3_000 - i), shape);
            System.arraycopy(piece, 0, pieces, i, n);
        }
        assertTrue(Arrays.equals(whole, pieces));
    }
}
