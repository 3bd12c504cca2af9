// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.atomics.Participant;
import dev.patchbay.control.ControlModule;
import dev.patchbay.control.midi.MidiControl;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.preset.PresetSession;
import java.util.function.Supplier;

/**
 * What a user interface shows and changes, as the control process has it. All but the region is for the control module's thread.
 *
 * @param participant the process in its region
 * @param registry the parameters
 * @param midi the MIDI map
 * @param presets the presets that are in use now
 * @param module the module that is in use now
 */
public record UiSources(
        Participant participant,
        ParameterRegistry registry,
        MidiControl midi,
        Supplier<PresetSession> presets,
        Supplier<ControlModule> module) {}
