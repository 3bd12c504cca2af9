// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.List;

/**
 * The C interface of native modules, as far as Java decides it: its version, the hash of what passes through it, and the names of its
 * functions. {@code patchbay/module.h} is generated from this; its text has the functions' contracts. Immutable; any thread.
 */
public final class ModuleAbi {
    /**
     * The version of the interface. A library states the one that it was compiled for, and only an equal one is served: it grows with
     * each change of a function or struct of {@code patchbay/module.h}.
     */
    public static final int VERSION = 1;

    /** The variable in which a library states version and hash, before any of its functions is called. */
    public static final String INFO = "pb_module";

    private static final List<Function> RT =
            List.of(
                    new Function("pb_rt_init", true),
                    new Function("pb_rt_activate", false),
                    new Function("pb_rt_deactivate", false),
                    new Function("pb_rt_process", true),
                    new Function("pb_rt_handle_event", false),
                    new Function("pb_rt_whole_blocks", false),
                    new Function("pb_rt_reset", false),
                    new Function("pb_rt_tail_frames", false),
                    new Function("pb_rt_latency_frames", false),
                    new Function("pb_rt_close", true));

    private static final List<Function> CONTROL =
            List.of(
                    new Function("pb_control_init", true),
                    new Function("pb_control_set_parameter", true),
                    new Function("pb_control_save_state", true),
                    new Function("pb_control_load_state", true),
                    new Function("pb_control_poll", false),
                    new Function("pb_control_close", true));

    private static final List<Function> UI =
            List.of(
                    new Function("pb_ui_init", true),
                    new Function("pb_ui_get_state", true),
                    new Function("pb_ui_handle_event", false),
                    new Function("pb_ui_close", true));

    /**
     * A function of the interface.
     *
     * @param name as the library exports it
     * @param required whether a library without it is refused; any other may be left out, as a default method in Java
     */
    public record Function(String name, boolean required) {}

    private ModuleAbi() {}

    /**
     * {@return the functions of a role's module, in the order of the header}
     *
     * @param role RT, control or UI
     * @throws IllegalArgumentException for any other, which no native module can have
     */
    public static List<Function> functions(final Role role) {
        if (role.equals(Role.RT)) {
            return RT;
        }
        if (role.equals(Role.CONTROL)) {
            return CONTROL;
        }
        if (role.equals(Role.UI)) {
            return UI;
        }
        throw new IllegalArgumentException(
                "A native module has the role rt, control or ui, but " + role + " was asked for.");
    }

    /**
     * {@return the hash of the structs that pass between the bridge and a library} A library that was compiled with a header of other
     * structs is refused. Sections that a module reads by itself are checked by their own hashes, where it finds them.
     */
    public static long layoutHash() {
        return Layouts.hash(
                EventDescriptor.STRUCT.signature()
                        + StandardStructs.TRANSPORT.signature()
                        + StandardStructs.PARAMETER_INFO.signature());
    }
}
