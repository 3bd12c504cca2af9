// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.realtime;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.demo.JvmLog;
import dev.patchbay.tools.demo.JvmLog.Entry;
import dev.patchbay.tools.demo.JvmLog.Event;
import dev.patchbay.tools.realtime.BlockTrace.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What disturbed an engine from its first block to its last, by its trace and its JVM's log. All limits are 0. Page faults and
 * waits are those within a block; everything else is that of the whole JVM, at any time in between.
 *
 * @param blocks the number of blocks
 * @param involuntarySwitches how often the thread lost its processor within a block: the machine's doing, not the engine's
 * @param counts one of each kind
 */
public record Verdict(int blocks, long involuntarySwitches, List<Count> counts) {
    /** The most of each. */
    public static final long LIMIT = 0;

    private static final int PLACES = 8;

    /**
     * How often something happened.
     *
     * @param kind what
     * @param count how often, or how much
     * @param limit the most that is right
     * @param places where it happened, the first few of them
     */
    public record Count(Disturbance kind, long count, long limit, List<Offence> places) {
        /** Copies the list. */
        public Count {
            places = List.copyOf(places);
        }

        /** Whether the limit is kept. */
        public boolean passed() {
            return count <= limit;
        }
    }

    /**
     * A place where something happened.
     *
     * @param block the block, counted from 0; -1 for before the first
     * @param within whether it was while the block was rendered; else it was after it
     * @param what it was
     */
    public record Offence(int block, boolean within, String what) {
        @Override
        public String toString() {
            return (within ? "in block " : "after block ") + block + ": " + what;
        }
    }

    /** Copies the list. */
    public Verdict {
        counts = List.copyOf(counts);
    }

    /** Whether all limits are kept. */
    public boolean passed() {
        return counts.stream().allMatch(Count::passed);
    }

    /** The count of a kind. */
    public Count of(final Disturbance kind) {
        return counts.get(kind.ordinal());
    }

    /**
     * Judges.
     *
     * @param trace what each block cost
     * @param log what the JVM did
     * @throws ToolException if there is no block to judge
     */
    public static Verdict of(final BlockTrace trace, final JvmLog log) {
        if (trace.count() == 0) {
            throw new ToolException(
                    "The engine has rendered no block since it was activated, so there is nothing"
                        + " to judge: expected at least 1. Play longer, and see in the engine's log"
                        + " whether it started.");
        }
        final long from = trace.startNanos(0);
        final long to = trace.endNanos(trace.count() - 1);
        final List<Count> counts = new ArrayList<>();
        for (final Disturbance kind : Disturbance.values()) {
            counts.add(
                    switch (kind) {
                        case ALLOCATION -> cost(trace, kind, Cost.ALLOCATED);
                        case SAFEPOINT -> events(trace, kind, safepoints(log, from, to));
                        case HANDSHAKE -> events(trace, kind, log, Event.HANDSHAKE);
                        case DEOPTIMIZATION -> events(trace, kind, log, Event.DEOPTIMIZATION);
                        case COMPILATION -> events(trace, kind, log, Event.COMPILATION);
                        case CLASS_LOAD -> events(trace, kind, log, Event.CLASS_LOAD);
                        case MAJOR_FAULT -> cost(trace, kind, Cost.MAJOR_FAULTS);
                        case MINOR_FAULT -> cost(trace, kind, Cost.MINOR_FAULTS);
                        case VOLUNTARY_SWITCH -> cost(trace, kind, Cost.VOLUNTARY_SWITCHES);
                    });
        }
        return new Verdict(trace.count(), trace.total(Cost.INVOLUNTARY_SWITCHES), counts);
    }

    private static List<Entry> safepoints(final JvmLog log, final long from, final long to) {
        return JvmLog.between(log.safepoints(), from, to).stream()
                .map(
                        p ->
                                new Entry(
                                        p.startNanos(),
                                        String.format(
                                                Locale.ROOT,
                                                "%s, %.1f µs",
                                                p.name(),
                                                p.millis() * 1000)))
                .toList();
    }

    private static Count cost(final BlockTrace trace, final Disturbance kind, final Cost cost) {
        final List<Offence> places = new ArrayList<>();
        for (int block = trace.next(cost, 0);
                block >= 0 && places.size() < PLACES;
                block = trace.next(cost, block + 1)) {
            places.add(new Offence(block, true, trace.cost(cost, block) + " " + kind.unit()));
        }
        return new Count(kind, trace.total(cost), LIMIT, places);
    }

    private static Count events(
            final BlockTrace trace, final Disturbance kind, final JvmLog log, final Event event) {
        return events(
                trace,
                kind,
                log.between(event, trace.startNanos(0), trace.endNanos(trace.count() - 1)));
    }

    private static Count events(
            final BlockTrace trace, final Disturbance kind, final List<Entry> entries) {
        final List<Offence> places =
                entries.stream()
                        .limit(PLACES)
                        .map(
                                e -> {
                                    final int block = trace.blockAt(e.nanos());
                                    return new Offence(
                                            block,
                                            block >= 0 && e.nanos() <= trace.endNanos(block),
                                            e.text());
                                })
                        .toList();
        return new Count(kind, entries.size(), LIMIT, places);
    }
}
