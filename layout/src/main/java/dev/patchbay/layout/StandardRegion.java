// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The region of a plug-in instance: the names of its sections, what the numbers in them mean, and how many there are of each thing. The
 * sections themselves are declared in {@code StandardSections}, their structs in {@link StandardStructs}.
 */
public final class StandardRegion {
    /** The plug-in's identity. */
    public static final String PLUGIN = "plugin";

    /** The plug-in's buses. */
    public static final String BUSES = "buses";

    /** The note expressions that the plug-in understands. */
    public static final String NOTE_EXPRESSIONS = "note_expressions";

    /** How many channels of each bus are in use. */
    public static final String BUS_CHANNELS = "bus_channels";

    /** The modules' command lines, by role. */
    public static final String MODULES = "modules";

    /** The parameters' descriptions. */
    public static final String PARAMETER_INFO = "parameter_info";

    /** The participants, by role. */
    public static final String ROLES = "roles";

    /** For each role, the pid that the bridge knows to have ended. */
    public static final String GONE = "gone";

    /** What RT plays now. */
    public static final String PARAMETERS = "parameters";

    /** Bulk changes by the host. */
    public static final String PARAMETERS_FROM_HOST = "parameters_from_host";

    /** Bulk changes by control. */
    public static final String PARAMETERS_FROM_CONTROL = "parameters_from_control";

    /** Which MIDI controllers move which parameters. */
    public static final String MIDI_MAP = "midi_map";

    /** How parameters move with the host's song. */
    public static final String AUTOMATION = "automation";

    /** Which parameters automation leaves to a hand. */
    public static final String AUTOMATION_HANDS = "automation_hands";

    /** Parameters that the host must be told of. */
    public static final String DIRTY_FROM_RT = "dirty_from_rt";

    /** Which parameters somebody holds in control: 1, else 0. */
    public static final String HELD = "held";

    /** What each voice does. */
    public static final String VOICE_STATES = "voice_states";

    /** The meters of the output channels. */
    public static final String OUTPUT_LEVELS = "output_levels";

    /** The meters of the voices. */
    public static final String VOICE_LEVELS = "voice_levels";

    /** The host's position. */
    public static final String TRANSPORT = "transport";

    /** How the host's audio thread is scheduled. */
    public static final String AUDIO_THREAD = "audio_thread";

    /** What RT's thread was granted. */
    public static final String RT_CONDITIONS = "rt_conditions";

    /** Events from the host. */
    public static final String HOST_EVENTS = "host_events";

    /** The bytes of the host's system exclusive messages. */
    public static final String HOST_EVENT_DATA = "host_event_data";

    /** Events to the host. */
    public static final String RT_EVENTS = "rt_events";

    /** Events from control. */
    public static final String CONTROL_EVENTS = "control_events";

    /** Events to control. */
    public static final String NOTIFICATIONS = "notifications";

    /** The blocks and their doorbells. */
    public static final String AUDIO = "audio";

    /** Control's state, for the host to store. */
    public static final String STATE_FROM_CONTROL = "state_from_control";

    /** The state that the host restored, for control to load. */
    public static final String STATE_TO_CONTROL = "state_to_control";

    /** What the bridge counts. */
    public static final String BRIDGE_COUNTERS = "bridge_counters";

    /** What RT counts. */
    public static final String RT_COUNTERS = "rt_counters";

    /** What control counts. */
    public static final String CONTROL_COUNTERS = "control_counters";

    /** Round trips from request to answer, in nanoseconds. */
    public static final String ROUND_TRIP_HISTOGRAM = "round_trip_histogram";

    /** Times that RT took to render, in nanoseconds. */
    public static final String RENDER_HISTOGRAM = "render_histogram";

    /** What RT has to say to people. */
    public static final String RT_LOG = "rt_log";

    /** What the name of each section of a profile begins with; see {@link Phase}. */
    public static final String PROFILE = "profile_";

    /** The number of roles. */
    public static final int ROLE_COUNT = Role.STANDARD.size();

    /** The most buses of a plug-in, inputs and outputs together. */
    public static final int MAX_BUSES = 16;

    /** The most note expressions of a plug-in. */
    public static final int MAX_NOTE_EXPRESSIONS = 16;

    /** The bytes of the ring for the host's messages; the longest is an eighth of it, 32 KiB. */
    public static final int HOST_EVENT_DATA_BYTES = 1 << 18;

    /** The bytes of the ring for RT's log: about fifty messages, which are taken ten times a second. */
    public static final int RT_LOG_BYTES = 1 << 12;

    /** The most entries of the MIDI map. */
    public static final int MIDI_MAPPINGS = 256;

    /** The entries of the automation table where a plug-in does not say otherwise. */
    public static final int AUTOMATION_ENTRIES = 12_288;

    /** The most points of automation that a plug-in can declare room for. */
    public static final int MOST_AUTOMATION_POINTS = 1_000_000;

    /** The greatest exponent of an entry of the MIDI map. */
    public static final int MIDI_MAX_EXPONENT = 32;

