// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.AudioBus;
import dev.patchbay.layout.DeclaredExpression;
import dev.patchbay.layout.DeclaredExpression.Gesture;
import dev.patchbay.layout.EngineRegion.Share;
import dev.patchbay.layout.NoteExpression;
import dev.patchbay.layout.Speakers;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import dev.patchbay.tools.project.BuildFile.Located;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The keys of {@code build.yaml}: the one place that says what they are called, what their values may be and what they are for.
 * The reader reads by them, and the published schema is made of them.
 */
final class BuildFileKeys {
    private static final int MOST_PARAMETERS = 16_384;
    private static final int MOST_VOICES = 1_024;

    /** Beside the MIDI controllers 0 to 127, as the region's description of the plug-in numbers them. */
    static final int CHANNEL_PRESSURE = 128;

    static final int PITCH_WHEEL = 129;

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static final StandardRegion.Counts COUNTS = StandardRegion.Counts.DEFAULT;

    private static final TextShape CLASS_NAME =
            TextShape.of("the full name of a class")
                    .matching("[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*");
    private static final TextShape PATH = TextShape.of("a jar or a folder of classes");

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

    // modules.rt, modules.control

    static final Key<String> MODULE_KIND =
            Key.optional(
                    "kind",
                    ChoiceShape.of(List.of("jvm"), kind -> kind),
                    "What the module is: a class that runs in a JVM of its own.",
                    "jvm");
    static final Key<Located> CLASS =
            Key.required("class", CLASS_NAME, "The class that is the module.");
    static final Key<List<Located>> PATHS =
            Key.optional(
                    "path",
                    ListShape.of(PATH, "jars and folders of classes").orOneAlone(),
                    "Where classes are that this module alone needs: jars or folders, beside this"
                            + " file. What both need is on the class path.",
                    List.of());
    static final Key<Collector> RT_GC =
            gc(List.of(Collector.values()), "disabled has none: real-time code frees nothing.");

    /** A control module allocates by nature, so it cannot do without a collector. */
    static final Key<Collector> CONTROL_GC =
            gc(
                    Arrays.stream(Collector.values())
                            .filter(collector -> collector != Collector.DISABLED)
                            .toList(),
                    "normal is ZGC, whose pauses do not grow with the heap.");

    static final Key<Long> HEAP =
            Key.optional(
                    "heap",
                    new SizeShape(16 * MIB, 64 * GIB),
                    "The most heap that its JVM may have.",
                    256 * MIB);
    static final Key<List<Located>> EXPORTS =
            Key.required(
                    "exports",
                    ListShape.of(TextShape.of("the name of a method"), "method names"),
                    "The methods of the module's interface that it implements.");
    static final Key<List<Located>> JVM_FLAGS =
            Key.optional(
                    "jvm_flags",
                    ListShape.of(
                            TextShape.of(JvmFlags.EXPECTED).checkedBy(JvmFlags::check),
                            "options of the JVM"),
                    "Further options of its JVM, for which there is no key.",
                    List.of());
    static final Key<Share> SHARE =
            Key.optional(
                    "share",
                    ChoiceShape.of(
                            List.of(Share.values()),
                            share -> share.name().toLowerCase(Locale.ROOT)),
                    "bundle: all instances in a host play in one process. instance: each has its"
                            + " own.",
                    Share.BUNDLE);
    static final Key<Boolean> SPARE =
            Key.optional(
                    "spare",
                    new TruthShape(),
                    "Whether a second engine process is kept warm, for when the first one dies.",
                    false);
    static final Key<Boolean> AOT =
            Key.optional(
                    "aot",
                    new TruthShape(),
                    "Whether the bundle has an AOT cache; without this key, where one can be"
                            + " made.");

    static final MapShape RT =
            new MapShape(
                    List.of(
                            CLASS,
                            RT_GC,
                            HEAP,
                            EXPORTS,
                            JVM_FLAGS,
                            SHARE,
                            SPARE,
                            AOT,
                            MODULE_KIND,
                            PATHS));
    static final MapShape CONTROL =
            new MapShape(List.of(CLASS, CONTROL_GC, HEAP, EXPORTS, JVM_FLAGS, MODULE_KIND, PATHS));

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

    // midi

    static final Key<List<Integer>> CONTROLLERS =
            Key.optional(
                    "controllers",
                    ListShape.of(new NumberShape(0, PITCH_WHEEL), "whole numbers"),
                    "The MIDI controllers that reach the plug-in, 0 to 127. Channel pressure ("
                            + CHANNEL_PRESSURE
                            + ") and the pitch wheel ("
                            + PITCH_WHEEL
                            + ") always do.",
                    List.of());

