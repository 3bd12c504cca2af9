// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.atomics.Histogram;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.inspect.RegionReading.Distribution;
import dev.patchbay.tools.inspect.RegionReading.Recent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Tells what the buckets of a histogram say. */
final class Distributions {
    private static final int SUB_BUCKETS = StandardRegion.HISTOGRAM_SUB_BUCKETS;
    private static final String HEIGHTS = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587";

    private Distributions() {}

    /**
     * The reading of a histogram.
     *
     * @param counts by bucket, none below 0
     * @param gain what came since the last look, or null
     */
    static Distribution of(final long[] counts, final SeenCounts.Gain gain) {
        final List<Long> doublings = new ArrayList<>();
        long lowest = 0;
        for (int start = 0; start < counts.length; start += SUB_BUCKETS) {
            long sum = 0;
            for (int i = start; i < Math.min(counts.length, start + SUB_BUCKETS); i++) {
                sum += counts[i];
            }
            if (sum > 0 && doublings.isEmpty()) {
                lowest = Histogram.lowestOf(start);
            }
            if (sum > 0 || !doublings.isEmpty()) {
                doublings.add(sum);
            }
        }
        while (!doublings.isEmpty() && doublings.get(doublings.size() - 1) == 0) {
            doublings.remove(doublings.size() - 1);
        }
        final long total = total(counts);
        return new Distribution(
                total,
                percentile(counts, total, 0.5),
                percentile(counts, total, 0.99),
                max(counts),
                lowest,
                Collections.unmodifiableList(doublings),
                recent(gain));
    }

    private static Recent recent(final SeenCounts.Gain gain) {
        if (gain == null) {
            return null;
        }
        final long[] counts = gain.gained().clone();
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.max(0, counts[i]);
        }
        final long total = total(counts);
        return new Recent(
                total / gain.seconds(),
                percentile(counts, total, 0.5),
                percentile(counts, total, 0.99),
                max(counts));
    }

    private static long total(final long[] counts) {
        long total = 0;
        for (final long count : counts) {
            total += count;
        }
        return total;
    }

    private static long max(final long[] counts) {
        for (int i = counts.length - 1; i >= 0; i--) {
            if (counts[i] > 0) {
                return Histogram.lowestOf(i + 1) - 1;
            }
        }
        return 0;
    }

    private static long percentile(final long[] counts, final long total, final double share) {
        final long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Histogram.lowestOf(i + 1) - 1;
            }
        }
        return 0;
    }

    /** A character for each doubling; heights are logarithmic, so that one value among a million can be seen. */
    static String shape(final Distribution d) {
        final StringBuilder shape = new StringBuilder();
        final double most = d.doublings().stream().mapToLong(n -> n).max().orElse(1);
        for (final long n : d.doublings()) {
            final double height = n == 0 ? 0 : 1 + 6 * Math.log1p(n) / Math.log1p(most);
            shape.append(HEIGHTS.charAt((int) Math.round(height)));
        }
        return shape.toString();
    }
}
