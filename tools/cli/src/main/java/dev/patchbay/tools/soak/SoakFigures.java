// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import dev.patchbay.tools.demo.Figures;
import dev.patchbay.tools.demo.Recording;
import dev.patchbay.tools.realtime.BlockTrace;
import dev.patchbay.tools.realtime.Verdict;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * What a soak measured; {@code summary.json} has these names.
 *
 * @param passed whether nothing disturbed the engine, and no block missed its deadline while the machine was not late itself
 * @param minutes how long it played
 * @param periodMicros how long a block sounds
 * @param scheduling what the host's audio thread was granted
 * @param missedDeadlines blocks that became silence, and how many of them while the machine was late itself
 * @param lateWaits blocks for which the host waited longer than they sound
 * @param verdict each kind of disturbance with its count, its limit and where it happened
 * @param renderMicros the engine's own time for a block
 * @param waitMicros what the host waited for a block
 * @param noise the machine's own
 * @param run what the demo measures as well
 */
public record SoakFigures(
        boolean passed,
        double minutes,
        double periodMicros,
        String scheduling,
        MissedDeadlines missedDeadlines,
        long lateWaits,
        Verdict verdict,
        Times renderMicros,
        Times waitMicros,
        NoiseFigures noise,
        Figures run) {
    /**
     * Times in microseconds.
     *
     * @param count how many
     * @param p50 the median
     * @param p99 what 99 % do not exceed
     * @param p999 what 99.9 % do not exceed
     * @param p9999 what 99.99 % do not exceed
     * @param max the greatest
     */
    public record Times(long count, double p50, double p99, double p999, double p9999, double max) {
        static Times of(final long[] nanos) {
            final Histogram histogram = new Histogram(3);
            Arrays.stream(nanos).forEach(n -> histogram.recordValue(Math.max(0, n)));
            return new Times(
                    nanos.length,
                    micros(histogram, 50),
                    micros(histogram, 99),
                    micros(histogram, 99.9),
                    micros(histogram, 99.99),
                    Arrays.stream(nanos).max().orElse(0) / 1000.0);
        }

        private static double micros(final Histogram histogram, final double percentile) {
            return histogram.getValueAtPercentile(percentile) / 1000.0;
        }
    }

    /**
     * How late a bare thread woke.
     *
     * @param scheduling what it was granted
     * @param lateMicros how late
     * @param beyondPeriod how often later than a block sounds, times that it missed altogether included
     */
    public record NoiseFigures(String scheduling, Times lateMicros, long beyondPeriod) {}

    static SoakFigures of(final SoakOptions options, final Recording recording, final Noise noise) {
        final Figures run = Figures.of(recording);
        final BlockTrace trace = recording.trace();
        final Verdict verdict = Verdict.of(trace, recording.rtLog());
        final double period = options.periodMicros();
        final long beyond =
                noise.missed()
                        + Arrays.stream(noise.lateMicros()).filter(late -> late > period).count();
        final MissedDeadlines missed =
                MissedDeadlines.of(
                        recording.samples(),
                        recording.host().blockStartNanos(),
                        noise,
                        period * 1000);
        return new SoakFigures(
                verdict.passed() && missed.explained(),
                options.minutes(),
                period,
                recording.host().text("scheduling"),
                missed,
                run.lateBlocks(),
                verdict,
                Times.of(renders(trace)),
                Times.of(
                        Arrays.stream(recording.host().blockMicros())
                                .mapToLong(micros -> Math.round(micros * 1000))
                                .toArray()),
                new NoiseFigures(noise.scheduling(), Times.of(noise.lateNanos()), beyond),
                run);
    }

    private static long[] renders(final BlockTrace trace) {
        final long[] nanos = new long[trace.count()];
        Arrays.setAll(nanos, trace::nanos);
        return nanos;
    }
}
