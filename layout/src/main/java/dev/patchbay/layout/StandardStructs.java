// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.FieldType.FLOAT32;
import static dev.patchbay.layout.FieldType.FLOAT64;
import static dev.patchbay.layout.FieldType.INT32;
import static dev.patchbay.layout.FieldType.INT64;
import static dev.patchbay.layout.FieldType.INT8;
import static dev.patchbay.layout.FieldType.UINT32;
import static dev.patchbay.layout.FieldType.UINT64;

/** The structs of the standard plug-in region. */
public final class StandardStructs {
    /** What a host must know of the plug-in before any process runs. */
    public static final StructType PLUGIN_INFO =
            StructType.named("plugin_info", "The plug-in's identity, baked when it was built.")
                    .text("name", 64, "")
                    .text("vendor", 64, "")
                    .text("version", 32, "")
                    .text("url", 128, "")
                    .text("email", 128, "")
                    .text("category", 64, "the host's sub-categories, such as Instrument|Synth")
                    .array(INT8, "uid", 16, "the class id")
                    .array(
                            INT8,
                            "controllers",
                            136,
                            "1 where the MIDI controller of this number is wanted")
                    .field(INT32, "instrument", "1 for an instrument, 0 for an effect")
                    .field(INT32, "parameter_count", "how many of the parameter cells are in use")
                    .field(INT32, "bus_count", "how many of the buses there are")
                    .field(INT32, "note_expression_count", "how many of them there are")
                    .field(INT32, "event_output", "1 where the module plays events to the host")
                    .build();

    /** A bus of the plug-in. */
    public static final StructType BUS_INFO =
            StructType.named("bus_info", "A bus, baked when the plug-in was built.")
                    .array(
                            UINT64,
                            "arrangements",
                            AudioBus.MAX_ARRANGEMENTS,
                            "speakers, one bit each as VST 3 has them; the first is the default, 0"
                                    + " ends them")
                    .field(UINT32, "first_channel", "where it begins among its direction's")
                    .field(UINT32, "channels", "of its largest arrangement")
                    .field(INT32, "output", "1 for an output, 0 for an input")
                    .field(INT32, "side_chain", "1 for an auxiliary bus")
                    .text("name", 64, "")
                    .build();

    /** A note expression that the plug-in understands. */
    public static final StructType NOTE_EXPRESSION_INFO =
            StructType.named(
                            "note_expression_info",
                            "A note expression, baked when the plug-in was built.")
                    .field(FLOAT64, "minimum", "what a normalized 0 stands for")
                    .field(FLOAT64, "maximum", "what a normalized 1 stands for")
                    .field(FLOAT64, "neutral", "normalized: of a note without it")
                    .field(INT32, "expression", "see the events' expressions")
                    .field(INT32, "number", "which of the plug-in's own it is")
                    .field(INT32, "gesture", "see the gestures")
                    .field(INT32, "reserved", "0")
                    .text("name", 64, "")
                    .text("short_name", 32, "")
                    .text("unit", 32, "")
                    .build();

    /** How one module's process is started. */
    public static final StructType MODULE_INFO =
            StructType.named("module_info", "The command line of one module's process.")
                    .field(INT32, "argument_count", "0 where the plug-in has no such module")
                    .field(INT32, "ready_millis", "how long it may take to become ready")
                    .text(
                            "arguments",
                            6136,
                            "each ends with a 0 byte; {names} in braces are replaced")
                    .build();

    /** One parameter as a host and a person see it. */
    public static final StructType PARAMETER_INFO =
            StructType.named("parameter_info", "One parameter, baked when the plug-in was built.")
                    .field(FLOAT64, "minimum", "plain")
                    .field(FLOAT64, "maximum", "plain")
                    .field(FLOAT64, "default_plain", "")
                    .field(FLOAT64, "default_normalized", "")
                    .field(FLOAT64, "exponent", "of a power scale")
                    .field(UINT32, "id", "stable: hosts store automation by it")
                    .field(INT32, "step_count", "0: continuous")
                    .field(INT32, "scale", "one of the scales")
                    .field(INT32, "flags", "see the parameter flags")
                    .text("symbol", 48, "")
                    .text("name", 64, "")
                    .text("short_name", 32, "")
                    .text("unit", 16, "")
                    .text("group_name", 48, "")
                    .text("value_names", 256, "one a line")
                    .build();

