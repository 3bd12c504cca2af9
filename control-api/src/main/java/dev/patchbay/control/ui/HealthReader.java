// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import java.util.List;

/** What was counted, looked at four times a second. For one thread. */
final class HealthReader {
    private static final long PERIOD_NANOS = 250_000_000L;
    private static final RegionDeclaration SHAPES = StandardRegion.prebuilt();

    private final Participant participant;
    private final Loads loads;
    private final CollectorPauses pauses = new CollectorPauses();
    private UiHealth last;
    private long readAt;

    HealthReader(final Participant participant) {
        this.participant = participant;
        this.loads = participant.region().loads();
    }

    UiHealth read(final long now) {
        if (last == null || now - readAt >= PERIOD_NANOS) {
            readAt = now;
            last =
                    new UiHealth(
                            counter(StandardRegion.BRIDGE_COUNTERS, "blocks"),
                            counter(StandardRegion.BRIDGE_COUNTERS, "missed_deadlines"),
                            counter(StandardRegion.BRIDGE_COUNTERS, "skipped_blocks"),
                            counter(StandardRegion.BRIDGE_COUNTERS, "dropped_events"),
                            histogram(
                                    StandardRegion.ROUND_TRIP_HISTOGRAM,
                                    counter(
                                            StandardRegion.BRIDGE_COUNTERS,
                                            "round_trip_max_nanos")),
                            histogram(
                                    StandardRegion.RENDER_HISTOGRAM,
                                    counter(StandardRegion.RT_COUNTERS, "render_max_nanos")),
                            List.of(engine(), control()));
        }
        return last;
    }

    private long counter(final String section, final String name) {
        final int index = SHAPES.section(section).indexOf(name);
        return loads.int64(participant.section(section).elementOffset(index));
    }

    private UiHistogram histogram(final String section, final long maxNanos) {
        final SectionEntry entry = participant.section(section);
        final long[] counts = new long[entry.count()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = loads.int64(entry.elementOffset(i));
        }
        return new UiHistogram(counts, maxNanos);
    }

    /** The engine tells its collections; without one there was no pause, and how long others were it does not tell. */
    private UiProcess engine() {
        final long collections = counter(StandardRegion.RT_COUNTERS, "collections");
        final long pauses = collections == 0 ? 0 : UiProcess.UNKNOWN;
        return process(Role.RT, collections, pauses, pauses, pauses);
    }

    private UiProcess control() {
        return process(
                Role.CONTROL,
                pauses.collections(),
                pauses.pauses(),
                pauses.millis(),
                pauses.longestMillis());
    }

    private UiProcess process(
            final Role role,
            final long collections,
            final long count,
            final long millis,
            final long longest) {
        final SectionEntry roles = participant.section(StandardRegion.ROLES);
        final int at = roles.elementOffset(role.code());
        // The state first: its acquire pairs with the release that follows all else.
        final int state = RoleCell.stateOf(loads, roles, role);
        return new UiProcess(
                role,
                loads.int32(at + StandardStructs.ROLE.offset("pid")),
                state,
                loads.int32(at + StandardStructs.ROLE.offset("generation")),
                RoleCell.collectorOf(loads, roles, role),
                collections,
                count,
                millis,
                longest);
    }
}
