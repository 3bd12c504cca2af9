// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/** Where each frame of a block is in the host's song, in quarter notes and in seconds. All but the constructor is real-time safe. */
final class SongTime {
    private static final double SECONDS_PER_MINUTE = 60;

    private final Transport transport;
    private final double sampleRate;
    private long samples;
    private double quarters;
    private double quartersPerFrame;
    private long expected;
    private double endQuarters;
    private double endSeconds;

    SongTime(final Transport transport, final double sampleRate) {
        this.transport = transport;
        this.sampleRate = sampleRate;
    }

    /** Begins a block; the answer is whether the host plays. */
    boolean begin() {
        samples = transport.positionSamples();
        quarters = transport.positionQuarters();
        quartersPerFrame = transport.tempo() / SECONDS_PER_MINUTE / sampleRate;
        return transport.playing();
    }

    /** Whether this block does not begin where the last one ended. */
    boolean jumped() {
        return samples != expected;
    }

    /** The time of a frame of this block. */
    double at(final int frame, final boolean inSeconds) {
        return inSeconds ? (samples + frame) / sampleRate : quarters + frame * quartersPerFrame;
    }

    /** How long a frame is. */
    double frame(final boolean inSeconds) {
        return inSeconds ? 1 / sampleRate : quartersPerFrame;
    }

    /** Where the last block ended. */
    double lastEnd(final boolean inSeconds) {
        return inSeconds ? endSeconds : endQuarters;
    }

    /** How many frames ago was the last one whose number in the song is a multiple of the grid. */
    int sinceGrid(final int frame, final int grid) {
        return (int) Math.floorMod(samples + frame, (long) grid);
    }

    /** Ends a block. */
    void end(final int frames) {
        expected = samples + frames;
        endQuarters = at(frames, false);
        endSeconds = at(frames, true);
    }
}