    static final Key<Boolean> EVENT_OUTPUT =
            Key.optional(
                    "output",
                    new TruthShape(),
                    "Whether the module plays notes and controllers to the host.",
                    false);
    static final Key<NoteExpression.Range> EXPRESSION_TYPE =
            Key.required(
                    "type",
                    ChoiceShape.of(NoteExpression.all(), NoteExpression.Range::name),
                    "What it changes of a note; custom is one of the plug-in's own.");
    static final Key<Integer> EXPRESSION_NUMBER =
            Key.optional(
                    "number",
                    new NumberShape(0, DeclaredExpression.MAX_NUMBER),
                    "Which of the plug-in's own it is, for the type custom alone [0].");
    static final Key<Located> EXPRESSION_NAME =
            Key.optional(
                    "name",
                    room(StandardStructs.NOTE_EXPRESSION_INFO, "name"),
                    "What hosts show of it [that of its type; custom must have one].");
    static final Key<Located> EXPRESSION_SHORT_NAME =
            Key.optional(
                    "short_name",
                    room(StandardStructs.NOTE_EXPRESSION_INFO, "short_name"),
                    "The same in few letters [the name].");
    static final Key<Gesture> GESTURE =
            Key.optional(
                    "gesture",
                    ChoiceShape.of(
                            Arrays.stream(Gesture.values()).filter(g -> g != Gesture.NONE).toList(),
                            gesture -> gesture.name().toLowerCase(Locale.ROOT)),
                    "Which movement on a key plays it, on keyboards that sense more than keys.");
    static final Key<List<MapShape.Values>> NOTE_EXPRESSIONS =
            Key.optional(
                    "note_expressions",
                    new CheckedShape<>(
                            ListShape.of(
                                            new CheckedShape<>(
                                                    new MapShape(
                                                            List.of(
                                                                    EXPRESSION_TYPE,
                                                                    EXPRESSION_NUMBER,
                                                                    EXPRESSION_NAME,
                                                                    EXPRESSION_SHORT_NAME,
                                                                    GESTURE)),
                                                    MidiReader::checkExpression,
                                                    MidiReader.EXPRESSION_SCHEMA),
                                            "mappings")
                                    .orTheSameAgain()
                                    .ofFromTo(0, StandardRegion.MAX_NOTE_EXPRESSIONS),
                            MidiReader::checkExpressions,
                            Map.of()),
                    "The note expressions that the plug-in understands, so that hosts offer them.",
                    List.of());

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
            Key.required("rt", RT, "The module that makes the sound.");
    static final Key<MapShape.Values> CONTROL_MAP =
            Key.required("control", CONTROL, "The module that does all else.");
    static final Key<MapShape.Values> MODULES_MAP =
            Key.required(
                    "modules",
                    new MapShape(List.of(RT_MAP, CONTROL_MAP)),
                    "The modules, each of which runs in a process of its own.");
    static final Key<MapShape.Values> MEMORY_MAP =
            Key.required(
                    "shared_memory",
                    new MapShape(List.of(LAYOUT, PARAMETERS, SIZE, MAX_PARAMETERS, VOICES)),
                    "The memory that host, sound and control share.");
    static final Key<MapShape.Values> MIDI_MAP =
            Key.optional(
                    "midi",
                    new MapShape(List.of(CONTROLLERS, EVENT_OUTPUT, NOTE_EXPRESSIONS)),
                    "The MIDI that comes and goes.");

    static final Shape<MapShape.Values> FILE =
            new CheckedShape<>(
                    new MapShape(List.of(PLUGIN_MAP, BUSES_MAP, MODULES_MAP, MEMORY_MAP, MIDI_MAP)),
                    BusReader::checkOneOfBoth,
                    BusReader.ONE_OF_BOTH_SCHEMA);

    private BuildFileKeys() {}

    private static TextShape identity(final String field) {
        return room(StandardStructs.PLUGIN_INFO, field);
    }

    /** A text for which a struct of the region has a field, with so much room and no more. */
    private static TextShape room(final StructType struct, final String field) {
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

    private static Key<Collector> gc(final List<Collector> allowed, final String more) {
        return Key.required(
                "gc", ChoiceShape.of(allowed, Collector::key), "The garbage collector; " + more);
    }
}
