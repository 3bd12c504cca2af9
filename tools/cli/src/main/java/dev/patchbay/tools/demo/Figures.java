// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import static dev.patchbay.layout.StandardRegion.BRIDGE_COUNTERS;
import static dev.patchbay.layout.StandardRegion.CONTROL_COUNTERS;
import static dev.patchbay.layout.StandardRegion.RENDER_HISTOGRAM;
import static dev.patchbay.layout.StandardRegion.ROUND_TRIP_HISTOGRAM;
import static dev.patchbay.layout.StandardRegion.RT_COUNTERS;

import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.demo.JvmLog.Event;
import dev.patchbay.tools.demo.JvmLog.Pause;
import java.util.List;

/**
 * What a run measured; {@code summary.json} has these names. Each figure was read from the host's report, the region or a
 * JVM's log; one that cannot be read is an error, never a default. Percentiles from the region are upper bounds of buckets
 * that are 6.25 % wide; MB are 10<sup>6</sup> bytes.
 *
 * @param plugin the class that was played
 * @param mode realtime or offline
 * @param sampleRate in Hz
 * @param blockSize frames
 * @param deadlineMicros how long a block sounds, which is the time to make the next
 * @param seconds of sound
 * @param blocks that the host asked for
 * @param missedDeadlines blocks that became silence
 * @param skippedBlocks blocks that RT was not asked for, since it was late with an earlier one
 * @param lateResults answers that came after their deadline
 * @param lateBlocks blocks for which the host waited longer than they sound
 * @param overruns times that the host itself was late by a block
 * @param droppedEvents events for which there was no room
 * @param notesPlayed note-ons that the host sent
 * @param peakDb the loudest sample, of full scale
 * @param rmsDb the mean level
 * @param clippedSamples samples beyond full scale
 * @param processMicros what the host waited for a block
 * @param roundTripMicros from request to answer, as the bridge saw it
 * @param rt the JVM that makes the sound
 * @param control the JVM that does all else
 * @param profile what a block's time went into, by phase; empty where it was not asked for
 * @param samples how often the region was looked at
 * @param machine what all this ran on
 */
