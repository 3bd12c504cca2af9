// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.AudioBus;
import dev.patchbay.layout.Speakers;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import dev.patchbay.tools.project.BuildFile.Located;
import java.util.List;
import java.util.Map;

/**
 * The keys of {@code build.yaml}: the one place that says what they are called, what their values may be and what they are for.
 * The reader reads by them, and the published schema is made of them.
 */
final class BuildFileKeys {
    private static final int MOST_PARAMETERS = 16_384;
    private static final int MOST_VOICES = 1_024;

    private static final long KIB = 1L << 10;
    private static final long GIB = 1L << 30;

    private static final StandardRegion.Counts COUNTS = StandardRegion.Counts.DEFAULT;

    static final TextShape CLASS_NAME =
            TextShape.of("the full name of a class")
                    .matching("[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*");

    // plugin

    static final Key<Located> NAME =
            Key.required(
                    "name",
                    identity("name")
                            .withExpected(
                                    "a name that can be a file's: no slash, backslash or colon, and"
                                            + " no full stop at its start")
                            .matching(
                                    "[^/\\\\:.\\u0000-\\u001f\\u007f][^/\\\\:\\u0000-\\u001f\\u007f]*"),
                    "What hosts show, and the name of the bundle and of the library in it.");
    static final Key<Located> VENDOR =
            Key.required("vendor", identity("vendor"), "Who made it, as hosts show it.");
    static final Key<Located> VERSION =
            Key.required(
                    "version",
                    identity("version")
                            .withExpected("a version such as 1.0.0")
                            .matching("[0-9]+(\\.[0-9]+){0,3}([-+][0-9A-Za-z.-]+)?")
                            .orNumber(),
                    "The version of the plug-in.");
    static final Key<Located> URL =
            Key.optional("url", identity("url").orEmpty(), "Where its users find more.");
    static final Key<Located> EMAIL =
            Key.optional("email", identity("email").orEmpty(), "Where its users get help.");
    static final Key<Boolean> INSTRUMENT =
            Key.required(
                    "kind",
                    ChoiceShape.of(
                            List.of(true, false),
                            instrument -> instrument ? "instrument" : "effect"),
                    "An instrument makes sound from notes, an effect from sound.");
    static final Key<Located> CATEGORY =
            Key.optional(
                    "category",
                    identity("category").orEmpty(),
                    "VST3 sub-categories, with | between them [Instrument|Synth, or Fx].");
    static final Key<Integer> INPUTS =
            Key.optional(
                    "inputs",
                    new NumberShape(0, AudioBus.MAX_CHANNELS),
                    "Audio channels of the one input bus [0 for an instrument, 2 for an effect].");
    static final Key<Integer> OUTPUTS =
            Key.optional(
                    "outputs",
                    new NumberShape(1, AudioBus.MAX_CHANNELS),
                    "Audio channels of the one output bus.",
                    COUNTS.outputChannels());
    static final Key<Located> UID =
            Key.optional(
                    "uid",
                    TextShape.of("32 hexadecimal digits, in quotes").matching("[0-9A-Fa-f]{32}"),
                    "The id by which hosts and sessions know the plug-in, for ever. Without it, it"
                            + " follows from vendor and name, and changes with them.");
    static final Key<Located> SNAPSHOT =
            Key.optional(
                    "snapshot",
                    TextShape.of("a PNG file"),
                    "A picture for hosts' lists, beside this file. Without it, one is drawn.");

    // buses

    static final Key<Located> BUS_NAME =
            Key.required("name", room(StandardStructs.BUS_INFO, "name"), "What hosts show of it.");
    static final Key<Boolean> SIDE_CHAIN =
            Key.optional(
                    "kind",
                    ChoiceShape.of(List.of(false, true), side -> side ? "side_chain" : "main"),
                    "A side chain is left inactive until something is connected to it. The first"
                            + " bus each way is a main one.",
                    false);
    static final Key<List<Speakers>> ARRANGEMENTS =
            Key.required(
                    "arrangements",
                    ListShape.of(
                                    ChoiceShape.of(List.of(Speakers.values()), Speakers::key)
                                            .withHint(" (in quotes, where it is a number)"),
                                    "names of arrangements")
                            .ofFromTo(1, AudioBus.MAX_ARRANGEMENTS),
                    "The speaker arrangements among which hosts choose; the first is the default.");
    static final Key<List<MapShape.Values>> BUS_INPUTS =
            buses("inputs", "The buses into the plug-in.");
    static final Key<List<MapShape.Values>> BUS_OUTPUTS =
            buses("outputs", "The buses out of the plug-in.");

    // shared_memory

