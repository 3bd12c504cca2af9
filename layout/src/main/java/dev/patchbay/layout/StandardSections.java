// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.StandardRegion.AUDIO;
import static dev.patchbay.layout.StandardRegion.AUDIO_THREAD;
import static dev.patchbay.layout.StandardRegion.AUTOMATION;
import static dev.patchbay.layout.StandardRegion.AUTOMATION_HANDS;
import static dev.patchbay.layout.StandardRegion.BRIDGE_COUNTERS;
import static dev.patchbay.layout.StandardRegion.BUSES;
import static dev.patchbay.layout.StandardRegion.BUS_CHANNELS;
import static dev.patchbay.layout.StandardRegion.CONTROL_COUNTERS;
import static dev.patchbay.layout.StandardRegion.CONTROL_EVENTS;
import static dev.patchbay.layout.StandardRegion.DIRTY_FROM_RT;
import static dev.patchbay.layout.StandardRegion.GONE;
import static dev.patchbay.layout.StandardRegion.HELD;
import static dev.patchbay.layout.StandardRegion.HOST_EVENTS;
import static dev.patchbay.layout.StandardRegion.HOST_EVENT_DATA;
import static dev.patchbay.layout.StandardRegion.HOST_EVENT_DATA_BYTES;
import static dev.patchbay.layout.StandardRegion.MIDI_MAP;
import static dev.patchbay.layout.StandardRegion.MIDI_MAPPINGS;
import static dev.patchbay.layout.StandardRegion.MODULES;
import static dev.patchbay.layout.StandardRegion.NOTE_EXPRESSIONS;
import static dev.patchbay.layout.StandardRegion.NOTIFICATIONS;
import static dev.patchbay.layout.StandardRegion.OUTPUT_LEVELS;
import static dev.patchbay.layout.StandardRegion.PARAMETERS;
import static dev.patchbay.layout.StandardRegion.PARAMETERS_FROM_CONTROL;
import static dev.patchbay.layout.StandardRegion.PARAMETERS_FROM_HOST;
import static dev.patchbay.layout.StandardRegion.PARAMETER_INFO;
import static dev.patchbay.layout.StandardRegion.PLUGIN;
import static dev.patchbay.layout.StandardRegion.RENDER_HISTOGRAM;
import static dev.patchbay.layout.StandardRegion.ROLES;
import static dev.patchbay.layout.StandardRegion.ROLE_COUNT;
import static dev.patchbay.layout.StandardRegion.ROUND_TRIP_HISTOGRAM;
import static dev.patchbay.layout.StandardRegion.RT_CONDITIONS;
import static dev.patchbay.layout.StandardRegion.RT_COUNTERS;
import static dev.patchbay.layout.StandardRegion.RT_EVENTS;
import static dev.patchbay.layout.StandardRegion.RT_LOG;
import static dev.patchbay.layout.StandardRegion.RT_LOG_BYTES;
import static dev.patchbay.layout.StandardRegion.STATE_FROM_CONTROL;
import static dev.patchbay.layout.StandardRegion.STATE_TO_CONTROL;
import static dev.patchbay.layout.StandardRegion.TRANSPORT;
import static dev.patchbay.layout.StandardRegion.VOICE_LEVELS;
import static dev.patchbay.layout.StandardRegion.VOICE_STATES;

import dev.patchbay.layout.StandardRegion.Counts;
import dev.patchbay.layout.StandardRegion.Phase;
import java.util.Set;

/**
 * The declaration of {@link StandardRegion}: which sections there are, of which kind, whose, and how large. A method for each theme, in
 * the order of the bytes.
 */
final class StandardSections {
    private StandardSections() {}

    static RegionDeclaration declare(final Counts n) {
        final RegionBuilder region = RegionDeclaration.named("standard");
        identity(region, n);
        parameters(region, n);
        levels(region, n);
        host(region);
        events(region, n);
        blocks(region, n);
        state(region, n);
        counts(region);
        times(region);
        profile(region);
        return region.build();
    }

