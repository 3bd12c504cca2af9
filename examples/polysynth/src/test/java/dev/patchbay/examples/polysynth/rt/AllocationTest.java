// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.SynthHarness;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int BLOCK = 128;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SynthHarness harness = new SynthHarness(48_000);
    private final float[][] out = new float[2][BLOCK];
    private int step;

    @Test
    void notOneByteIsAllocatedWhileItPlays() {
        play(2_000);
        final long before = threads.getCurrentThreadAllocatedBytes();
        play(6_000);
        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
    }

    /** Goes through everything: each event with each index, each parameter, theft of voices, reset and silence. */
    private void play(final int blocks) {
        for (int i = 0; i < blocks; i++) {
            step++;
            for (int n = 0; n < 8; n++) {
                final int type = 1 + (step + n) % 10;
                harness.event(
                        type,
                        step % 16,
                        step % 3 - 1,
                        (step * 7 + n * 11) % 128,
                        (step % 11) / 10.0,
                        step % 50);
            }
            harness.setNormalized(step % PolySynthParameters.COUNT, (step % 21) / 20.0);
            harness.renderBlock(out, BLOCK);
            if (step % 997 == 0) {
                harness.synth().reset();
            }
            if (harness.synth().tailFrames() < 0) {
                throw new AssertionError("a negative tail");
            }
        }
    }
}
