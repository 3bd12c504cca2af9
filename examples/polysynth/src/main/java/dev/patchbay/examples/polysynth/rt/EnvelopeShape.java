// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/** The slopes of an {@link Envelope}, per step; one shape serves all voices. */
final class EnvelopeShape {
    /** How long a note takes that must end at once, in seconds: too short to be heard as a note, too long for a click. */
    static final double FADE_SECONDS = 0.003;

    private static final double SIXTY_DECIBELS = StrictMath.log(1000);

    /** What the attack adds with each step. */
    double attack = 1;

    /** What is left of the distance to the sustain level after each step of the decay. */
    double decay = 0;

    /** What is left of the level after each step of the release. */
    double release = 0;

    /** What a fade takes with each step. */
    final double fade;

    /** The level at which the decay ends. */
    double sustain = 1;

    private final double stepsPerSecond;

    EnvelopeShape(final double stepsPerSecond) {
        this.stepsPerSecond = stepsPerSecond;
        fade = Math.min(1, 1 / (FADE_SECONDS * stepsPerSecond));
    }

    /** Sets the times, in seconds: of the attack from nothing to 1, of decay and release for each 60 dB. */
    void times(final double attackTime, final double decayTime, final double releaseTime) {
        attack = Math.min(1, 1 / (attackTime * stepsPerSecond));
        decay = StrictMath.exp(-SIXTY_DECIBELS / (decayTime * stepsPerSecond));
        release = StrictMath.exp(-SIXTY_DECIBELS / (releaseTime * stepsPerSecond));
    }
}