    /** Buckets per doubling in a histogram: a value is known to one part in this many. */
    public static final int HISTOGRAM_SUB_BUCKETS = 16;

    /** Buckets of a histogram: enough for 2<sup>40</sup> ns, 18 minutes. */
    public static final int HISTOGRAM_BUCKETS = 38 * HISTOGRAM_SUB_BUCKETS;

    /** The states of a role, and with them what the numbers mean. */
    public static final class RoleState {
        /** No process. */
        public static final int NONE = 0;

        /** The process has attached. */
        public static final int ATTACHED = 1;

        /** The process serves. */
        public static final int READY = 2;

        /** The process has refused; the message says why. */
        public static final int FAILED = 3;

        /** The process ends, as asked. */
        public static final int LEAVING = 4;

        private RoleState() {}
    }

    /**
     * What RT does for a block, and before it, in this order. Where a profile is asked for (PATCHBAY_PROFILE=on), the section {@link
     * #PROFILE} and the phase's name in small letters has a histogram of its times, in nanoseconds; else it is empty.
     */
    public enum Phase {
        /** From the answer to the block before until this request was seen. */
        WAITING("from the last answer until the next request was seen"),
        /** The transport and the bulk changes of parameters. */
        PARAMETERS("taking transport and bulk changes"),
        /** The inputs are copied, the outputs cleared. */
        INPUTS("copying inputs and clearing outputs"),
        /** Events but for what the module does between them: those of control, then those of the host. */
        EVENTS("handling events"),
        /** The module's {@code process}, all stretches of the block together. */
        PROCESS("in the module's process"),
        /** The outputs are copied and metered. */
        OUTPUTS("copying and metering outputs"),
        /** The block's own counters, and the answer, with the system call that wakes the bridge where it sleeps. */
        ANSWER("counting, answering and waking the bridge");

        private final String comment;

        Phase(final String comment) {
            this.comment = comment;
        }

        /** {@return what is done in it, as the end of a sentence} */
        String comment() {
            return comment;
        }

