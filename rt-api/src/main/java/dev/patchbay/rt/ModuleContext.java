// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;

/** What a module may know and write, over one region. Holds no text, for the reason that {@link SmoothingTime} gives. */
final class ModuleContext implements RtContext {
    private final double sampleRate;
    private final int maxFrames;
    private final int inputChannels;
    private final int outputChannels;
    private final Sections sections;
    private final Loads loads;
    private final VoiceStates voiceStates;
    private final MeterWriter voiceLevels;
    private final RingWriter log;
    private final RtLogger logger;
    private final HostEventQueue hostEvents;
    private final SectionEntry busChannels;
    private final int[] arrangement;
    private final List<Bus> inputBuses;
    private final List<Bus> outputBuses;
    private final HelperThreads helpers;

    ModuleContext(
            final AtomicBuffer buffer,
            final Sections sections,
            final AudioSlots slots,
            final Loads loads,
            final MeterWriter voiceLevels,
            final HelperThreads helpers,
            final double sampleRate,
            final int maxFrames) {
        this.sampleRate = sampleRate;
        this.maxFrames = maxFrames;
        this.inputChannels = slots.inputChannels();
        this.outputChannels = slots.outputChannels();
        this.sections = sections;
        this.loads = loads;
        this.voiceStates = VoiceStates.over(buffer, sections.get(StandardRegion.VOICE_STATES));
        this.voiceLevels = voiceLevels;
        this.helpers = helpers;
        this.log = RingWriter.over(buffer, sections.get(StandardRegion.RT_LOG));
        // An engine that was killed may have left half a message. Without one this does nothing.
        log.takeOver();
        this.logger = new RegionLogger(log);
        this.hostEvents = new HostEventQueue(buffer, sections.get(StandardRegion.RT_EVENTS));
        this.busChannels = sections.get(StandardRegion.BUS_CHANNELS);
        this.arrangement = new int[busChannels.count()];
        for (int i = 0; i < arrangement.length; i++) {
            arrangement[i] = loads.int32(busChannels.elementOffset(i));
        }
        this.inputBuses = buses(false);
        this.outputBuses = buses(true);
    }

    private List<Bus> buses(final boolean output) {
        return Bus.read(loads, sections.get(StandardRegion.BUSES), busChannels, output);
    }

    /** Whether the host has arranged the buses as it had when this was made. Allocates nothing: it is asked at each activation. */
    boolean arranged() {
        for (int i = 0; i < arrangement.length; i++) {
            if (loads.int32(busChannels.elementOffset(i)) != arrangement[i]) {
                return false;
            }
        }
        return true;
    }

    /** Where the events of the next block to the host begin. Real-time safe. */
    long hostEventsTail() {
        return hostEvents.tail();
    }

    /** All voices are free and silent: what was left in the cells is not of the sound that begins. */
    void freeVoices() {
        for (int voice = 0; voice < voiceStates.count(); voice++) {
            voiceStates.setRelease(voice, 0);
            voiceLevels.setLevel(voice, 0);
        }
    }

    /** What the voices are said to do, before {@link #moved}. */
    int[] voices() {
        final int[] states = new int[voiceStates.count()];
        for (int voice = 0; voice < states.length; voice++) {
            states[voice] = voiceStates.getAcquire(voice);
        }
        return states;
    }

    /** The memory has become another region's. */
    void moved(final int[] states) {
        log.takeOver();
        hostEvents.connect();
        for (int voice = 0; voice < states.length; voice++) {
            voiceStates.setRelease(voice, states[voice]);
        }
    }

    @Override
    public double sampleRate() {
        return sampleRate;
    }

    @Override
    public int maxFrames() {
        return maxFrames;
    }

    @Override
    public int inputChannels() {
        return inputChannels;
    }

    @Override
    public int outputChannels() {
        return outputChannels;
    }

    @Override
    public List<Bus> inputBuses() {
        return inputBuses;
    }

    @Override
    public List<Bus> outputBuses() {
        return outputBuses;
    }

    @Override
    public HostEvents hostEvents() {
        return hostEvents;
    }

    @Override
    public List<Parameter> parameters() {
        return sections.parameters();
    }

    @Override
    public int parameterIndex(final String symbol) {
        return sections.parameterIndex(symbol);
    }

    @Override
    public int parameterIndex(final int id) {
        return sections.parameterIndex(id);
    }

    @Override
    public List<SectionEntry> sections() {
        return sections.all();
    }

    @Override
    public SectionEntry section(final String name) {
        return sections.named(name);
    }

    @Override
    public Loads loads() {
        return loads;
    }

    @Override
    public RtLogger logger() {
        return logger;
    }

    @Override
    public int voiceCount() {
        return voiceStates.count();
    }

    @Override
    public void voiceState(final int voice, final int state) {
        voiceStates.setRelease(voice, state);
    }

    @Override
    public void voiceLevel(final int voice, final float peak) {
        voiceLevels.setLevel(voice, peak);
    }

    @Override
    public void startHelper(final String name, final Runnable task) {
        helpers.start(name, task);
    }
}
