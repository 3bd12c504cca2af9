// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import dev.patchbay.atomics.Histogram;
import dev.patchbay.layout.StandardRegion.Phase;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.demo.Figures.PhaseTimes;
import dev.patchbay.tools.demo.Figures.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the profile of a run from the region. */
final class Profile {
    private Profile() {}

    /** The phases in their order; none where the run was not profiled. */
    static List<PhaseTimes> of(final Recording r) {
        final List<PhaseTimes> phases = new ArrayList<>();
        if (!r.options().diagnosis().profile()) {
            return phases;
        }
        double all = 0;
        for (final Phase phase : Phase.values()) {
            all += phase == Phase.WAITING ? 0 : sum(r.region().histogram(phase.section()));
        }
        for (final Phase phase : Phase.values()) {
            final long[] counts = r.region().histogram(phase.section());
            final String name = phase.name().toLowerCase(Locale.ROOT);
            if (sum(counts) == 0) {
                throw new ToolException(
                        "The region has no time of a block's phase \""
                                + name
                                + "\": the bundle was made by an older version of this program."
                                + " Build it anew.");
            }
            final HistogramReading times =
                    new HistogramReading("times of the phase " + name, counts, most(counts));
            phases.add(
                    new PhaseTimes(
                            name,
                            new Times(
                                    times.percentileMicros(0.5),
                                    times.percentileMicros(0.99),
                                    times.maxMicros()),
                            phase == Phase.WAITING ? 0 : sum(counts) / all));
        }
        return phases;
    }

    /** The sum of all values, each taken as the middle of its bucket. */
    private static double sum(final long[] counts) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * (Histogram.lowestOf(i) + Histogram.lowestOf(i + 1)) / 2.0;
        }
        return sum;
    }

    private static long most(final long[] counts) {
        int last = counts.length - 1;
        while (last > 0 && counts[last] == 0) {
            last--;
        }
        return Histogram.lowestOf(last + 1) - 1;
    }
}
