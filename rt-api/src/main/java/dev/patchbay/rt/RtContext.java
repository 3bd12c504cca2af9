// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.layout.Parameter;
import java.util.List;

/** What an {@link RtModule} may know and write. Valid from {@link RtModule#init} to {@link RtModule#close}. */
public interface RtContext {
    /** The sample rate in Hz, above 0. */
    double sampleRate();

    /** The most frames that one {@link RtModule#process} call renders. */
    int maxFrames();

    /** The number of input channels; 0 for an instrument. */
    int inputChannels();

    /** The number of output channels. */
    int outputChannels();

    /** The declared parameters, in the order of their indices. Not for the real-time methods: it allocates. */
    List<Parameter> parameters();

    /** The number of cells for voices. */
    int voiceCount();

    /**
     * Publishes what a voice does, for control and UI. Real-time safe.
     *
     * @param voice 0 to {@link #voiceCount()} − 1
     * @param state 0 for a free voice; else a word packed by {@link dev.patchbay.atomics.VoiceStates#pack}, which tools can show
     */
    void voiceState(int voice, int state);

    /**
     * Publishes a voice's level, for the UI. It holds from the block in which it is set until it is set again, and is 0 until it
     * is set for the first time; readers get the highest one of each window of 10 ms. Real-time safe.
     *
     * @param voice 0 to {@link #voiceCount()} − 1
     * @param peak linear, 1 at full scale, of which the absolute value counts; one that is not finite counts as 0
     */
    void voiceLevel(int voice, float peak);
}
