// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import java.util.HashMap;
import java.util.Map;

/** What the counters of each section stood at when a watch last looked: so each frame can tell what came since. Not thread-safe. */
final class SeenCounts {
    private final Map<String, Look> looks = new HashMap<>();

    private record Look(long nanos, long[] counts) {}

    /**
     * What came between two looks.
     *
     * @param seconds from the look before to this one
     * @param gained what each counter has gained, by index; less than 0 where its owner began anew
     */
    record Gain(double seconds, long[] gained) {
        double perSecond(final int index) {
            return gained[index] / seconds;
        }
    }

    /**
     * Looks.
     *
     * @param section identifies it among all regions
     * @param counts what its counters stand at
     * @param nanos the time, of {@link System#nanoTime}
     * @return what came since the last look, or null at the first
     */
    Gain since(final String section, final long[] counts, final long nanos) {
        final Look before = looks.put(section, new Look(nanos, counts.clone()));
        if (before == null || before.counts().length != counts.length || nanos <= before.nanos()) {
            return null;
        }
        final long[] gained = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            gained[i] = counts[i] - before.counts()[i];
        }
        return new Gain((nanos - before.nanos()) / 1e9, gained);
    }
}
