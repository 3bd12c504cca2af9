// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import dev.patchbay.layout.StandardRegion.Grant;
import dev.patchbay.layout.StandardRegion.HandFlag;
import dev.patchbay.layout.StandardRegion.HandPhase;
import dev.patchbay.layout.StandardRegion.LogLevel;
import dev.patchbay.layout.StandardRegion.ModuleKind;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StandardRegion.SlotFlag;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The numbers that each header names beside the layout, in the order in which it has them. */
final class StandardConstants {
    private StandardConstants() {}

    static Map<String, Integer> all() {
        final Map<String, Integer> c = new LinkedHashMap<>();
        c.put("role_state_none", RoleState.NONE);
        c.put("role_state_attached", RoleState.ATTACHED);
        c.put("role_state_ready", RoleState.READY);
        c.put("role_state_failed", RoleState.FAILED);
        c.put("role_state_leaving", RoleState.LEAVING);
        c.put("request_process", Request.PROCESS);
        c.put("request_activate", Request.ACTIVATE);
        c.put("request_deactivate", Request.DEACTIVATE);
        c.put("request_quit", Request.QUIT);
        c.put("request_move", Request.MOVE);
        c.put("slot_flag_offline", SlotFlag.OFFLINE);
        c.put("slot_flag_all_notes_off", SlotFlag.ALL_NOTES_OFF);
        c.put("module_kind_process", ModuleKind.PROCESS);
        c.put("module_kind_library", ModuleKind.LIBRARY);
        c.put("grant_unknown", Grant.UNKNOWN);
        c.put("grant_granted", Grant.GRANTED);
        c.put("grant_granted_by_rtkit", Grant.GRANTED_BY_RTKIT);
        c.put("grant_refused", Grant.REFUSED);
        c.put("grant_not_needed", Grant.NOT_NEEDED);
        c.put("log_level_info", LogLevel.INFO);
        c.put("log_level_warning", LogLevel.WARNING);
        c.put("log_level_error", LogLevel.ERROR);
        c.put("midi_max_exponent", StandardRegion.MIDI_MAX_EXPONENT);
        c.put("state_reference_magic", StateReference.MAGIC);
        c.put("state_reference_version", StateReference.VERSION);
        c.put("state_reference_bytes", StateReference.BYTES);
        c.put("state_reference_most_bytes", StateReference.MOST_BYTES);
        c.put("histogram_sub_buckets", StandardRegion.HISTOGRAM_SUB_BUCKETS);
        c.put("histogram_buckets", StandardRegion.HISTOGRAM_BUCKETS);
        for (final Speakers speakers : Speakers.values()) {
            c.put("speakers_" + speakers.name().toLowerCase(Locale.ROOT), (int) speakers.mask());
        }
        for (final DeclaredExpression.Gesture gesture : DeclaredExpression.Gesture.values()) {
            c.put("gesture_" + gesture.name().toLowerCase(Locale.ROOT), gesture.ordinal());
        }
        for (final Scale scale : Scale.values()) {
            c.put("scale_" + scale.name().toLowerCase(Locale.ROOT), scale.code());
        }
        for (final MidiSource source : MidiSource.values()) {
            c.put("midi_source_" + source.name().toLowerCase(Locale.ROOT), source.code());
        }
        for (final MidiMode mode : MidiMode.values()) {
            c.put("midi_mode_" + mode.name().toLowerCase(Locale.ROOT), mode.code());
        }
        for (final AutomationBase base : AutomationBase.values()) {
            c.put("automation_base_" + base.name().toLowerCase(Locale.ROOT), base.code());
        }
        for (final AutomationShape shape : AutomationShape.values()) {
            c.put("automation_shape_" + shape.name().toLowerCase(Locale.ROOT), shape.code());
        }
        c.put("automation_hand_held", HandFlag.HELD);
        c.put("automation_hand_recorded", HandFlag.RECORDED);
        c.put("automation_hand_seconds", HandFlag.SECONDS);
        c.put("automation_phase_none", HandPhase.NONE);
        c.put("automation_phase_began", HandPhase.BEGAN);
        c.put("automation_phase_moved", HandPhase.MOVED);
        c.put("automation_phase_ended", HandPhase.ENDED);
        for (final Parameter.Flag flag : Parameter.Flag.values()) {
            c.put("parameter_flag_" + flag.name().toLowerCase(Locale.ROOT), flag.bit());
        }
        return c;
    }
}
