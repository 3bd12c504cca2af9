// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/**
 * Where the samples of an audio slot lie.
 *
 * @param inputChannels channels to RT
 * @param outputChannels channels from RT
 * @param maxFrames the most frames of a block
 */
public record AudioGeometry(int inputChannels, int outputChannels, int maxFrames) {
    /** Checks the ranges. */
    public AudioGeometry {
        if (inputChannels < 0 || outputChannels < 0 || maxFrames < 1) {
            throw new IllegalArgumentException(
                    "Audio blocks need channel counts of at least 0 and at least one frame, but"
                            + " have "
                            + inputChannels
                            + " inputs, "
                            + outputChannels
                            + " outputs and "
                            + maxFrames
                            + " frames.");
        }
        final long line = Layouts.align((long) maxFrames * Float.BYTES, Layouts.LINE_PAIR);
        final long channels = (long) inputChannels + outputChannels;
        if (line * Math.max(1, channels) > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "Audio blocks take at most 1 GiB each, but "
                            + channels
                            + " channels of "
                            + maxFrames
                            + " frames take more.");
        }
    }

    /** {@return the bytes from the start of a slot to its first channel} */
    public int samplesOffset() {
        return Layouts.align(Heads.AUDIO_SLOT.size(), Layouts.LINE_PAIR);
    }

    /** {@return the bytes from one channel to the next, a multiple of 128} */
    public int channelStride() {
        return Layouts.align(maxFrames * Float.BYTES, Layouts.LINE_PAIR);
    }

    /** {@return the bytes from one slot to the next, a multiple of 128} */
    public int slotStride() {
        return samplesOffset() + (inputChannels + outputChannels) * channelStride();
    }
}
