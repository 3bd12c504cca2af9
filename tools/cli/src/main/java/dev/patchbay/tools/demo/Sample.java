// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import static dev.patchbay.layout.StandardRegion.BRIDGE_COUNTERS;
import static dev.patchbay.layout.StandardRegion.CONTROL_COUNTERS;
import static dev.patchbay.layout.StandardRegion.RT_COUNTERS;

/**
 * What a region showed at one instant.
 *
 * @param nanos the instant, on the clock of {@link System#nanoTime}, which is CLOCK_MONOTONIC
 * @param levels the peak of each output channel, falling as a meter's pointer does; linear
 * @param voices how many voices were not free
 * @param blocks blocks that the bridge had asked for
 * @param missedDeadlines blocks that came too late
 * @param rtCollections collections of the RT JVM
 * @param controlCollections collections of the control JVM
 * @param controlAllocated bytes that the control JVM had allocated
 * @param presets presets that control had selected
 */
public record Sample(
        long nanos,
        float[] levels,
        int voices,
        long blocks,
        long missedDeadlines,
        long rtCollections,
        long controlCollections,
        long controlAllocated,
        long presets) {

    static Sample of(final RegionView region) {
        return new Sample(
                System.nanoTime(),
                region.outputLevels(),
                region.activeVoices(),
                region.counter(BRIDGE_COUNTERS, "blocks"),
                region.counter(BRIDGE_COUNTERS, "missed_deadlines"),
                region.counter(RT_COUNTERS, "collections"),
                region.counter(CONTROL_COUNTERS, "collections"),
                region.counter(CONTROL_COUNTERS, "allocated_bytes"),
                region.counter(CONTROL_COUNTERS, "presets_selected"));
    }

    /** The loudest channel's level in decibels of full scale; −120 for silence. */
    public double levelDb() {
        float peak = 0;
        for (final float level : levels) {
            peak = Math.max(peak, level);
        }
        return decibels(peak);
    }

    /** A linear level in decibels of full scale, not below −120. */
    public static double decibels(final double linear) {
        return linear > 1e-6 ? 20 * Math.log10(linear) : -120;
    }
}