    /** One participant. Its own process writes the cell. */
    public static final StructType ROLE =
            StructType.named("role", "One participant; written by its own process alone.")
                    .field(INT32, "pid", "0 where there is none")
                    .field(INT32, "state", "see the role states; release after all else")
                    .field(
                            UINT64,
                            "start_time",
                            "of the process, in clock ticks since boot: pids are reused")
                    .field(UINT64, "heartbeat_nanos", "CLOCK_MONOTONIC of the last sign of life")
                    .field(UINT32, "generation", "1 for the first process in this role, and so on")
                    .field(UINT32, "reserved", "0")
                    .field(UINT64, "text_sequence", "odd while one of the texts is written")
                    .text("collector", 48, "the garbage collector, as the runtime names it")
                    .text("message", 296, "why the state is what it is")
                    .build();

    /** A parameter as its writer last changed it. */
    public static final StructType PARAMETER_CHANGE =
            StructType.named("parameter_change", "A parameter as its writer last changed it.")
                    .field(FLOAT32, "value", "normalized")
                    .field(UINT32, "transaction", "number of the change that set it; 0: never")
                    .build();

    /** One way from a MIDI controller to a parameter. */
    public static final StructType MIDI_MAPPING =
            StructType.named("midi_mapping", "One way from a MIDI controller to a parameter.")
                    .field(FLOAT64, "minimum", "normalized, where the controller is lowest")
                    .field(FLOAT64, "maximum", "normalized, where the controller is highest")
                    .field(FLOAT64, "exponent", "of the curve between them; 1: linear")
                    .field(FLOAT64, "step", "normalized, for one step of a relative controller")
                    .field(INT32, "source", "one of the MIDI sources; 0: the table ends here")
                    .field(INT32, "channel", "0 to 15; -1: any")
                    .field(INT32, "number", "of controller, pair, key or NRPN; -1: any key")
                    .field(INT32, "mode", "one of the MIDI modes")
                    .field(INT32, "parameter_index", "in the order of the declaration")
                    .field(INT32, "reserved", "0")
                    .build();

    /** Where the host is in its song. */
    public static final StructType TRANSPORT =
            StructType.named("transport", "Where the host is in its song.")
                    .field(INT64, "position_samples", "")
                    .field(FLOAT64, "position_quarters", "")
                    .field(FLOAT64, "tempo", "quarter notes per minute")
                    .field(FLOAT64, "sample_rate", "in Hz")
                    .field(INT32, "signature_numerator", "")
                    .field(INT32, "signature_denominator", "")
                    .field(INT32, "playing", "1 while the host plays")
                    .field(INT32, "reserved", "0")
                    .build();

    /** How the host's audio thread is scheduled. */
    public static final StructType AUDIO_THREAD =
            StructType.named("audio_thread", "How the host's audio thread is scheduled.")
                    .field(INT32, "thread", "its id as the host's process sees it; 0: none yet")
                    .field(INT32, "policy", "as sched_getscheduler(2) gives it, without its flags")
                    .field(INT32, "priority", "1 to 99 under SCHED_FIFO and SCHED_RR, else 0")
                    .field(INT32, "reserved", "0")
                    .build();

    /** What the system has granted to RT's thread. */
    public static final StructType RT_CONDITIONS =
            StructType.named("rt_conditions", "What the system has granted to RT's thread.")
                    .field(INT32, "thread", "its id as its process sees it; 0: none yet")
                    .field(INT32, "policy", "that it has: a number of sched_setscheduler(2)")
                    .field(INT32, "priority", "1 to 99 under SCHED_FIFO and SCHED_RR, else 0")
                    .field(INT32, "scheduling", "see the grants: the audio thread's priority")
                    .field(INT32, "region_memory", "see the grants: the region locked in memory")
                    .field(INT32, "process_memory", "see the grants: all other memory locked")
                    .field(INT32, "denormals", "see the grants: taken as 0")
                    .field(INT32, "reserved", "0")
                    .text("scheduling_report", 448, "a sentence; what was refused has its remedy")
                    .text("memory_report", 320, "likewise")
                    .text("denormals_report", 160, "likewise")
                    .build();

    /** The start of a message in the log of RT; its text follows. */
    public static final StructType LOG_RECORD =
            StructType.named("log_record", "The start of a log message; the text follows.")
                    .field(INT64, "nanos", "CLOCK_MONOTONIC when it was put")
                    .field(INT32, "level", "see the log levels")
                    .field(INT32, "text_length", "bytes of UTF-8, without a 0 at the end")
                    .field(
                            INT32,
                            "argument_count",
                            "0 to 2: they replace each a {} of the text, in order")
                    .field(UINT32, "doubles", "bit n is 1 where argument n is a float64")
                    .array(UINT64, "arguments", 2, "the bits of an int64 or a float64")
                    .build();

    private StandardStructs() {}
}
