// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.atomics.Participant;
import dev.patchbay.control.automation.AutomationControl;
import dev.patchbay.control.midi.MidiControl;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.preset.PresetSession;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a user interface shows and changes, as the control process has it. All but the region is for the control module's thread.
 *
 * @param participant the process in its region
 * @param registry the parameters
 * @param midi the MIDI map
 * @param automation the lanes, and recording
 * @param presets the presets that are in use now
 * @param module what is shown of the plug-in's own now, if anything is
 */
public record UiSources(
        Participant participant,
        ParameterRegistry registry,
        MidiControl midi,
        AutomationControl automation,
        Supplier<PresetSession> presets,
        Supplier<Optional<UiModule>> module) {}
