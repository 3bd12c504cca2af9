// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/**
 * A stretch of frames to render. Frames are {@link #offset()} … {@link #offset()} + {@link #frames()} − 1 of the channel arrays;
 * the rest of the arrays belongs to other stretches. Without {@link RtModule#wholeBlocks()} no event happens and no parameter
 * jumps within it, and {@link #events()} is empty. All methods are real-time safe, and the same objects are given each time.
 */
public interface Block {
    /** The index of the first frame in the channel arrays; 0 with {@link RtModule#wholeBlocks()}. */
    int offset();

    /**
     * The number of frames: at least 1; with {@link RtModule#wholeBlocks()}, 0 where the host hands over events alone. At most
     * {@link RtContext#maxFrames()}.
     */
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

    /**
     * The parameter values that hold during this stretch; with {@link RtModule#wholeBlocks()}, those that hold at its first frame, before
     * any of its {@link #events()}.
     */
    ParameterValues parameters();

    /**
     * What happens within the block, for a module with {@link RtModule#wholeBlocks()}; for others empty, since they are given
     * each event by {@link RtModule#handleEvent} before the stretch that it begins.
     */
    BlockEvents events();

    /** Where the host is in its song. */
    Transport transport();

    /** Whether the host renders faster or slower than real time, and waits as long as it takes. */
    boolean offline();
}
