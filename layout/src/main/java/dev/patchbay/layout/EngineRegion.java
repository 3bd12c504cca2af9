// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.FieldType.INT32;
import static dev.patchbay.layout.FieldType.UINT32;
import static dev.patchbay.layout.FieldType.UINT64;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The region of an engine process: how the bridge has it take up and let go of the instances of a plug-in, whose own regions are
 * {@link StandardRegion}s. Commands have numbers from 1 on; command N lies in slot N modulo {@link #SLOTS}, and its answer in the
 * answers' slot of the same number. They are answered one after the other, in their order, on a thread of the engine that renders
 * nothing; no audio thread of either side waits for one.
 */
public final class EngineRegion {
    /** What the plug-in's build says of its engine. */
    public static final String INFO = "info";

    /** The participants, by role: the bridge and the engine process. */
    public static final String ROLES = "roles";

    /** The bridge's doorbell word and sleep flag. */
    public static final String BRIDGE_BELL = "bridge_bell";

    /** The engine's doorbell word and sleep flag. */
    public static final String RT_BELL = "rt_bell";

    /** The commands. */
    public static final String COMMANDS = "commands";

    /** Their answers. */
    public static final String ANSWERS = "answers";

    /** What the engine counts. */
    public static final String COUNTERS = "counters";

    /** Commands that may be open; a power of two, since their numbers wrap. */
    public static final int SLOTS = 16;

    /** Who shares an engine process. */
    public enum Share {
        /** All instances in one host process: one JVM, one heap, one crash domain. */
        BUNDLE,
        /** Nobody: each instance has a process of its own. */
        INSTANCE;

        /** {@return its number in the region} */
        public int code() {
            return ordinal();
        }
    }

    /** What a command asks for. */
    public static final class Command {
        /** Attach to an instance's region and serve it on a thread of its own. */
        public static final int ADD = 1;

        /** End the thread of an instance and unmap its region. */
        public static final int REMOVE = 2;

        /** End the process. */
        public static final int QUIT = 3;

        /**
         * Prepare to go on in another region of the same image, from the next {@link StandardRegion.Request#MOVE} on. From then on
         * the instance has that region's id.
         */
        public static final int MOVE = 4;

        private Command() {}
    }

    /** What the plug-in's build says of its engine. */
    public static final StructType INFO_STRUCT =
            StructType.named("info", "What the plug-in's build says of its engine process.")
                    .field(INT32, "share", "who shares the process: see the share modes")
                    .field(INT32, "spare", "1 where a spare process stands by, else 0")
                    .build();

    /** The bridge's side of the doorbells. */
    public static final StructType BRIDGE_BELL_STRUCT =
            StructType.named("bridge_bell", "The bridge's side of the doorbells.")
                    .field(UINT32, "request", "number of the last command; doorbell of the engine")
                    .field(UINT32, "bridge_asleep", "1 while the bridge may sleep on done")
                    .build();

    /** The engine's side of the doorbells. */
    public static final StructType RT_BELL_STRUCT =
            StructType.named("rt_bell", "The engine's side of the doorbells.")
                    .field(
                            UINT32,
                            "done",
                            "number of the last command answered; doorbell of the bridge")
                    .field(UINT32, "rt_asleep", "1 while the engine may sleep on request")
                    .build();

    /** A command. */
    public static final StructType COMMAND_STRUCT =
            StructType.named("command", "What the engine is asked for; published by request.")
                    .field(UINT32, "number", "of the command: which lap of the slots it is of")
                    .field(INT32, "kind", "one of the command kinds")
                    .field(INT32, "region_pid", "process that holds the instance's region")
                    .field(INT32, "region_fd", "its descriptor there; such numbers are reused")
                    .array(UINT64, "region_id", 2, "the region's random id, as in its header")
                    .field(UINT32, "generation", "1 for the instance's first engine, and so on")
                    .field(UINT32, "reserved", "0")
                    .array(UINT64, "from_id", 2, "for a move: the id of the region that it is from")
                    .build();

    /** An answer. */
    public static final StructType ANSWER_STRUCT =
            StructType.named("answer", "What became of a command; published by done.")
                    .field(UINT32, "number", "of the command")
                    .field(INT32, "status", "0 done, else refused and the text says why")
                    .text("text", 504, "a sentence; empty where there is nothing to say")
                    .build();

    private static final RegionDeclaration DECLARATION = declare();

    private EngineRegion() {}

    /** {@return the declaration, which is named {@code engine}} The same object each time; any thread. */
    public static RegionDeclaration declaration() {
        return DECLARATION;
    }

    /**
     * {@return the bytes that the region of an engine process starts with} No spare process stands by.
     *
     * @param share who shares the process
     */
    public static RegionImage image(final Share share) {
        return image(share, false);
    }

    /**
     * {@return the bytes that the region of an engine process starts with}
     *
     * @param share who shares the process
     * @param spare whether a second process is kept warm beside a living one, to take its place when it dies
     */
    public static RegionImage image(final Share share, final boolean spare) {
        final Section info = DECLARATION.section(INFO);
        return new RegionImage(DECLARATION)
                .set(info, 0, "share", (long) share.code())
                .set(info, 0, "spare", spare ? 1L : 0L);
    }

    private static RegionDeclaration declare() {
        return RegionDeclaration.named("engine")
                .constants(INFO, "what the plug-in's build says of its engine", INFO_STRUCT, 1)
                .roles(
                        ROLES,
                        "the bridge and the engine process; each writes its own cell",
                        List.of(Role.BRIDGE, Role.RT))
                .structs(
                        BRIDGE_BELL,
                        "the number of the last command",
                        Role.BRIDGE,
                        BRIDGE_BELL_STRUCT,
                        1)
                .structs(RT_BELL, "the number of the last answer", Role.RT, RT_BELL_STRUCT, 1)
                .structs(
                        COMMANDS,
                        "commands by their number modulo the count",
                        Role.BRIDGE,
                        COMMAND_STRUCT,
                        SLOTS)
                .structs(
                        ANSWERS,
                        "answers by their number modulo the count",
                        Role.RT,
                        ANSWER_STRUCT,
                        SLOTS)
                .counters(
                        COUNTERS,
                        "what the engine process counts, and its gauges",
                        Role.RT,
                        "instances",
                        "instances_added",
                        "instances_removed",
                        "commands_refused",
                        "heap_used_bytes",
                        "heap_limit_bytes",
                        "heap_is_low")
                .build();
    }

    /** {@return the numbers that each header names beside the layout: what the fields of these structs may hold} */
    public static Map<String, Integer> constants() {
        final Map<String, Integer> c = new LinkedHashMap<>();
        c.put("command_add", Command.ADD);
        c.put("command_remove", Command.REMOVE);
        c.put("command_quit", Command.QUIT);
        c.put("command_move", Command.MOVE);
        c.put("share_bundle", Share.BUNDLE.code());
        c.put("share_instance", Share.INSTANCE.code());
        return c;
    }
}
