// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;

/**
 * A polyphonic synthesizer: 128 voices of two oscillators, a filter and two envelopes each, then a delay, a room and a
 * limiter that they share.
 *
 * <p>Time is cut into ticks of about 0.7 ms. At each, what moves slowly (LFO, filter envelopes, controllers, smoothed
 * parameters) is computed anew, and between two ticks it moves in straight lines; oscillators, filters and amplifiers work
 * on each sample. Ticks are counted from the first note after a silence on, and not from the host's blocks. In silence the
 * synth does nothing at all.
 *
 * <p>Channel 10, where General MIDI has its drums, is silent: tuned notes are no drums.
 */
public final class PolySynth implements RtModule {
    private static final int CHANNELS = 16;
    private static final int DRUM_CHANNEL = 9;
    private static final double METER_SECONDS = 0.01;
    private static final double LONGEST_BEND_CENTS = 12_700;

    private static final int SUSTAIN_PEDAL = 64;
    private static final int ALL_SOUND_OFF = 120;
    private static final int ALL_NOTES_OFF = 123;

    private final Channel[] channels = new Channel[CHANNELS];
    private RtContext context;
    private Sound sound;
    private Voices voices;
    private StereoDelay delay;
    private Reverb reverb;

    private double[] left;
    private double[] right;
    private double[] buffer;
    private double[] levels;

    /** How far the present tick is, in frames. */
    private int position;

    private boolean resting = true;
    private int ticksToMeters;
    private int ticksPerMeters;
    private int cells;

    /** Creates the module; {@code build.yaml} names this class. */
    public PolySynth() {}

    @Override
    public void init(final RtContext rtContext) {
        context = rtContext;
        if (context.parameters().size() != PolySynthParameters.COUNT) {
            throw new IllegalArgumentException(
                    "The region has "
                            + context.parameters().size()
                            + " parameters, expected the "
                            + PolySynthParameters.COUNT
                            + " of PolySynth.");
        }
        sound = new Sound(context.sampleRate());
        for (int i = 0; i < CHANNELS; i++) {
            channels[i] = new Channel();
        }
        voices = new Voices(channels);
        delay = new StereoDelay(context.sampleRate());
        reverb = new Reverb(context.sampleRate());
        left = new double[sound.tickFrames];
        right = new double[sound.tickFrames];
        buffer = new double[sound.tickFrames];
        levels = new double[sound.tickFrames];
        ticksPerMeters =
                Math.max(1, (int) (METER_SECONDS * context.sampleRate() / sound.tickFrames));
        cells = Math.min(Voices.COUNT, context.voiceCount());
    }

    @Override
    public void handleEvent(final Event event) {
        final int channel = event.channel();
        final int key = event.key();
        final double value = event.value();
        if (event.type() == EventType.ALL_NOTES_OFF) {
            voices.releaseAll();
            return;
        }
        if (channel == DRUM_CHANNEL) {
            return;
        }
        switch (event.type()) {
            case EventType.NOTE_ON -> noteOn(channel, key, event.noteId(), value, event.detail());
            case EventType.NOTE_OFF -> voices.release(channel, key, event.noteId());
            case EventType.NOTE_CHOKE -> voices.choke(channel, key, event.noteId());
            case EventType.POLY_PRESSURE ->
                    voices.pressure(channel, key, event.noteId(), unit(value));
            case EventType.CHANNEL_PRESSURE -> channels[channel].pressure.target(unit(value));
            case EventType.PITCH_BEND ->
                    channels[channel].bend.target(Math.max(-1, Math.min(1, value)));
            case EventType.CONTROLLER -> controller(channel, event.index(), unit(value));
            default -> {} // programs: the control module's presets are for that
        }
    }

    @Override
    public void process(final Block block) {
        sound.read(block.parameters());
        if (resting) {
            if (!voices.sounding()) {
                return; // the outputs hold 0 already
            }
            begin();
        }
        final int end = block.offset() + block.frames();
        int frame = block.offset();
        while (frame < end) {
            if (position == 0 && !tick()) {
                return;
            }
            final int n = Math.min(end - frame, sound.tickFrames - position);
            render(n);
            write(block, frame, n);
            frame += n;
            position = (position + n) % sound.tickFrames;
        }
    }

    @Override
    public void reset() {
        voices.reset();
        for (final Channel channel : channels) {
            channel.reset();
        }
        rest();
    }

