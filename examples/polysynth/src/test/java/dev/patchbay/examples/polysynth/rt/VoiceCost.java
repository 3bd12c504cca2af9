// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.SynthHarness;
import dev.patchbay.examples.polysynth.Waveform;

/** Prints what a voice costs, in ns per voice and sample: run it by hand. */
public final class VoiceCost {
    private static final int RATE = 48_000;
    private static final int BLOCK = 128;

    private VoiceCost() {}

    /** Measures 128, 16 and no voices, for waveforms that cost little and much. */
    public static void main(final String[] arguments) {
        for (int round = 0; round < 3; round++) {
            measure("saws", 128, Waveform.SAW);
            measure("pulses", 128, Waveform.PULSE);
            measure("saws", 16, Waveform.SAW);
            measure("silence", 0, Waveform.SAW);
        }
    }

    private static void measure(final String what, final int voices, final Waveform waveform) {
        final SynthHarness harness =
                new SynthHarness(RATE)
                        .set(PolySynthParameters.OSC1_WAVE, waveform.ordinal())
                        .set(PolySynthParameters.OSC2_WAVE, waveform.ordinal())
                        .set(PolySynthParameters.AMP_SUSTAIN, 80)
                        .set(PolySynthParameters.LFO_PITCH, 10);
        for (int i = 0; i < voices; i++) {
            harness.event(1, i / 64, -1, 30 + i % 64, 0.8, 0);
        }
        final float[][] out = new float[2][BLOCK];
        final int blocks = 4 * RATE / BLOCK;
        harness.render(RATE / 2);
        final long start = System.nanoTime();
        for (int i = 0; i < blocks; i++) {
            harness.renderBlock(out, BLOCK);
        }
        final double nanos = System.nanoTime() - start;
        final double frames = (double) blocks * BLOCK;
        System.out.printf(
                "%-8s %3d voices: %6.2f ns per voice and sample, %7.1f ns per frame, %5.2f %% of a"
                        + " core at 48 kHz%n",
                what,
                voices,
                nanos / frames / Math.max(1, voices),
                nanos / frames,
                nanos / frames * RATE / 1e7);
    }
}
