// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import dev.patchbay.atomics.VoiceStates;

/** One note: two oscillators, a filter, an envelope for each of filter and amplifier, and a place between left and right. */
final class Voice {
    /** A voice's level at full velocity, before the sum: 16 channels of chords have to fit below the limiter. */
    private static final double LEVEL = 0.32;

    /** How far pressure opens the filter, in octaves. */
    private static final double PRESSURE_OCTAVES = 1.5;

    /** How far the lowest and highest keys lie from the middle, 0 to 1. */
    private static final double SPREAD = 0.4;

    private final Oscillator oscillator1 = new Oscillator();
    private final Oscillator oscillator2 = new Oscillator();
    private final StateVariableFilter filter = new StateVariableFilter();
    private final Envelope amplifier = new Envelope();
    private final Envelope filterEnvelope = new Envelope();
    private final Ramp gain = new Ramp();

    private int channel;
    private int key;
    private int noteId;
    private double velocity;
    private double tuning;
    private double pressure;
    private boolean held;
    private boolean fresh;
    private long age;
    private int notes;
    private double left;
    private double right;
    private double peak;

    /**
     * Begins a note. A free voice begins with its first phase and sample; one that sounds rises from where it is, without a
     * click.
     *
     * @param order grows with each note
     */
    void start(
            final int noteChannel,
            final int noteKey,
            final int id,
            final double noteVelocity,
            final double cents,
            final long order) {
        channel = noteChannel;
        key = noteKey;
        noteId = id;
        velocity = noteVelocity;
        tuning = cents / 100;
        age = order;
        notes++;
        pressure = 0;
        held = true;
        if (amplifier.stage() == Envelope.FREE) {
            oscillator1.restart();
            oscillator2.restart();
            filter.clear();
            filterEnvelope.stop();
            peak = 0;
            fresh = true;
        }
        amplifier.attack();
        filterEnvelope.attack();
        final double place = SPREAD * Math.max(-1, Math.min(1, (key - 60) / 48.0));
        left = StrictMath.sqrt((1 - place) / 2);
        right = StrictMath.sqrt((1 + place) / 2);
    }

    /** The key is up. */
    void keyUp() {
        held = false;
    }

    /** Begins the release. */
    void release() {
        held = false;
        amplifier.release();
        filterEnvelope.release();
    }

    /** Ends without a click, but at once. */
    void fade() {
        held = false;
        amplifier.fade();
    }

    /** Is free at once. */
    void stop() {
        held = false;
        amplifier.stop();
    }

    /** Sets the pressure on this note, 0 to 1. */
    void pressure(final double value) {
        pressure = value;
    }

    /** Whether this voice has no note. */
    boolean free() {
        return amplifier.stage() == Envelope.FREE;
    }

    /** Whether the note's key is down. */
    boolean held() {
        return held;
    }

    /** Whether the note ends: pedal or key no longer hold it. */
    boolean ending() {
        return amplifier.stage() >= Envelope.RELEASE;
    }

    /** A constant of {@link Envelope}. */
    int stage() {
        return amplifier.stage();
    }

    /** What others are told of this voice. */
    int state() {
        return VoiceStates.pack(stage(), held, channel, key, (int) (velocity * 127 + 0.5), notes);
    }

    int channel() {
        return channel;
    }

    int key() {
        return key;
    }

    int noteId() {
        return noteId;
    }

    /** The order in which notes began. */
    long age() {
        return age;
    }

    /** How loud the note is now: its envelope times its gain. */
    double loudness() {
        return amplifier.level() * gain.value();
    }

    /** The highest sample since the last question. */
    float takePeak() {
        final float result = (float) peak;
        peak = 0;
        return result;
    }

    /** Begins a tick. */
    void tick(final Sound sound, final Channel controllers) {
        control(sound, controllers, fresh ? 0 : sound.tickFrames);
        fresh = false;
    }

    /**
     * Adds n frames to the front of the sums.
     *
     * @param position the first frame's place in the tick
     * @param buffer for n frames
     * @param levels for n frames
     */
    void render(
            final Sound sound,
            final Channel controllers,
            final double[] sumLeft,
            final double[] sumRight,
            final int n,
            final int position,
            final double[] buffer,
            final double[] levels) {
        if (fresh) {
            tick(sound, controllers);
        }
        final int sounding = amplifier.render(levels, n, sound.amplifier);
        for (int i = 0; i < sounding; i++) {
            buffer[i] = 0;
        }
        final Ramp mix = sound.mix.ramp;
        oscillator1.add(
                sound.wave1,
                buffer,
                sounding,
                position,
                1 - mix.start,
                -mix.step,
                sound.width.ramp);
        oscillator2.add(
                sound.wave2, buffer, sounding, position, mix.start, mix.step, sound.width.ramp);
        filter.render(buffer, sounding, position, sound.filter);
        double highest = peak;
        for (int i = 0; i < sounding; i++) {
            final double y = buffer[i] * levels[i] * (gain.start + gain.step * (position + i));
            sumLeft[i] += y * left;
            sumRight[i] += y * right;
            highest = Math.max(highest, Math.abs(y));
        }
        peak = highest;
    }

    /** Derives pitch, cutoff and gain; frames is 0 where they have to be there at once. */
    private void control(final Sound sound, final Channel controllers, final int frames) {
        final double pitch =
                key
                        + tuning
                        + controllers.bend.value() * sound.bendRange
                        + sound.lfo * (sound.lfoToPitch.value() + controllers.vibrato.value());
        final double frequency = Curves.exp2((pitch - 69) / 12) * 440 / sound.sampleRate;
        oscillator1.tick(frequency, frames);
        oscillator2.tick(frequency * sound.ratio, frames);

        final double octave =
                sound.cutoff.value()
                        + sound.filterAmount.value() * filterEnvelope.next(sound.filterEnvelope)
                        + sound.tracking.value() * (pitch - 60) / 12
                        + sound.lfoToFilter.value() * sound.lfo
                        + PRESSURE_OCTAVES * Math.max(pressure, controllers.pressure.value());
        filter.tick(Curves.exp2(octave), sound.sampleRate, frames);

        final double touch = 1 - sound.velocitySensitivity * (1 - velocity);
        final double level =
                LEVEL
                        * Math.max(1e-3, touch * touch)
                        * controllers.gain.value()
                        * sound.filter.gain;
        if (frames == 0) {
            gain.jump(level);
        } else {
            gain.to(level, frames);
        }
    }
}
