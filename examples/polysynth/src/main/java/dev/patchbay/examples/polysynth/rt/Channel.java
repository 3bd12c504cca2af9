// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/** The controllers of one MIDI channel, as its voices hear them. */
final class Channel {
    private static final int MODULATION = 1;
    private static final int VOLUME = 7;
    private static final int EXPRESSION = 11;
    private static final int RESET_CONTROLLERS = 121;

    /** What General MIDI takes for the volume where a song does not say; it is no change of level here. */
    private static final double USUAL_VOLUME = 100 / 127.0;

    /** What the modulation wheel adds to the LFO's way to the pitch, in semitones. */
    private static final double WHEEL_VIBRATO = 0.5;

    /** The pitch wheel, −1 to 1. */
    final Smoothed bend = new Smoothed(0);

    /** Semitones either way. */
    final Smoothed vibrato = new Smoothed(0);

    /** 0 to 1. */
    final Smoothed pressure = new Smoothed(0);

    /** Volume and expression, as a linear gain. */
    final Smoothed gain = new Smoothed(1);

    private double volume = USUAL_VOLUME;
    private double expression = 1;
    private boolean pedal;

    /** Whether the sustain pedal is down. */
    boolean pedal() {
        return pedal;
    }

    /** Moves the sustain pedal. */
    void pedal(final boolean down) {
        pedal = down;
    }

    /** Takes a controller that changes how notes sound; all others are ignored. */
    void controller(final int number, final double value) {
        switch (number) {
            case MODULATION -> vibrato.target(value * WHEEL_VIBRATO);
            case VOLUME -> volume = value;
            case EXPRESSION -> expression = value;
            case RESET_CONTROLLERS -> {
                vibrato.target(0);
                bend.target(0);
                pressure.target(0);
                expression = 1;
            }
            default -> {}
        }
        // The square is General MIDI's curve: 40 log10(value) dB.
        final double level = volume / USUAL_VOLUME * expression;
        gain.target(level * level);
    }

    /** As after power on. */
    void reset() {
        volume = USUAL_VOLUME;
        controller(RESET_CONTROLLERS, 0);
        pedal = false;
        jump();
    }

    /** No glides: nothing of this channel sounds. */
    void jump() {
        bend.jump();
        vibrato.jump();
        pressure.jump();
        gain.jump();
    }

    /** Begins a tick. */
    void tick(final double portion, final int frames) {
        bend.tick(portion, frames);
        vibrato.tick(portion, frames);
        pressure.tick(portion, frames);
        gain.tick(portion, frames);
    }
}