    /** What the plug-in is, and who takes part. */
    private static void identity(final RegionBuilder region, final Counts n) {
        region.constants(PLUGIN, "the plug-in's identity", StandardStructs.PLUGIN_INFO, 1)
                .constants(
                        MODULES,
                        "how each role's process is started",
                        StandardStructs.MODULE_INFO,
                        ROLE_COUNT)
                .constants(
                        PARAMETER_INFO,
                        "the parameters' descriptions",
                        StandardStructs.PARAMETER_INFO,
                        n.parameters())
                .constants(
                        BUSES,
                        "the plug-in's buses, inputs first",
                        StandardStructs.BUS_INFO,
                        StandardRegion.MAX_BUSES)
                .constants(
                        NOTE_EXPRESSIONS,
                        "the note expressions that the plug-in understands",
                        StandardStructs.NOTE_EXPRESSION_INFO,
                        StandardRegion.MAX_NOTE_EXPRESSIONS)
                .roles(ROLES, "who takes part; each role writes its own cell", Role.STANDARD)
                .array(
                        GONE,
                        "pid of the process of each role that is known to have ended",
                        Role.BRIDGE,
                        FieldType.INT32,
                        ROLE_COUNT)
                .array(
                        BUS_CHANNELS,
                        "channels in use of each bus since the activation; 0 while it is inactive",
                        Role.BRIDGE,
                        FieldType.INT32,
                        StandardRegion.MAX_BUSES);
    }

    /** The parameters' values, and the ways by which they change. */
    private static void parameters(final RegionBuilder region, final Counts n) {
        region.parameterCells(
                        PARAMETERS,
                        "normalized values that RT plays now",
                        Role.RT,
                        PARAMETER_INFO,
                        n.parameters())
                .tripleBuffer(
                        PARAMETERS_FROM_HOST,
                        "bulk changes by the host: state",
                        Role.BRIDGE,
                        Role.RT,
                        StandardStructs.PARAMETER_CHANGE,
                        n.parameters())
                .tripleBuffer(
                        PARAMETERS_FROM_CONTROL,
                        "bulk changes by control: presets",
                        Role.CONTROL,
                        Role.RT,
                        StandardStructs.PARAMETER_CHANGE,
                        n.parameters())
                .tripleBuffer(
                        MIDI_MAP,
                        "which MIDI controllers move which parameters",
                        Role.CONTROL,
                        Role.RT,
                        StandardStructs.MIDI_MAPPING,
                        MIDI_MAPPINGS)
                .tripleBuffer(
                        AUTOMATION,
                        "how parameters move with the host's song",
                        Role.CONTROL,
                        Role.RT,
                        StandardStructs.AUTOMATION_ENTRY,
                        n.automationEntries())
                .tripleBuffer(
                        AUTOMATION_HANDS,
                        "which parameters automation leaves to a hand",
                        Role.CONTROL,
                        Role.RT,
                        StandardStructs.AUTOMATION_HAND,
                        n.parameters())
                .bitset(
                        DIRTY_FROM_RT,
                        "parameters whose new value the host does not know",
                        Set.of(Role.RT),
                        Role.BRIDGE,
                        n.parameters())
                .array(
                        HELD,
                        "1 for each parameter that somebody holds in control, a gesture of the"
                                + " host's",
                        Role.CONTROL,
                        FieldType.INT32,
                        n.parameters());
    }

    /** What RT shows of its voices and its sound. */
    private static void levels(final RegionBuilder region, final Counts n) {
        region.voiceStates(
                        VOICE_STATES,
                        "0 for a free voice, else its note: stage, key, channel, velocity,"
                                + " generation",
                        Role.RT,
                        n.voices())
                .meters(
                        OUTPUT_LEVELS,
                        "peak, mean square and clips of each output channel",
                        Role.RT,
                        Math.max(1, n.outputChannels()))
                .meters(
                        VOICE_LEVELS,
                        "level of each voice, as the module sets it",
                        Role.RT,
                        n.voices());
    }

    /** Where the host is in its song, and how its audio thread and RT's are scheduled. */
    private static void host(final RegionBuilder region) {
        region.snapshot(
                        TRANSPORT,
                        "where the host is in its song",
                        Role.BRIDGE,
                        StandardStructs.TRANSPORT)
                .snapshot(
                        AUDIO_THREAD,
                        "how the host's audio thread is scheduled, which RT follows",
                        Role.BRIDGE,
                        StandardStructs.AUDIO_THREAD)
                .snapshot(
                        RT_CONDITIONS,
                        "what the system has granted to RT's thread",
                        Role.RT,
                        StandardStructs.RT_CONDITIONS);
    }

