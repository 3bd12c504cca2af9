// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/**
 * A stretch of frames to render, in which no event happens and no parameter jumps. Frames are
 * {@link #offset()} … {@link #offset()} + {@link #frames()} − 1 of the channel arrays; the rest of the arrays belongs to
 * other stretches. All methods are real-time safe.
 */
public interface Block {
    /** The index of the first frame in the channel arrays. */
    int offset();

    /** The number of frames, at least 1. */
    int frames();

    /**
     * The samples of an input channel.
     *
     * @param channel 0 to {@link RtContext#inputChannels()} − 1
     */
    float[] input(int channel);

    /**
     * The samples of an output channel, which hold 0 before the module writes.
     *
     * @param channel 0 to {@link RtContext#outputChannels()} − 1
     */
    float[] output(int channel);

    /** The parameter values that hold during this stretch. */
    ParameterValues parameters();

    /** Where the host is in its song. */
    Transport transport();

    /** Whether the host renders faster or slower than real time, and waits as long as it takes. */
    boolean offline();
}
