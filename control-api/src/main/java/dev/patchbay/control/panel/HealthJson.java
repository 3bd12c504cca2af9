// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import dev.patchbay.atomics.Histogram;
import dev.patchbay.control.json.JsonValue;
import dev.patchbay.control.json.JsonValue.Array;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonValue.Number;
import dev.patchbay.control.json.JsonValue.Text;
import dev.patchbay.control.ui.UiHealth;
import dev.patchbay.control.ui.UiHistogram;
import dev.patchbay.control.ui.UiProcess;
import dev.patchbay.layout.StandardRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The health of an instance as JSON. */
final class HealthJson {
    /** A page draws a bar for so many buckets: four to a doubling. */
    private static final int TOGETHER = StandardRegion.HISTOGRAM_SUB_BUCKETS / 4;

    private static final Map<Integer, String> STATES =
            Map.of(
                    StandardRegion.RoleState.NONE, "none",
                    StandardRegion.RoleState.ATTACHED, "starting",
                    StandardRegion.RoleState.READY, "ready",
                    StandardRegion.RoleState.FAILED, "failed",
                    StandardRegion.RoleState.LEAVING, "leaving");

    private HealthJson() {}

    static JsonValue of(final UiHealth health) {
        return Members.empty()
                .with("blocks", whole(health.blocks()))
                .with("missed", whole(health.missedDeadlines()))
                .with("skipped", whole(health.skippedBlocks()))
                .with("dropped", whole(health.droppedEvents()))
                .with("roundTrips", histogram(health.roundTrips()))
                .with("renders", histogram(health.renders()))
                .with("processes", FrameJson.list(health.processes(), HealthJson::process));
    }

    private static JsonValue histogram(final UiHistogram histogram) {
        final List<JsonValue> bars = new ArrayList<>();
        for (int bucket = 0; bucket < histogram.buckets(); bucket += TOGETHER) {
            long count = 0;
            for (int i = bucket; i < bucket + TOGETHER; i++) {
                count += histogram.count(i);
            }
            if (count > 0) {
                bars.add(
                        Array.of(
                                List.of(
                                        micros(Histogram.lowestOf(bucket)),
                                        micros(Histogram.lowestOf(bucket + TOGETHER)),
                                        whole(count))));
            }
        }
        return Members.empty()
                .with("bars", Array.of(bars))
                .with("p50", micros(histogram.percentileNanos(0.5)))
                .with("p99", micros(histogram.percentileNanos(0.99)))
                .with("p999", micros(histogram.percentileNanos(0.999)))
                .with("max", micros(histogram.maxNanos()));
    }

    private static JsonValue process(final UiProcess process) {
        return Members.empty()
                .with("role", Text.of(process.role().name()))
                .with("pid", whole(process.pid()))
                .with("state", Text.of(STATES.getOrDefault(process.state(), "unknown")))
                .with("generation", whole(process.generation()))
                .with("collector", Text.of(process.collector()))
                .with("collections", whole(process.collections()))
                .with("pauses", whole(process.pauses()))
                .with("millis", whole(process.pauseMillis()))
                .with("longest", whole(process.longestMillis()));
    }

    private static Number micros(final long nanos) {
        return Number.of(nanos / 1000.0);
    }

    private static Number whole(final long value) {
        return new Number(Long.toString(value), 0);
    }
}
