// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import java.util.List;
import java.util.Map;

/**
 * A group of the header's functions that is mutated together.
 *
 * @param name as in {@link HeaderScenario#primitive}
 * @param prefixes what the names of its functions begin with
 * @param scenarios the primitives whose scenarios are to find its mutants
 */
record HeaderPrimitive(String name, List<String> prefixes, List<String> scenarios) {
    /** All of them. */
    static final List<HeaderPrimitive> ALL =
            List.of(
                    of("doorbell", "pb_doorbell_"),
                    of("dirty bits", "pb_dirty_"),
                    of("cells", "PB_CELL", "pb_counter_"),
                    of("voice states", "pb_voice_states_"),
                    of("role cell", "pb_role_cell_"),
                    of("meters", "pb_meter_"),
                    new HeaderPrimitive(
                            "snapshot",
                            List.of("pb_snapshot_", "pb_sequenced_"),
                            List.of("snapshot", "broadcast")),
                    of("broadcast", "pb_broadcast_"),
                    of("triple buffer", "pb_triple_", "pb_parameter_changes_"),
                    of("blob", "pb_blob_"),
                    new HeaderPrimitive(
                            "event queue",
                            List.of("pb_event_queue_"),
                            List.of("event queue", "shared event queue")),
                    of("shared event queue", "pb_shared_event_queue_"),
                    new HeaderPrimitive(
                            "ring", List.of("pb_ring_"), List.of("ring", "shared ring")),
                    of("shared ring", "pb_shared_ring_"),
                    of("sysex", "pb_sysex_"));

    /** What the names of functions begin with that have an order and run in no scenario, with the reason. */
    static final Map<String, String> NOT_IN_THE_MODEL =
            Map.of(
                    "pb_region_validate",
                    "one load, of the word that says that a region is ready, before anything else"
                            + " is looked at; the tests of attaching have it",
                    "pb_ring_death_order",
                    "no order of memory but of the compiler, for a process that is killed");

    private static HeaderPrimitive of(final String name, final String... prefixes) {
        return new HeaderPrimitive(name, List.of(prefixes), List.of(name));
    }

    /** The scenarios that are to find its mutants. */
    List<HeaderScenario> runs() {
        return HeaderScenarios.all().stream()
                .filter(scenario -> scenarios.contains(scenario.primitive()))
                .toList();
    }

    /** Whether a function is one of the group. */
    boolean has(final String function) {
        return prefixes.stream().anyMatch((function + "(")::startsWith);
    }

    /** Its mutants in a header. */
    List<HeaderMutant> mutants(final String header) {
        return HeaderMutant.of(header).stream().filter(m -> has(m.function())).toList();
    }
}
