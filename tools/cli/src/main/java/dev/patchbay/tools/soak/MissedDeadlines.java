// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import dev.patchbay.tools.demo.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Blocks that missed their deadline, and how many of them did so at a time when the bare thread was late by more than a block, too:
 * those are the machine's. Misses are known by the bridge's counter, as often as the region was looked at; in the time between two
 * looks no more of them are excused than blocks were asked for while that thread was late.
 *
 * @param total how many
 * @param besideNoise how many of them while the bare thread was late
 */
public record MissedDeadlines(long total, long besideNoise) {
    /** The bridge's deadline for a block that sounds for less. */
    private static final long LEAST_DEADLINE_NANOS = 3_000_000;

    /** A time at which the machine was late, with both ends. */
    private record Span(long from, long to) {
        boolean holds(final long nanos) {
            return nanos - from >= 0 && to - nanos >= 0;
        }
    }

    /** Whether the machine explains all of them. */
    public boolean explained() {
        return besideNoise == total;
    }

    /**
     * Counts them.
     *
     * @param samples what the region showed, by time
     * @param blockStarts when each block was asked for, on the samples' clock
     * @param noise of the same minutes, on the same clock
     * @param periodNanos how long a block sounds
     */
    static MissedDeadlines of(
            final List<Sample> samples,
            final long[] blockStarts,
            final Noise noise,
            final double periodNanos) {
        // A block that is late by the bridge's deadline began so long before; the next one waits
        // for it.
        final long slack = 2 * Math.max((long) periodNanos, LEAST_DEADLINE_NANOS);
        final List<Span> late = late(noise, periodNanos, slack);
        long before = 0;
        long from = blockStarts[0];
        long excused = 0;
        for (final Sample sample : samples) {
            final long missed = sample.missedDeadlines() - before;
            if (missed > 0) {
                final Span seen = new Span(from - slack, sample.nanos() + slack);
                excused += Math.min(missed, blocks(blockStarts, seen, late));
            }
            before = sample.missedDeadlines();
            from = sample.nanos();
        }
        return new MissedDeadlines(before, excused);
    }

    private static long blocks(final long[] starts, final Span seen, final List<Span> late) {
        return Arrays.stream(starts)
                .filter(seen::holds)
                .filter(start -> late.stream().anyMatch(span -> span.holds(start)))
                .count();
    }

    /** Where the thread woke late, and where it did not wake at all. */
    private static List<Span> late(final Noise noise, final double periodNanos, final long slack) {
        final List<Span> late = new ArrayList<>();
        final long[] due = noise.dueNanos();
        for (int i = 0; i < due.length; i++) {
            final long woke = due[i] + noise.lateNanos()[i];
            // A time that it missed is not in the list.
            final boolean missed = i > 0 && due[i] - due[i - 1] > 1.5 * periodNanos;
            if (missed || noise.lateNanos()[i] > periodNanos) {
                late.add(new Span((missed ? due[i - 1] : due[i]) - slack, woke + slack));
            }
        }
        return late;
    }
}