    /**
     * {@inheritDoc}
     *
     * <p>As the parameters are now: the release down to −100 dB, then the echoes and the room down to −140 dB.
     */
    @Override
    public int tailFrames() {
        double seconds = EnvelopeShape.FADE_SECONDS + sound.releaseTime * 100 / 60;
        if (!delay.resting() || sound.delaySend.goal() > 0) {
            seconds += StereoDelay.tailSeconds(sound.delayTime, sound.feedback.goal());
        }
        if (!reverb.resting() || sound.reverbSend.goal() > 0) {
            seconds += Reverb.tailSeconds(sound.reverbTime);
        }
        return (int) Math.min(Integer.MAX_VALUE, seconds * sound.sampleRate + 3 * sound.tickFrames);
    }

    private void noteOn(
            final int channel,
            final int key,
            final int noteId,
            final double velocity,
            final double cents) {
        if (key < 0 || key > 127) {
            return;
        }
        if (velocity <= 0) {
            voices.release(channel, key, noteId); // MIDI's other way to say it
            return;
        }
        final double tuning = Math.abs(cents) <= LONGEST_BEND_CENTS ? cents : 0;
        voices.start(channel, key, noteId, unit(velocity), tuning);
    }

    private void controller(final int channel, final int number, final double value) {
        switch (number) {
            case SUSTAIN_PEDAL -> voices.pedal(channel, value >= 0.5);
            case ALL_SOUND_OFF -> voices.silence(channel);
            case ALL_NOTES_OFF -> voices.releaseKeys(channel);
            default -> channels[channel].controller(number, value);
        }
    }

    /** Begins a sound out of silence. */
    private void begin() {
        resting = false;
        position = 0;
        ticksToMeters = 0;
        sound.begin();
    }

    /** Begins a tick. Returns false if there is nothing to be heard any more. */
    private boolean tick() {
        delay.tick(sound);
        reverb.tick(sound);
        if (!voices.sounding() && delay.resting() && reverb.resting()) {
            rest();
            return false;
        }
        sound.tick();
        for (final Channel channel : channels) {
            channel.tick(sound.portion, sound.tickFrames);
        }
        for (int i = 0; i < Voices.COUNT; i++) {
            tick(voices.get(i));
        }
        for (int i = 0; i < voices.fadingCount(); i++) {
            tick(voices.fading(i));
        }
        if (--ticksToMeters < 0) {
            ticksToMeters = ticksPerMeters - 1;
            publish();
        }
        return true;
    }

    private void tick(final Voice voice) {
        if (!voice.free()) {
            voice.tick(sound, channels[voice.channel()]);
        }
    }

    /** Falls silent. */
    private void rest() {
        resting = true;
        delay.clear();
        reverb.clear();
        publish();
    }

    /** Tells control and UI what the voices do: which note in which stage, and how loud. */
    private void publish() {
        for (int i = 0; i < cells; i++) {
            final Voice voice = voices.get(i);
            context.voiceState(i, voice.state());
            context.voiceLevel(i, voice.free() ? 0 : voice.takePeak());
        }
    }

    private void render(final int n) {
        for (int i = 0; i < n; i++) {
            left[i] = 0;
            right[i] = 0;
        }
        for (int i = 0; i < Voices.COUNT; i++) {
            render(voices.get(i), n);
        }
        for (int i = 0; i < voices.fadingCount(); i++) {
            render(voices.fading(i), n);
        }
        delay.process(sound, left, right, n, position);
        reverb.process(sound, left, right, n, position);
    }

    private void render(final Voice voice, final int n) {
        if (!voice.free()) {
            voice.render(
                    sound, channels[voice.channel()], left, right, n, position, buffer, levels);
        }
    }

    /** Copies the sum to the outputs; a single output gets both sides. */
    private void write(final Block block, final int frame, final int n) {
        final Ramp volume = sound.volume.ramp;
        final boolean mono = context.outputChannels() == 1;
        final float[] outLeft = block.output(0);
        final float[] outRight = mono ? null : block.output(1);
        for (int i = 0; i < n; i++) {
            final double gain = volume.start + volume.step * (position + i);
            if (mono) {
                outLeft[frame + i] = Limiter.limit(gain * 0.5 * (left[i] + right[i]));
            } else {
                outLeft[frame + i] = Limiter.limit(gain * left[i]);
                outRight[frame + i] = Limiter.limit(gain * right[i]);
            }
        }
    }

    private static double unit(final double value) {
        return Math.max(0, Math.min(1, value));
    }
}
