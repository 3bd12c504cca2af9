// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.SynthHarness;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * What the code allocates, on a thread of the virtual machine that runs the other tests too. That machine may still deoptimise a method and then
 * makes the objects that the compiler had done without: once, not in each round. A warm engine of its own, from its first block on, is what
 * {@link RealTimeTest} judges.
 */
class AllocationTest {
    private static final int BLOCK = 128;
    private static final int ROUNDS = 6;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SynthHarness harness = new SynthHarness(48_000);
    private final float[][] out = new float[2][BLOCK];
    private int step;

    @Test
    void notOneByteIsAllocatedWhileItPlays() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            play(2_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes in the round that allocated least");
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
