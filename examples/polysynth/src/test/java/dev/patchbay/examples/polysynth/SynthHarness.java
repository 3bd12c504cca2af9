// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.examples.polysynth.rt.PolySynth;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.BlockEvents;
import dev.patchbay.rt.Bus;
import dev.patchbay.rt.HostEvents;
import dev.patchbay.rt.ParameterValues;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtLogger;
import dev.patchbay.rt.Transport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Plays a synth without an engine: events and parameter changes happen now or at a frame, and {@link #render} cuts the time
 * into blocks and those at the events, as an engine does.
 */
public final class SynthHarness {
    private final double sampleRate;
    private final List<Parameter> parameters = new PolySynthParameters().parameters();
    private final float[] normalized = new float[parameters.size()];
    private final float[] plain = new float[parameters.size()];
    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
    private final Event event = new Event(slot).moveTo(0);
    private final List<Change> changes = new ArrayList<>();
    private final int[] states = new int[128];
    private final float[] levels = new float[128];
    private final PolySynth synth = new PolySynth();
    private final Block block = new Stretch();
    private final ParameterValues values = new Values();
    private IntSupplier blockSize = () -> 256;
    private long version;
    private long now;
    private float[][] outputs;
    private int offset;
    private int frames;

    private record Change(long frame, Runnable what) {}

    /** A synth with its defaults. */
    public SynthHarness(final double sampleRate) {
        this.sampleRate = sampleRate;
        for (int i = 0; i < normalized.length; i++) {
            setNormalized(i, parameters.get(i).defaultNormalized());
        }
        synth.init(new Context());
    }

    /** A synth with one bare sine at an even level, without filter, effects and velocity: what goes in comes out. */
    public static SynthHarness bare(final double sampleRate) {
        final SynthHarness harness = new SynthHarness(sampleRate).dry();
        return harness.set(PolySynthParameters.OSC1_WAVE, Waveform.SINE.ordinal())
                .set(PolySynthParameters.OSC2_WAVE, Waveform.SINE.ordinal())
                .set(PolySynthParameters.OSC_MIX, 0)
                .set(PolySynthParameters.FILTER_CUTOFF, 20_000)
                .set(PolySynthParameters.FILTER_RESONANCE, 0)
                .set(PolySynthParameters.FILTER_ENVELOPE, 0)
                .set(PolySynthParameters.FILTER_TRACKING, 0)
                .set(PolySynthParameters.AMP_ATTACK, 1)
                .set(PolySynthParameters.AMP_SUSTAIN, 100)
                .set(PolySynthParameters.AMP_RELEASE, 20)
                .set(PolySynthParameters.VELOCITY, 0);
    }

    /** Takes the effects away. */
    public SynthHarness dry() {
        return set(PolySynthParameters.DELAY_MIX, 0).set(PolySynthParameters.REVERB_MIX, 0);
    }

    /** Sets a parameter, in its unit. */
    public SynthHarness set(final int index, final double value) {
        return setNormalized(index, parameters.get(index).toNormalized(value));
    }

    /** Sets a parameter, normalized. */
    public SynthHarness setNormalized(final int index, final double value) {
        normalized[index] = (float) value;
        plain[index] = (float) parameters.get(index).toPlain(normalized[index]);
        version++;
        return this;
    }

    /** Lets something happen at a frame, counted from the first that was ever rendered. */
    public SynthHarness at(final long frame, final Runnable what) {
        changes.add(new Change(frame, what));
        changes.sort(Comparator.comparingLong(Change::frame));
        return this;
    }

    /** Sets the lengths of the blocks that the host asks for. */
    public SynthHarness blocks(final IntSupplier sizes) {
        blockSize = sizes;
        return this;
    }

    /** Strikes a key of channel 0 at full velocity. */
    public SynthHarness noteOn(final int key) {
        return event(EventType.NOTE_ON, 0, -1, key, 1, 0);
    }

    /** Releases a key of channel 0. */
    public SynthHarness noteOff(final int key) {
        return event(EventType.NOTE_OFF, 0, -1, key, 0, 0);
    }

    /** Moves a controller of channel 0. */
    public SynthHarness controller(final int number, final double value) {
        return event(EventType.CONTROLLER, 0, -1, number, value, 0);
    }

    /** Hands over any event. */
    public SynthHarness event(
            final int type,
            final int channel,
            final int noteId,
            final int index,
            final double value,
            final double detail) {
        Event.store(slot, 0, type, 0, channel, noteId, index, value, detail);
        // As the engine does: what is out of its range never reaches a module.
        if (event.isValid()) {
            synth.handleEvent(event);
        }
        return this;
    }

    /** The module itself. */
    public PolySynth synth() {
        return synth;
    }

    /** Renders the next frames; both channels. */
    public float[][] render(final int total) {
        final float[][] result = new float[2][total];
        int done = 0;
        while (done < total) {
            final int size = Math.min(total - done, blockSize.getAsInt());
            // Other frames of the arrays belong to others, so a module that writes there is found
            // out.
            final float[][] block = new float[2][size];
            renderBlock(block, size);
            System.arraycopy(block[0], 0, result[0], done, size);
            System.arraycopy(block[1], 0, result[1], done, size);
            done += size;
        }
        return result;
    }

    /** Renders seconds, as frames; the left channel. */
    public float[] seconds(final double seconds) {
        return render((int) Math.round(seconds * sampleRate))[0];
    }

    /** Goes on to a crest of the wave, where a break is worst, and returns the last sample there. */
    public float toCrest() {
        final float[] usual = render(9_600)[0];
        final double crest = 0.95 * Measure.peak(usual, 0, usual.length);
        float last = 0;
        while (last < crest) {
            last = render(1)[0][0];
        }
        return last;
    }

    /** Renders one block into arrays of zeros. Allocates nothing. */
    public void renderBlock(final float[][] into, final int size) {
        outputs = into;
        offset = 0;
        while (offset < size) {
            while (!changes.isEmpty() && changes.get(0).frame() <= now) {
                changes.remove(0).what().run();
            }
            final long next = changes.isEmpty() ? Long.MAX_VALUE : changes.get(0).frame();
            frames = (int) Math.min(size - offset, next - now);
            synth.process(block);
            offset += frames;
            now += frames;
        }
    }

    /** What the module published of a voice. */
    public int state(final int voice) {
        return states[voice];
    }

    /** What the module published of a voice. */
    public float level(final int voice) {
        return levels[voice];
    }

    /** The number of voices that are not free, as published. */
    public int soundingVoices() {
        int count = 0;
        for (final int state : states) {
            count += state == 0 ? 0 : 1;
        }
        return count;
    }

    private final class Context implements RtContext {
        @Override
        public double sampleRate() {
            return sampleRate;
        }

        @Override
        public int maxFrames() {
            return 4096;
        }

        @Override
        public int inputChannels() {
            return 0;
        }

        @Override
        public int outputChannels() {
            return 2;
        }

        @Override
        public List<Bus> inputBuses() {
            return List.of();
        }

        @Override
        public List<Bus> outputBuses() {
            return List.of(new Bus("Output", false, 0, 2, 2));
        }

        @Override
        public HostEvents hostEvents() {
            throw new UnsupportedOperationException("The synth plays no events.");
        }

        @Override
        public List<Parameter> parameters() {
            return parameters;
        }

        @Override
        public int parameterIndex(final String symbol) {
            throw new UnsupportedOperationException("The synth knows its parameters' places.");
        }

        @Override
        public int parameterIndex(final int id) {
            throw new UnsupportedOperationException("The synth knows its parameters' places.");
        }

        @Override
        public List<SectionEntry> sections() {
            return List.of();
        }

        @Override
        public SectionEntry section(final String name) {
            throw new IllegalArgumentException("There is no region here, so no " + name + ".");
        }

        @Override
        public Loads loads() {
            throw new UnsupportedOperationException("There is no region here.");
        }

        @Override
        public RtLogger logger() {
            throw new UnsupportedOperationException("The synth has nothing to say.");
        }

        @Override
        public void startHelper(final String name, final Runnable task) {
            throw new UnsupportedOperationException("The synth has no helper threads.");
        }

        @Override
        public int voiceCount() {
            return states.length;
        }

        @Override
        public void voiceState(final int voice, final int state) {
            states[voice] = state;
        }

        @Override
        public void voiceLevel(final int voice, final float peak) {
            levels[voice] = peak;
        }
    }

    private final class Stretch implements Block {
        @Override
        public int offset() {
            return offset;
        }

        @Override
        public int frames() {
            return frames;
        }

        @Override
        public float[] input(final int channel) {
            throw new IndexOutOfBoundsException(
                    "An instrument has no inputs, but channel " + channel + " was read.");
        }

        @Override
        public float[] output(final int channel) {
            return outputs[channel];
        }

        @Override
        public ParameterValues parameters() {
            return values;
        }

        @Override
        public BlockEvents events() {
            throw new UnsupportedOperationException("The synth is given its events one by one.");
        }

        @Override
        public Transport transport() {
            throw new UnsupportedOperationException("The synth does not follow the song.");
        }

        @Override
        public boolean offline() {
            return true;
        }
    }

    private final class Values implements ParameterValues {
        @Override
        public float normalized(final int index) {
            return normalized[index];
        }

        @Override
        public float toPlain(final int index, final double value) {
            return (float) parameters.get(index).toPlain(value);
        }

        @Override
        public float plain(final int index) {
            return plain[index];
        }

        @Override
        public long version() {
            return version;
        }
    }
}
