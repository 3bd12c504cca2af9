// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import dev.patchbay.tools.ToolException;
import java.util.List;

/**
 * How fast control allocated.
 *
 * @param mbPerSecond megabytes of 10<sup>6</sup> bytes a second
 */
record AllocationRate(double mbPerSecond) {
    /**
     * Takes the rate between the first and the last sample at which more had been allocated than at the one before. A counter
     * that falls is that of a new process; what the old one allocated after it was last seen is not counted.
     *
     * @throws ToolException if there are not two samples
     */
    static AllocationRate of(final List<Sample> samples) {
        if (samples.size() < 2) {
            throw new ToolException(
                    "The region could be looked at "
                            + samples.size()
                            + " times only, expected at least 2: play longer, so that control's"
                            + " allocation can be told.");
        }
        int first = -1;
        int last = -1;
        long bytes = 0;
        for (int i = 1; i < samples.size(); i++) {
            final long more =
                    samples.get(i).controlAllocated() - samples.get(i - 1).controlAllocated();
            if (more > 0) {
                first = first < 0 ? i : first;
                bytes += i > first ? more : 0;
                last = i;
            }
        }
        if (last <= first) {
            return new AllocationRate(0);
        }
        final double seconds = (samples.get(last).nanos() - samples.get(first).nanos()) / 1e9;
        return new AllocationRate(bytes / 1e6 / seconds);
    }
}
