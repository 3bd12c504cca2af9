// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import dev.patchbay.examples.polysynth.FilterType;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.Waveform;
import dev.patchbay.rt.ParameterValues;

/** What the parameters mean for the voices and effects: everything that all notes share, smoothed, and the LFO. */
final class Sound {
    /** A change of a parameter is heard as a glide with this time constant, in seconds. */
    private static final double SMOOTHING_SECONDS = 0.006;

    private static final double LOG2 = StrictMath.log(2);

    /** How long a tick is, in frames. */
    final int tickFrames;

    /** The part of the way to its target that a smoothed control goes in each tick. */
    final double portion;

    final double sampleRate;

    /** The amplifier's envelope, in frames. */
    final EnvelopeShape amplifier;

    /** The filter's envelope, in ticks. */
    final EnvelopeShape filterEnvelope;

    final FilterMix filter = new FilterMix();

    Waveform wave1 = Waveform.SAW;
    Waveform wave2 = Waveform.SAW;

    /** log₂ of the cutoff in Hz. */
    final Smoothed cutoff = new Smoothed(10);

    final Smoothed resonance = new Smoothed(0);
    final Smoothed filterAmount = new Smoothed(0);
    final Smoothed tracking = new Smoothed(0);
    final Smoothed mix = new Smoothed(0);
    final Smoothed width = new Smoothed(0.5);
    final Smoothed lfoToPitch = new Smoothed(0);
    final Smoothed lfoToFilter = new Smoothed(0);
    final Smoothed delaySend = new Smoothed(0);
    final Smoothed feedback = new Smoothed(0);
    final Smoothed reverbSend = new Smoothed(0);
    final Smoothed volume = new Smoothed(1);
    private final Smoothed interval = new Smoothed(0);
    private final Smoothed ampSustain = new Smoothed(1);
    private final Smoothed filterSustain = new Smoothed(1);
    private final Smoothed[] all = {
        filter.low,
        filter.band,
        filter.high,
        cutoff,
        resonance,
        filterAmount,
        tracking,
        mix,
        width,
        lfoToPitch,
        lfoToFilter,
        delaySend,
        feedback,
        reverbSend,
        volume,
        interval,
        ampSustain,
        filterSustain
    };

    /** 0 is full velocity for all keys, 1 the whole range. */
    double velocitySensitivity;

    /** In semitones. */
    double bendRange;

    /** In seconds. */
    double delayTime = 0.3;

    /** In seconds, for 60 dB. */
    double reverbTime = 1;

    /** In seconds, for 60 dB. */
    double releaseTime = 0.1;

    /** The second oscillator's frequency, as a multiple of the first's. */
    double ratio = 1;

    /** Where the LFO is, −1 to 1. */
    double lfo;

    private double lfoRate = 1;
    private double lfoPhase;
    private boolean read;
    private long version;

    Sound(final double sampleRate) {
        this.sampleRate = sampleRate;
        tickFrames = (int) Math.max(1, Math.floor(sampleRate / 1500 + 0.5));
        final double ticksPerSecond = sampleRate / tickFrames;
        portion = 1 - StrictMath.exp(-1 / (SMOOTHING_SECONDS * ticksPerSecond));
        amplifier = new EnvelopeShape(sampleRate);
        filterEnvelope = new EnvelopeShape(ticksPerSecond);
        // Derives once, so that tables and curves are there before the first block.
        filter.type(FilterType.LOW_PASS);
        begin();
    }

    /** Takes over the parameters if they have changed. */
    void read(final ParameterValues values) {
        if (read && values.version() == version) {
            return;
        }
        wave1 = Waveform.of(values.plain(PolySynthParameters.OSC1_WAVE));
        wave2 = Waveform.of(values.plain(PolySynthParameters.OSC2_WAVE));
        interval.target(
                values.plain(PolySynthParameters.OSC2_PITCH)
                        + values.plain(PolySynthParameters.OSC2_DETUNE) / 100.0);
        mix.target(values.plain(PolySynthParameters.OSC_MIX) / 100.0);
        width.target(values.plain(PolySynthParameters.PULSE_WIDTH) / 100.0);

        filter.type(FilterType.of(values.plain(PolySynthParameters.FILTER_TYPE)));
        cutoff.target(StrictMath.log(values.plain(PolySynthParameters.FILTER_CUTOFF)) / LOG2);
        resonance.target(values.plain(PolySynthParameters.FILTER_RESONANCE) / 100.0);
        filterAmount.target(values.plain(PolySynthParameters.FILTER_ENVELOPE));
        tracking.target(values.plain(PolySynthParameters.FILTER_TRACKING) / 100.0);

        final double attack = values.plain(PolySynthParameters.AMP_ATTACK) / 1000.0;
        releaseTime = values.plain(PolySynthParameters.AMP_RELEASE) / 1000.0;
        amplifier.times(attack, values.plain(PolySynthParameters.AMP_DECAY) / 1000.0, releaseTime);
        filterEnvelope.times(
                attack, values.plain(PolySynthParameters.FILTER_DECAY) / 1000.0, releaseTime);
        ampSustain.target(values.plain(PolySynthParameters.AMP_SUSTAIN) / 100.0);
        filterSustain.target(values.plain(PolySynthParameters.FILTER_SUSTAIN) / 100.0);

        lfoRate = values.plain(PolySynthParameters.LFO_RATE);
        lfoToPitch.target(values.plain(PolySynthParameters.LFO_PITCH) / 100.0);
        lfoToFilter.target(values.plain(PolySynthParameters.LFO_FILTER));
        velocitySensitivity = values.plain(PolySynthParameters.VELOCITY) / 100.0;
        bendRange = values.plain(PolySynthParameters.BEND_RANGE);

        delayTime = values.plain(PolySynthParameters.DELAY_TIME) / 1000.0;
        feedback.target(values.plain(PolySynthParameters.DELAY_FEEDBACK) / 100.0);
        delaySend.target(values.plain(PolySynthParameters.DELAY_MIX) / 100.0);
        reverbTime = values.plain(PolySynthParameters.REVERB_TIME);
        reverbSend.target(values.plain(PolySynthParameters.REVERB_MIX) / 100.0);
        volume.target(Curves.decibels(values.plain(PolySynthParameters.VOLUME)));
        version = values.version();
        read = true;
    }

    /** Starts anew out of silence: nothing has to glide, and the LFO begins at its beginning. */
    void begin() {
        for (final Smoothed control : all) {
            control.jump();
        }
        lfoPhase = 0;
        derive();
    }

    /** Begins a tick. */
    void tick() {
        for (final Smoothed control : all) {
            control.tick(portion, tickFrames);
        }
        lfoPhase += lfoRate * tickFrames / sampleRate;
        lfoPhase -= Math.floor(lfoPhase);
        derive();
    }

    private void derive() {
        filter.resonance(resonance.value());
        ratio = Curves.exp2(interval.value() / 12);
        amplifier.sustain = ampSustain.value();
        filterEnvelope.sustain = filterSustain.value();
        lfo = Wavetables.sine(lfoPhase);
    }
}