        /** {@return the name of its section} */
        public String section() {
            return PROFILE + name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a request to RT asks for. */
    public static final class Request {
        /** Render a block. */
        public static final int PROCESS = 1;

        /** Make a fresh module for this rate and largest block, and warm it up. */
        public static final int ACTIVATE = 2;

        /** Close the module. */
        public static final int DEACTIVATE = 3;

        /** End the process. */
        public static final int QUIT = 4;

        /**
         * Go on in the region that {@link EngineRegion.Command#MOVE} has named, with the module as it is. It is not answered here:
         * the next request is taken there, after the last one that was answered there. What the host published there for all
         * parameters at once counts as known.
         */
        public static final int MOVE = 5;

        private Request() {}
    }

    /** Flags of a request. */
    public static final class SlotFlag {
        /** The host renders offline. */
        public static final int OFFLINE = 1;

        /** Events were lost: release all notes first. */
        public static final int ALL_NOTES_OFF = 2;

        private SlotFlag() {}
    }

    /** Where a module runs. */
    public static final class ModuleKind {
        /** In a process of its own, which has the command line that the image names. */
        public static final int PROCESS = 0;

        /** In the host's process, on its audio thread: a shared library that the image names. For RT alone. */
        public static final int LIBRARY = 1;

        private ModuleKind() {}
    }

    /** Whether RT got what it asks the system for. */
    public static final class Grant {
        /** Not asked for yet. */
        public static final int UNKNOWN = 0;

        /** Granted by the kernel. */
        public static final int GRANTED = 1;

        /** Granted through rtkit. */
        public static final int GRANTED_BY_RTKIT = 2;

        /** Refused; the report says why, and the remedy. */
        public static final int REFUSED = 3;

        /** Not asked for, since there is no need. */
        public static final int NOT_NEEDED = 4;

        private Grant() {}
    }

    /** What control says of the hands at a parameter. */
    public static final class HandFlag {
        /** A hand holds it: its lane does not play. */
        public static final int HELD = 1;

        /** RT tells control when hands take hold of it, move it and let go, see {@link HandPhase}. */
        public static final int RECORDED = 2;

        /** The times that RT tells are seconds, else quarter notes. */
        public static final int SECONDS = 4;

        private HandFlag() {}
    }

    /**
     * What a parameter event from RT to control tells, in its channel. The index is the parameter's, the value its normalized value. Of what a
     * hand does RT tells where control records the parameter, and no matter through what the hand moves it; that RT itself has changed a
     * parameter it tells in an event of its own, whether somebody records it or not.
     */
    public static final class HandPhase {
        /**
         * Nothing of hands: RT itself has changed the parameter, as a MIDI controller moved it; the detail is 0. It is told before the value can
         * be seen in the region. What lanes play is not told.
         */
        public static final int NONE = 0;

        /** It takes hold of the parameter, which has this value. From here on the detail is the time in the song. */
        public static final int BEGAN = 1;

        /** It gives the parameter this value. */
        public static final int MOVED = 2;

        /** It lets go of the parameter, or the song stops or jumps. */
        public static final int ENDED = 3;

        private HandPhase() {}
    }

    /** How much a message in RT's log matters. */
    public static final class LogLevel {
        /** What somebody may want to know. */
        public static final int INFO = 1;

        /** The sound is not what it should be, or will not be for long. */
        public static final int WARNING = 2;

        /** Something does not work. */
        public static final int ERROR = 3;

        /** The most bytes of a message's text, in UTF-8. */
        public static final int MAX_TEXT = 240;

        private LogLevel() {}
    }

    /**
     * How many of each. The defaults are those of the prebuilt header.
     *
     * @param parameters cells for parameters
     * @param voices cells for voices
     * @param inputChannels audio channels to RT
     * @param outputChannels audio channels from RT
     * @param maxFrames the most frames of a block; the bridge splits longer ones
     * @param hostEvents slots of the queue from the host, a power of two
     * @param controlEvents slots of each queue between control and RT, a power of two
     * @param stateBytes up to so many bytes control's state lies in the region, else see {@link StateReference}
     * @param automationEntries the most points and lanes of automation, and one more
     */
    public record Counts(
            int parameters,
            int voices,
            int inputChannels,
            int outputChannels,
            int maxFrames,
            int hostEvents,
            int controlEvents,
            int stateBytes,
            int automationEntries) {
        /** 256 parameters, 128 voices, stereo out, blocks of up to 8192 frames. */
        public static final Counts DEFAULT = new Counts(256, 128, 2, 2, 8192, 4096, 512, 1 << 18);

        /**
         * {@return the same with the channels of these buses}
         *
         * @param buses of both directions
         */
        public Counts withBuses(final List<AudioBus> buses) {
            return withChannels(
                    AudioBus.channels(buses, AudioBus.Direction.INPUT),
                    AudioBus.channels(buses, AudioBus.Direction.OUTPUT));
        }

        /**
         * With the usual room for automation.
         *
         * @param parameters cells for parameters
         * @param voices cells for voices
         * @param inputChannels audio channels to RT
         * @param outputChannels audio channels from RT
         * @param maxFrames the most frames of a block
         * @param hostEvents slots of the queue from the host
         * @param controlEvents slots of each queue between control and RT
         * @param stateBytes up to so many bytes control's state lies in the region
         */
        public Counts(
                final int parameters,
                final int voices,
                final int inputChannels,
                final int outputChannels,
                final int maxFrames,
                final int hostEvents,
                final int controlEvents,
                final int stateBytes) {
            this(
                    parameters,
                    voices,
                    inputChannels,
                    outputChannels,
                    maxFrames,
                    hostEvents,
                    controlEvents,
                    stateBytes,
                    AUTOMATION_ENTRIES);
        }

        /**
         * {@return the same with other channel counts}
         *
         * @param inputs audio channels to RT, at least 0
         * @param outputs audio channels from RT, at least 0
         */
        public Counts withChannels(final int inputs, final int outputs) {
            return new Counts(
                    parameters,
                    voices,
                    inputs,
                    outputs,
                    maxFrames,
                    hostEvents,
                    controlEvents,
                    stateBytes,
                    automationEntries);
        }

        /**
         * {@return the same with room for other automation}
         *
         * @param points the most points of all lanes together, 1 to 1 000 000
         */
        public Counts withAutomationPoints(final int points) {
            if (points < 1 || points > MOST_AUTOMATION_POINTS) {
                throw new IllegalArgumentException(
                        "A plug-in has room for 1 to "
                                + MOST_AUTOMATION_POINTS
                                + " points of automation, but "
                                + points
                                + " were declared.");
            }
            return new Counts(
                    parameters,
                    voices,
                    inputChannels,
                    outputChannels,
                    maxFrames,
                    hostEvents,
                    controlEvents,
                    stateBytes,
                    1 + parameters + points);
        }
    }

    /** Made when it is first asked for, and once: building a declaration checks all its names. */
    private static final class Prebuilt {
        private static final RegionDeclaration DECLARATION = declare(Counts.DEFAULT);

        private Prebuilt() {}
    }

    private StandardRegion() {}

    /**
     * {@return the region with the default counts} It is that of the prebuilt header; and since a section's shape does not depend
     * on counts, its sections are what a reader compares those of any standard region with. The same object each time; any thread.
     */
    public static RegionDeclaration prebuilt() {
        return Prebuilt.DECLARATION;
    }

    /**
     * Declares the region.
     *
     * @param n how many of each
     * @return the declaration, which is named {@code standard}
     * @throws IllegalArgumentException if a count is out of its range, or the region would have 2 GiB or more
     */
    public static RegionDeclaration declare(final Counts n) {
        return StandardSections.declare(n);
    }

    /** {@return the numbers that each header names beside the layout: what the fields of the common structs may hold} */
    public static Map<String, Integer> constants() {
        return StandardConstants.all();
    }
}
