// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.atomics.MeterReader;
import java.util.HashMap;
import java.util.Map;

/**
 * Which window of each section of meters a watch has shown, from frame to frame, and what each counter stood at: so each frame
 * shows what came since the one before, whatever other readers do. Not thread-safe.
 */
final class SeenWindows {
    /** What a first look takes in: 300 ms. */
    private static final int FIRST_LOOK = 30;

    private final Map<String, Long> seen = new HashMap<>();
    private final SeenCounts counts = new SeenCounts();

    /** What counters and histograms stood at. */
    SeenCounts counts() {
        return counts;
    }

    /**
     * Lets a reader gather what came since the last look.
     *
     * @param section identifies it among all regions
     * @return how many windows it gathered
     */
    int poll(final String section, final MeterReader reader) {
        reader.resumeAfter(seen.getOrDefault(section, reader.seen() - FIRST_LOOK));
        final int windows = reader.poll();
        seen.put(section, reader.seen());
        return windows;
    }
}
