// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Histogram;
import dev.patchbay.layout.StandardRegion.Phase;
import java.util.Arrays;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Measures what a block's time goes into, where that is asked for. Else {@link #ON} is a constant that is false, and the
 * compiler leaves out whatever stands behind it: the engine's thread pays nothing. On the engine's thread only; real-time safe,
 * at the price of a look at the clock for each change of phase, some 25 ns.
 */
final class BlockProfile {
    /** Whether the environment asks for it: PATCHBAY_PROFILE=on, which the bridge hands on. */
    static final boolean ON = "on".equals(System.getenv("PATCHBAY_PROFILE"));

    private final Histogram[] histograms = new Histogram[Phase.values().length];
    private final long[] nanos = new long[histograms.length];
    private long last = System.nanoTime();

    /** A profile of the sections of a region, or of a copy. */
    BlockProfile(final AtomicBuffer buffer, final Sections sections) {
        for (final Phase phase : Phase.values()) {
            histograms[phase.ordinal()] = new Histogram(buffer, sections.get(phase.section()));
        }
    }

    /** Ends a stretch of time that was spent in this phase; the next begins. */
    void spent(final Phase phase) {
        final long now = System.nanoTime();
        nanos[phase.ordinal()] += now - last;
        last = now;
    }

    /** Begins anew, after what was no block. */
    void restart() {
        Arrays.fill(nanos, 0);
        last = System.nanoTime();
    }

    /** Counts the block that has just been answered. */
    void blockEnded() {
        spent(Phase.ANSWER);
        for (int i = 0; i < nanos.length; i++) {
            histograms[i].record(nanos[i]);
        }
        Arrays.fill(nanos, 0);
    }
}
