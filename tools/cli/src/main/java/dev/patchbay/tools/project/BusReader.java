// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.AudioBus;
import dev.patchbay.layout.AudioBus.Direction;
import dev.patchbay.layout.Speakers;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.project.MapShape.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the buses of a build file: {@code plugin.inputs} and {@code plugin.outputs} count the channels of one bus each; {@code buses}
 * takes their place where a plug-in has several of them, or lets the host choose among arrangements.
 */
final class BusReader {
    private static final int MOST_CHANNELS = 64;

    /** What a schema says of {@link #checkOneOfBoth}. */
    static final Map<String, Object> ONE_OF_BOTH_SCHEMA = oneOfBothSchema();

    /** What a schema says of the first bus; the sum of the channels is the reader's. */
    static final Map<String, Object> FIRST_SCHEMA =
            Map.of(
                    "allOf",
                    List.of(
                            Map.of(
                                    "prefixItems",
                                    List.of(
                                            Map.of(
                                                    "properties",
                                                    Map.of("kind", Map.of("const", "main")))))));

    private BusReader() {}

    static List<AudioBus> read(final Values top, final boolean instrument) {
        final Optional<Values> declared = top.find(BuildFileKeys.BUSES_MAP);
        if (declared.isPresent()) {
            final List<AudioBus> buses =
                    new ArrayList<>(
                            buses(declared.get().get(BuildFileKeys.BUS_INPUTS), Direction.INPUT));
            buses.addAll(buses(declared.get().get(BuildFileKeys.BUS_OUTPUTS), Direction.OUTPUT));
            return List.copyOf(buses);
        }
        final Values plugin = top.get(BuildFileKeys.PLUGIN_MAP);
        final List<AudioBus> usual = new ArrayList<>();
        final int inputs = plugin.find(BuildFileKeys.INPUTS).orElse(instrument ? 0 : 2);
        if (inputs > 0) {
            usual.add(AudioBus.main(Direction.INPUT, inputs));
        }
        usual.add(AudioBus.main(Direction.OUTPUT, plugin.get(BuildFileKeys.OUTPUTS)));
        return List.copyOf(usual);
    }

    private static List<AudioBus> buses(final List<Values> declared, final Direction direction) {
        return declared.stream()
                .map(
                        bus ->
                                new AudioBus(
                                        bus.get(BuildFileKeys.BUS_NAME).text(),
                                        direction,
                                        bus.get(BuildFileKeys.SIDE_CHAIN),
                                        bus.get(BuildFileKeys.ARRANGEMENTS).stream()
                                                .map(Speakers::mask)
                                                .toList()))
                .toList();
    }

    /** The first bus each way is a main one, and the blocks have room for their channels. */
    static void check(final Place at, final List<Values> buses, final Problems problems) {
        if (!buses.isEmpty() && buses.get(0).get(BuildFileKeys.SIDE_CHAIN)) {
            problems.add(
                    buses.get(0)
                            .place(BuildFileKeys.SIDE_CHAIN)
                            .error(
                                    "is \"side_chain\" for the first bus, which hosts take for the"
                                            + " main one"));
        }
        // The direction does not matter to a count.
        final int channels = AudioBus.channels(buses(buses, Direction.OUTPUT), Direction.OUTPUT);
        if (channels > MOST_CHANNELS) {
            throw at.error("have " + channels + " channels together, allowed are " + MOST_CHANNELS);
        }
    }

    /** The region has room for so many of both directions. */
    static void checkCount(final Place at, final Values buses, final Problems problems) {
        final int count =
                buses.get(BuildFileKeys.BUS_INPUTS).size()
                        + buses.get(BuildFileKeys.BUS_OUTPUTS).size();
        if (count > StandardRegion.MAX_BUSES) {
            throw at.error("has " + count + " buses, allowed are " + StandardRegion.MAX_BUSES);
        }
    }

    /** Two statements of the same channels could differ. */
    static void checkOneOfBoth(final Place at, final Values file, final Problems problems) {
        if (file.find(BuildFileKeys.BUSES_MAP).isEmpty()) {
            return;
        }
        final Values plugin = file.get(BuildFileKeys.PLUGIN_MAP);
        for (final Key<Integer> key : List.of(BuildFileKeys.INPUTS, BuildFileKeys.OUTPUTS)) {
            if (plugin.find(key).isPresent()) {
                problems.add(
                        plugin.place(key)
                                .error(
                                        "is there beside buses, which say the same: allowed is one"
                                                + " of both"));
            }
        }
    }

    private static Map<String, Object> oneOfBothSchema() {
        final Map<String, Object> neither = new LinkedHashMap<>();
        neither.put("inputs", false);
        neither.put("outputs", false);
        final Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("if", Map.of("required", List.of("buses")));
        schema.put("then", Map.of("properties", Map.of("plugin", Map.of("properties", neither))));
        return schema;
    }
}
