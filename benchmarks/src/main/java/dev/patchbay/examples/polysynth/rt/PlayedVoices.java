// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.Waveform;
import dev.patchbay.layout.Parameter;
import dev.patchbay.rt.ParameterValues;
import java.util.List;

/**
 * The synth's voices without its effects, as {@link PolySynth} renders them, again and again from the same beginning: in this package,
 * since a voice is nobody else's. {@code voices.cpp} is the same in C++.
 */
public final class PlayedVoices {
    /** In Hz. */
    public static final double SAMPLE_RATE = 48_000;

    /** How long is played each time, in ticks: attack, decay and, for every second voice, release. */
    public static final int TICKS = 64;

    private static final int CHANNELS = 8;
    private static final int LOWEST_KEY = 36;
    private static final int KEY_STEP = 7;
    private static final int KEYS = 60;
    private static final double VELOCITY = 0.8;

    private final Sound sound = new Sound(SAMPLE_RATE);
    private final Channel[] channels = new Channel[CHANNELS];
    private final Voice[] voices;
    private final double[] left;
    private final double[] right;
    private final double[] buffer;
    private final double[] levels;

    /**
     * Voices.
     *
     * @param count how many, from 1 on
     */
    public PlayedVoices(final int count) {
        for (int i = 0; i < CHANNELS; i++) {
            channels[i] = new Channel();
        }
        voices = new Voice[count];
        for (int i = 0; i < count; i++) {
            voices[i] = new Voice();
        }
        left = new double[sound.tickFrames];
        right = new double[sound.tickFrames];
        buffer = new double[sound.tickFrames];
        levels = new double[sound.tickFrames];
        sound.read(new Settings());
    }

    /** {@return the frames that are played each time} */
    public int frames() {
        return TICKS * sound.tickFrames;
    }

    /** {@return the parameters' plain values, in their order: the defaults, but for a second waveform and an LFO that is heard} */
    public static float[] settings() {
        final List<Parameter> parameters = new PolySynthParameters().parameters();
        final float[] values = new float[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            final Parameter parameter = parameters.get(i);
            values[i] = (float) parameter.toPlain(parameter.defaultNormalized());
        }
        values[PolySynthParameters.OSC2_WAVE] = Waveform.PULSE.ordinal();
        values[PolySynthParameters.LFO_PITCH] = 10;
        values[PolySynthParameters.LFO_FILTER] = 0.5f;
        return values;
    }

    /** Values that stay. */
    private static final class Settings implements ParameterValues {
        private final float[] values = settings();

        @Override
        public float normalized(final int index) {
            throw new UnsupportedOperationException("The voices read plain values.");
        }

        @Override
        public float plain(final int index) {
            return values[index];
        }

        @Override
        public long version() {
            return 1;
        }

        @Override
        public float toPlain(final int index, final double normalized) {
            throw new UnsupportedOperationException("Nothing changes.");
        }
    }

    /** {@return the sum of the squares of all that is heard} Allocates nothing. */
    public double play() {
        begin();
        double sum = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            if (tick == TICKS / 2) {
                for (int i = 0; i < voices.length; i += 2) {
                    voices[i].release();
                }
            }
            tick();
            for (final Voice voice : voices) {
                if (!voice.free()) {
                    voice.render(
                            sound,
                            channels[voice.channel()],
                            left,
                            right,
                            sound.tickFrames,
                            0,
                            buffer,
                            levels);
                }
            }
            for (int i = 0; i < sound.tickFrames; i++) {
                sum += left[i] * left[i] + right[i] * right[i];
            }
        }
        return sum;
    }

    private void begin() {
        sound.begin();
        for (int i = 0; i < voices.length; i++) {
            voices[i].stop();
            voices[i].start(i % CHANNELS, LOWEST_KEY + i * KEY_STEP % KEYS, i, VELOCITY, 0, i);
        }
    }

    private void tick() {
        sound.tick();
        for (final Channel channel : channels) {
            channel.tick(sound.portion, sound.tickFrames);
        }
        for (final Voice voice : voices) {
            if (!voice.free()) {
                voice.tick(sound, channels[voice.channel()]);
            }
        }
        for (int i = 0; i < sound.tickFrames; i++) {
            left[i] = 0;
            right[i] = 0;
        }
    }
}