    /** Queues of events, with the bytes that do not fit into a slot. */
    private static void events(final RegionBuilder region, final Counts n) {
        region.eventQueue(
                        HOST_EVENTS,
                        "events by sample offset within the block",
                        Role.BRIDGE,
                        Role.RT,
                        n.hostEvents())
                .ring(
                        HOST_EVENT_DATA,
                        "the bytes of the system exclusive messages among the host's" + " events",
                        Role.BRIDGE,
                        Role.RT,
                        HOST_EVENT_DATA_BYTES)
                .eventQueue(
                        RT_EVENTS,
                        "events to the host, by sample offset within the block",
                        Role.RT,
                        Role.BRIDGE,
                        n.controlEvents())
                .eventQueue(
                        CONTROL_EVENTS,
                        "events for the next block",
                        Role.CONTROL,
                        Role.RT,
                        n.controlEvents())
                .eventQueue(
                        NOTIFICATIONS,
                        "what RT tells control",
                        Role.RT,
                        Role.CONTROL,
                        n.controlEvents());
    }

    /** The audio, and the requests that come with it. */
    private static void blocks(final RegionBuilder region, final Counts n) {
        region.audioBlocks(
                AUDIO,
                "two blocks and the doorbells",
                Role.BRIDGE,
                Role.RT,
                new AudioGeometry(n.inputChannels(), n.outputChannels(), n.maxFrames()));
    }

    /** The blobs in which state travels. */
    private static void state(final RegionBuilder region, final Counts n) {
        region.blob(
                        STATE_FROM_CONTROL,
                        "control's state, for the host to store",
                        Role.CONTROL,
                        Role.BRIDGE,
                        n.stateBytes())
                .blob(
                        STATE_TO_CONTROL,
                        "the state that the host restored",
                        Role.BRIDGE,
                        Role.CONTROL,
                        n.stateBytes());
    }

    /** What each side counts. New names go to the end of a list: the position is the counter's number. */
    private static void counts(final RegionBuilder region) {
        region.counters(
                        BRIDGE_COUNTERS,
                        "what the bridge counts",
                        Role.BRIDGE,
                        "blocks",
                        "missed_deadlines",
                        "skipped_blocks",
                        "late_results",
                        "dropped_events",
                        "round_trip_max_nanos",
                        "notes_played",
                        "rt_ended",
                        "control_ended",
                        "refused_messages",
                        "spin_hits",
                        "spin_misses",
                        "sleeps",
                        "rt_restarts",
                        "control_restarts",
                        "rt_spares_ready",
                        "rt_end_known_nanos",
                        "rt_sound_gap_nanos",
                        "rt_swaps")
                .counters(
                        RT_COUNTERS,
                        "what RT counts",
                        Role.RT,
                        "blocks",
                        "events",
                        "warm_at_nanos",
                        "warm_up_nanos",
                        "warm_up_blocks",
                        "measured_blocks",
                        "allocated_bytes",
                        "collections",
                        "compile_millis_after_warm_up",
                        "render_max_nanos",
                        "invalid_events",
                        "spin_hits",
                        "spin_misses",
                        "sleeps",
                        "naps",
                        "time_to_ready_nanos",
                        "compilations_after_ready",
                        "deoptimizations_after_ready")
                .counters(
                        CONTROL_COUNTERS,
                        "what control counts",
                        Role.CONTROL,
                        "collections",
                        "collection_millis",
                        "allocated_bytes",
                        "load_nanos",
                        "load_bytes",
                        "presets_selected",
                        "states_published",
                        "reloads",
                        "reloads_refused",
                        "former_modules",
                        "module_errors");
    }

    /** How long things took, and what RT has to say. */
    private static void times(final RegionBuilder region) {
        region.histogram(
                        ROUND_TRIP_HISTOGRAM,
                        "round trips in nanoseconds, logarithmic buckets",
                        Role.BRIDGE)
                .histogram(
                        RENDER_HISTOGRAM,
                        "render times in nanoseconds, logarithmic buckets",
                        Role.RT)
                .ring(
                        RT_LOG,
                        "what RT has to say to people: log_record, then the text",
                        Role.RT,
                        Role.BRIDGE,
                        RT_LOG_BYTES);
    }

    /** Where the time of a block goes, where a profile is asked for. */
    private static void profile(final RegionBuilder region) {
        for (final Phase phase : Phase.values()) {
            region.histogram(
                    phase.section(),
                    "nanoseconds " + phase.comment() + ", where a profile is asked for",
                    Role.RT);
        }
    }
}