    static final Key<String> LAYOUT =
            Key.required(
                    "layout",
                    ChoiceShape.of(List.of("standard"), layout -> layout),
                    "The layout of the region.");
    static final Key<Located> PARAMETERS =
            Key.required(
                    "parameters",
                    CLASS_NAME,
                    "The class that names the parameters: a ParameterSource.");
    static final Key<Long> SIZE =
            Key.required(
                    "size",
                    new SizeShape(4 * KIB, GIB),
                    "The most memory that an instance's region may take; too little is refused with"
                            + " what the layout needs.");
    static final Key<Integer> MAX_PARAMETERS =
            Key.optional(
                    "max_parameters",
                    new NumberShape(1, MOST_PARAMETERS),
                    "How many parameters the region has room for.",
                    COUNTS.parameters());
    static final Key<Integer> VOICES =
            Key.optional(
                    "voices",
                    new NumberShape(1, MOST_VOICES),
                    "How many voices the region shows.",
                    COUNTS.voices());

    // automation

    static final Key<Integer> AUTOMATION_POINTS =
            Key.optional(
                    "points",
                    new NumberShape(1, StandardRegion.MOST_AUTOMATION_POINTS),
                    "How many points of automation the region has room for, of all lanes together."
                            + " Without it, "
                            + (COUNTS.automationEntries() - 1)
                            + " lanes and points.");

    // The file

    static final Key<MapShape.Values> PLUGIN_MAP =
            Key.required(
                    "plugin",
                    new MapShape(
                            List.of(
                                    NAME,
                                    VENDOR,
                                    VERSION,
                                    URL,
                                    EMAIL,
                                    INSTRUMENT,
                                    CATEGORY,
                                    INPUTS,
                                    OUTPUTS,
                                    UID,
                                    SNAPSHOT)),
                    "What hosts know of the plug-in.");
    static final Key<MapShape.Values> BUSES_MAP =
            Key.optional(
                    "buses",
                    new CheckedShape<>(
                            new MapShape(List.of(BUS_INPUTS, BUS_OUTPUTS)),
                            BusReader::checkCount,
                            Map.of()),
                    "The audio buses of a plug-in that has several, or lets the host choose their"
                            + " arrangements. They take the place of inputs and outputs under"
                            + " plugin.");
    static final Key<MapShape.Values> RT_MAP =
            Key.required("rt", ModuleKeys.RT, "The module that makes the sound.");
    static final Key<MapShape.Values> CONTROL_MAP =
            Key.required("control", ModuleKeys.CONTROL, "The module that does all else.");
    static final Key<MapShape.Values> UI_MAP =
            Key.optional(
                    "ui",
                    ModuleKeys.UI,
                    "The module that says what the panel shows of the plug-in's own, for a control"
                        + " module in a JVM. Without it that is the control module itself, if it"
                        + " implements UiModule.");
    static final Key<MapShape.Values> MODULES_MAP =
            Key.required(
                    "modules", new MapShape(List.of(RT_MAP, CONTROL_MAP, UI_MAP)), "The modules.");
    static final Key<MapShape.Values> MEMORY_MAP =
            Key.required(
                    "shared_memory",
                    new MapShape(List.of(LAYOUT, PARAMETERS, SIZE, MAX_PARAMETERS, VOICES)),
                    "The memory that host, sound and control share.");
    static final Key<MapShape.Values> MIDI_MAP =
            Key.optional("midi", MidiKeys.MIDI, "The MIDI that comes and goes.");

    static final Key<MapShape.Values> AUTOMATION_MAP =
            Key.optional(
                    "automation",
                    new MapShape(List.of(AUTOMATION_POINTS)),
                    "How parameters move with the host's song.");

    static final Shape<MapShape.Values> FILE =
            new CheckedShape<>(
                    new MapShape(
                            List.of(
                                    PLUGIN_MAP,
                                    BUSES_MAP,
                                    MODULES_MAP,
                                    MEMORY_MAP,
                                    MIDI_MAP,
                                    AUTOMATION_MAP)),
                    BusReader::checkOneOfBoth,
                    BusReader.ONE_OF_BOTH_SCHEMA);

    private BuildFileKeys() {}

    private static TextShape identity(final String field) {
        return room(StandardStructs.PLUGIN_INFO, field);
    }

    /** A text for which a struct of the region has a field, with so much room and no more. */
    static TextShape room(final StructType struct, final String field) {
        return TextShape.of("a text").ofAtMost(struct.field(field).count() - 1);
    }

    private static Key<List<MapShape.Values>> buses(final String name, final String about) {
        return Key.optional(
                name,
                new CheckedShape<>(
                        ListShape.of(
                                        new MapShape(List.of(BUS_NAME, SIDE_CHAIN, ARRANGEMENTS)),
                                        "mappings")
                                .orTheSameAgain()
                                .ofFromTo(0, StandardRegion.MAX_BUSES),
                        BusReader::check,
                        BusReader.FIRST_SCHEMA),
                about,
                List.of());
    }
}