public record Figures(
        String plugin,
        String mode,
        long sampleRate,
        long blockSize,
        double deadlineMicros,
        double seconds,
        long blocks,
        long missedDeadlines,
        long skippedBlocks,
        long lateResults,
        long lateBlocks,
        long overruns,
        long droppedEvents,
        long notesPlayed,
        double peakDb,
        double rmsDb,
        long clippedSamples,
        Times processMicros,
        Times roundTripMicros,
        Rt rt,
        Control control,
        List<PhaseTimes> profile,
        long samples,
        Machine machine) {

    /**
     * Times in microseconds.
     *
     * @param p50 the median
     * @param p99 what 99 % do not exceed
     * @param max the greatest
     */
    public record Times(double p50, double p99, double max) {}

    /**
     * A phase of a block.
     *
     * @param name as in {@link dev.patchbay.layout.StandardRegion.Phase}, in small letters
     * @param micros its time in a block; the greatest is the upper bound of a bucket, too
     * @param share of all the time of blocks, waiting for the next one not included; 0 for that
     */
    public record PhaseTimes(String name, Times micros, double share) {}

    /**
     * What the RT JVM did. The counts "after warm-up" are those of its log from the end of warm-up to the last block.
     *
     * @param gc its collector
     * @param collections of its whole life
     * @param safepointsAfterWarmup times that all its threads stood still
     * @param handshakesAfterWarmup times that threads stood still one by one
     * @param deoptimizationsAfterWarmup times that compiled code was given up
     * @param compilationsAfterWarmup methods that were compiled
     * @param classLoadsAfterWarmup classes that were loaded
     * @param allocatedBytesPerBlock by the engine's thread, after warm-up; not rounded, so that little is not none
     * @param allocatedBytes the same in all
     * @param measuredBlocks blocks over which that was measured
     * @param warmUpMillis how long it compiled before it was ready
     * @param timeToReadyMillis from the start of its JVM to its first being ready, warm-up included
     * @param aotCache whether it took its classes from the bundle's AOT cache
     * @param blocks that it rendered
     * @param events that it handled
     * @param renderMicros its own time for a block
     * @param ended how often its process ended unasked
     */
    public record Rt(
            String gc,
            long collections,
            long safepointsAfterWarmup,
            long handshakesAfterWarmup,
            long deoptimizationsAfterWarmup,
            long compilationsAfterWarmup,
            long classLoadsAfterWarmup,
            double allocatedBytesPerBlock,
            long allocatedBytes,
            long measuredBlocks,
            double warmUpMillis,
            double timeToReadyMillis,
            boolean aotCache,
            long blocks,
            long events,
            Times renderMicros,
            long ended) {}

    /**
     * What the control JVM did in its whole life.
     *
     * @param gc its collector
     * @param collections cycles or collections
     * @param pauses stop-the-world pauses of the collector
     * @param pauseMsTotal their sum
     * @param pauseMsMax the longest
     * @param safepointMsTotal the sum of all safepoints, whatever for
     * @param allocatedMBps allocated by all its threads while it was looked at
     * @param presetsSelected presets
     * @param statesPublished states
     * @param ended how often its process ended unasked
     */
    public record Control(
            String gc,
            long collections,
            long pauses,
            double pauseMsTotal,
            double pauseMsMax,
            double safepointMsTotal,
            double allocatedMBps,
            long presetsSelected,
            long statesPublished,
            long ended) {}

    /**
     * Judges a recording.
     *
     * @throws ToolException if a figure cannot be read
     */
    public static Figures of(final Recording r) {
        final HostReport host = r.host();
        final RegionView region = r.region();
        return new Figures(
                host.text("class"),
                host.text("mode"),
                host.count("sampleRate"),
                host.count("blockSize"),
                round(host.blockPeriodMicros()),
                round(host.number("seconds")),
                host.count("blocks"),
                region.counter(BRIDGE_COUNTERS, "missed_deadlines"),
                region.counter(BRIDGE_COUNTERS, "skipped_blocks"),
                region.counter(BRIDGE_COUNTERS, "late_results"),
                host.count("lateBlocks"),
                host.count("overruns"),
                region.counter(BRIDGE_COUNTERS, "dropped_events"),
                host.count("notesPlayed"),
                round(host.number("peakDb")),
                round(host.number("rmsDb")),
                host.count("clippedSamples"),
                new Times(
                        round(host.number("processMicros.p50")),
                        round(host.number("processMicros.p99")),
                        round(host.number("processMicros.max"))),
                times(
                        region,
                        "round trips",
                        ROUND_TRIP_HISTOGRAM,
                        BRIDGE_COUNTERS,
                        "round_trip_max_nanos"),
                rt(r),
                control(r),
                Profile.of(r),
                r.samples().size(),
                r.machine());
    }

    private static Rt rt(final Recording r) {
        final RegionView region = r.region();
        final long warm = r.warmNanos();
        final long end = r.endNanos();
        if (warm <= 0 || warm > end) {
            throw new ToolException(
                    "The region does not say when RT was warm: "
                            + warm
                            + ", expected an instant before the last block at "
                            + end
                            + ".");
        }
        final long measured = region.counter(RT_COUNTERS, "measured_blocks");
        if (measured <= 0) {
            throw new ToolException(
                    "The region does not say over how many blocks RT measured what it allocates.");
        }
        final long allocated = region.counter(RT_COUNTERS, "allocated_bytes");
        final JvmLog log = r.rtLog();
        return new Rt(
                gc(r, Role.RT),
                region.counter(RT_COUNTERS, "collections"),
                JvmLog.between(log.safepoints(), warm, end).size(),
                log.count(Event.HANDSHAKE, warm, end),
                log.count(Event.DEOPTIMIZATION, warm, end),
                log.count(Event.COMPILATION, warm, end),
                log.count(Event.CLASS_LOAD, warm, end),
                (double) allocated / measured,
                allocated,
                measured,
                round(region.counter(RT_COUNTERS, "warm_up_nanos") / 1e6),
                round(region.counter(RT_COUNTERS, "time_to_ready_nanos") / 1e6),
                log.classesFromCache() > 0,
                region.counter(RT_COUNTERS, "blocks"),
                region.counter(RT_COUNTERS, "events"),
                times(region, "render times", RENDER_HISTOGRAM, RT_COUNTERS, "render_max_nanos"),
                region.counter(BRIDGE_COUNTERS, "rt_ended"));
    }

    private static Control control(final Recording r) {
        final RegionView region = r.region();
        final List<Pause> pauses = r.controlLog().pauses();
        return new Control(
                gc(r, Role.CONTROL),
                region.counter(CONTROL_COUNTERS, "collections"),
                pauses.size(),
                round(total(pauses)),
                round(pauses.stream().mapToDouble(Pause::millis).max().orElse(0)),
                round(total(r.controlLog().safepoints())),
                round(allocatedMBps(r)),
                region.counter(CONTROL_COUNTERS, "presets_selected"),
                region.counter(CONTROL_COUNTERS, "states_published"),
                region.counter(BRIDGE_COUNTERS, "control_ended"));
    }

    /** Between the first and the last change that was seen: before and after, control does not run. */
    private static double allocatedMBps(final Recording r) {
        final AllocationRate rate = AllocationRate.of(r.samples());
        if (r.options().allocateMBps() > 0 && rate.mbPerSecond() <= 0) {
            throw new ToolException(
                    "Control was to allocate "
                            + r.options().allocateMBps()
                            + " MB/s, but the region does not show that it did; see "
                            + r.options().logs()
                            + ".");
        }
        return rate.mbPerSecond();
    }

    private static String gc(final Recording r, final Role role) {
        final String name = r.collector(role);
        if (name.isBlank()) {
            throw new ToolException("The region does not name the collector of " + role + ".");
        }
        return name;
    }

    private static Times times(
            final RegionView region,
            final String what,
            final String histogram,
            final String counters,
            final String max) {
        final HistogramReading h =
                new HistogramReading(
                        what, region.histogram(histogram), region.counter(counters, max));
        return new Times(
                round(h.percentileMicros(0.5)),
                round(h.percentileMicros(0.99)),
                round(h.maxMicros()));
    }

    private static double total(final List<Pause> pauses) {
        return pauses.stream().mapToDouble(Pause::millis).sum();
    }

    private static double round(final double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
