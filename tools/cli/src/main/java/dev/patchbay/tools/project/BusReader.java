// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.AudioBus;
import dev.patchbay.layout.AudioBus.Direction;
import dev.patchbay.layout.Speakers;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.tools.project.BuildFile.Located;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the buses of a build file: {@code plugin.inputs} and {@code plugin.outputs} count the channels of one bus each; {@code buses}
 * takes their place where a plug-in has several of them, or lets the host choose among arrangements.
 */
final class BusReader {
    private static final int MOST_CHANNELS = 64;

    private BusReader() {}

    static List<AudioBus> read(final YamlMap top, final YamlMap plugin, final boolean instrument) {
        if (!top.has("buses")) {
            final List<AudioBus> usual = new ArrayList<>();
            final int inputs =
                    plugin.optionalInteger("inputs", 0, AudioBus.MAX_CHANNELS)
                            .orElse(instrument ? 0 : 2);
            if (inputs > 0) {
                usual.add(AudioBus.main(Direction.INPUT, inputs));
            }
            final int outputs =
                    plugin.optionalInteger("outputs", 1, AudioBus.MAX_CHANNELS).orElse(2);
            usual.add(AudioBus.main(Direction.OUTPUT, outputs));
            return usual;
        }
        for (final String key : List.of("inputs", "outputs")) {
            if (plugin.has(key)) {
                throw plugin.placeOf(key)
                        .error("is there beside buses, which say the same: allowed is one of both");
            }
        }
        final YamlMap map = top.map("buses", "inputs", "outputs");
        final List<AudioBus> buses = new ArrayList<>(buses(map, "inputs", Direction.INPUT));
        buses.addAll(buses(map, "outputs", Direction.OUTPUT));
        if (buses.size() > StandardRegion.MAX_BUSES) {
            throw top.placeOf("buses")
                    .error(
                            "has "
                                    + buses.size()
                                    + " buses, allowed are "
                                    + StandardRegion.MAX_BUSES);
        }
        return buses;
    }

    private static List<AudioBus> buses(
            final YamlMap map, final String key, final Direction direction) {
        final List<AudioBus> buses = new ArrayList<>();
        for (final YamlMap bus : map.optionalMaps(key, "name", "kind", "arrangements")) {
            buses.add(bus(bus, direction, buses.isEmpty()));
        }
        final int channels = AudioBus.channels(buses, direction);
        if (channels > MOST_CHANNELS) {
            throw map.placeOf(key)
                    .error("have " + channels + " channels together, allowed are " + MOST_CHANNELS);
        }
        return buses;
    }

    private static AudioBus bus(
            final YamlMap map, final Direction direction, final boolean isFirst) {
        final Located name =
                BuildFileReader.fitting(
                        map.text("name", "a text"), StandardStructs.BUS_INFO, "name");
        final boolean sideChain =
                map.has("kind")
                        && BuildFileReader.choice(
                                        map.text("kind", "main or side_chain"),
                                        List.of("main", "side_chain"))
                                .equals("side_chain");
        if (sideChain && isFirst) {
            throw map.placeOf("kind")
                    .error(
                            "is \"side_chain\" for the first bus, which hosts take for the main"
                                    + " one");
        }
        final List<Long> masks = new ArrayList<>();
        final Set<String> seen = new HashSet<>();
        for (final Located arrangement : map.texts("arrangements", "names of arrangements")) {
            final String chosen = BuildFileReader.choice(arrangement, Speakers.keys());
            if (!seen.add(chosen)) {
                throw arrangement.place().error("names \"" + chosen + "\" twice, allowed is once");
            }
            masks.add(Speakers.values()[Speakers.keys().indexOf(chosen)].mask());
        }
        if (masks.isEmpty() || masks.size() > AudioBus.MAX_ARRANGEMENTS) {
            throw map.placeOf("arrangements")
                    .error(
                            "names "
                                    + masks.size()
                                    + " arrangements, allowed are 1 to "
                                    + AudioBus.MAX_ARRANGEMENTS);
        }
        return new AudioBus(name.text(), direction, sideChain, masks);
    }
}
