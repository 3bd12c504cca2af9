// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import dev.patchbay.layout.VoiceStateDescriptor;

/**
 * How a note rises and falls: a straight attack, an exponential decay to the sustain level, an exponential release; all of
 * them to the sample. The first value is already above zero. Below {@link #SILENCE} it is over.
 */
final class Envelope {
    // The stages that others are told of.
    static final int FREE = VoiceStateDescriptor.FREE;
    static final int ATTACK = VoiceStateDescriptor.ATTACK;
    static final int DECAY = VoiceStateDescriptor.DECAY;
    static final int RELEASE = VoiceStateDescriptor.RELEASE;
    static final int FADE = VoiceStateDescriptor.FADE;

    /** −100 dB. */
    static final double SILENCE = 1e-5;

    private final double[] one = new double[1];
    private int stage = FREE;
    private double level;

    /** Rises from where it is; from zero if it was free. */
    void attack() {
        stage = ATTACK;
    }

    /** Begins the release, unless the envelope already ends. */
    void release() {
        if (stage == ATTACK || stage == DECAY) {
            stage = RELEASE;
        }
    }

    /** Ends within {@link EnvelopeShape#FADE_SECONDS}. */
    void fade() {
        if (stage != FREE) {
            stage = FADE;
        }
    }

    /** Is free at once. */
    void stop() {
        stage = FREE;
        level = 0;
    }

    /** One of the constants of this class. */
    int stage() {
        return stage;
    }

    /** The last value, 0 to 1. */
    double level() {
        return level;
    }

    /** The next value. */
    double next(final EnvelopeShape shape) {
        return render(one, 1, shape) == 1 ? one[0] : 0;
    }

    /**
     * Writes the next n values to the front of the buffer.
     *
     * @return how many of them come before the end of the envelope; the rest is not written
     */
    int render(final double[] buffer, final int n, final EnvelopeShape shape) {
        int i = 0;
        while (i < n && stage != FREE) {
            i =
                    switch (stage) {
                        case ATTACK -> attack(buffer, i, n, shape.attack);
                        case DECAY -> decay(buffer, i, n, shape.decay, shape.sustain);
                        case RELEASE -> decay(buffer, i, n, shape.release, 0);
                        default -> fade(buffer, i, n, shape.fade);
                    };
        }
        return i;
    }

    private int attack(final double[] buffer, final int from, final int n, final double slope) {
        double v = level;
        int i = from;
        while (i < n && v < 1) {
            v = Math.min(1, v + slope);
            buffer[i++] = v;
        }
        level = v;
        if (v >= 1) {
            stage = DECAY;
        }
        return i;
    }

    private int decay(
            final double[] buffer,
            final int from,
            final int n,
            final double keep,
            final double target) {
        final double gain = target * (1 - keep);
        double v = level;
        int i = from;
        while (i < n && v >= SILENCE) {
            v = v * keep + gain;
            buffer[i++] = v;
        }
        level = v;
        if (v < SILENCE) {
            stop();
        }
        return i;
    }

    private int fade(final double[] buffer, final int from, final int n, final double slope) {
        double v = level;
        int i = from;
        while (i < n && v > 0) {
            v = Math.max(0, v - slope);
            buffer[i++] = v;
        }
        level = v;
        if (v <= 0) {
            stop();
        }
        return i;
    }
}
