// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.StandardRegion;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;

/** What a module may know and write, over one region. */
final class ModuleContext implements RtContext {
    private final double sampleRate;
    private final int maxFrames;
    private final int inputChannels;
    private final int outputChannels;
    private final List<Parameter> parameters;
    private final VoiceStates voiceStates;
    private final MeterWriter voiceLevels;

    ModuleContext(
            final AtomicBuffer buffer,
            final Sections sections,
            final AudioSlots slots,
            final MeterWriter voiceLevels,
            final double sampleRate,
            final int maxFrames) {
        this.sampleRate = sampleRate;
        this.maxFrames = maxFrames;
        this.inputChannels = slots.inputChannels();
        this.outputChannels = slots.outputChannels();
        this.parameters = sections.parameters();
        this.voiceStates = VoiceStates.over(buffer, sections.get(StandardRegion.VOICE_STATES));
        this.voiceLevels = voiceLevels;
        // What an earlier module left in the cells is not this one's.
        for (int voice = 0; voice < voiceStates.count(); voice++) {
            voiceStates.setRelease(voice, 0);
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
    public List<Parameter> parameters() {
        return parameters;
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
}
