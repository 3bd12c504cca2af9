// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.automation.AutomationMode;
import dev.patchbay.control.midi.MidiMapping;
import dev.patchbay.control.preset.Slot;
import dev.patchbay.layout.MidiMode;
import java.util.List;

/** What a person does in a user interface. Parameters are named by their places in the declaration. */
public sealed interface UiEvent {
    /**
     * Takes hold of a parameter.
     *
     * @param parameter which one
     */
    record Begin(int parameter) implements UiEvent {}

    /**
     * Moves a parameter.
     *
     * @param parameter which one
     * @param normalized where to, 0 to 1
     */
    record Set(int parameter, double normalized) implements UiEvent {}

    /**
     * Types a parameter's value.
     *
     * @param parameter which one
     * @param text see {@link dev.patchbay.layout.ParameterText}
     */
    record Type(int parameter, String text) implements UiEvent {}

    /**
     * Puts a parameter back to its default.
     *
     * @param parameter which one
     */
    record Reset(int parameter) implements UiEvent {}

    /**
     * Lets go of a parameter.
     *
     * @param parameter which one
     */
    record End(int parameter) implements UiEvent {}

    /**
     * Loads a preset into the slot that plays.
     *
     * @param id see {@link dev.patchbay.control.preset.StoredPreset#id}
     */
    record LoadPreset(String id) implements UiEvent {}

    /**
     * Loads the next preset, or the one before.
     *
     * @param step 1 or −1
     */
    record StepPreset(int step) implements UiEvent {}

    /** Goes back to the preset that is loaded. */
    record Revert() implements UiEvent {}

    /** Saves what plays over the user's preset that is loaded. */
    record Save() implements UiEvent {}

    /**
     * Saves what plays as a new preset.
     *
     * @param bank the folder's name; empty for none
     * @param name what it is called
     * @param author who made it; may be empty
     * @param tags words it is found by
     * @param comment may be empty
     */
    record SaveAs(String bank, String name, String author, List<String> tags, String comment)
            implements UiEvent {}

    /**
     * Removes a preset of the user's.
     *
     * @param id see {@link dev.patchbay.control.preset.StoredPreset#id}
     */
    record RemovePreset(String id) implements UiEvent {}

    /**
     * Plays a slot.
     *
     * @param slot which one
     */
    record Play(Slot slot) implements UiEvent {}

    /** Copies the slot that plays into the other one. */
    record CopyToOther() implements UiEvent {}

    /**
     * Plays a sound between those of the slots. The two ends are those of the first of a row of such events, until a parameter, a slot or
     * a preset is changed otherwise.
     *
     * @param position 0 for A, 1 for B
     */
    record Morph(double position) implements UiEvent {}

    /**
     * Waits for a controller to be moved, and maps it.
     *
     * @param parameter which one it is to move
     */
    record Learn(int parameter) implements UiEvent {}

    /** Waits no more. */
    record CancelLearn() implements UiEvent {}

    /**
     * Takes a mapping out of the MIDI map.
     *
     * @param mapping which one; one that is gone is nothing
     */
    record Unmap(MidiMapping mapping) implements UiEvent {}

    /**
     * Changes how a controller moves its parameter. What was changed or removed meanwhile is refused.
     *
     * @param mapping as it is
     * @param channel 0 to 15, or {@link dev.patchbay.layout.MidiSource#ANY}
     * @param lowest the parameter's value where the controller is lowest, as text, see {@link dev.patchbay.layout.ParameterText}
     * @param highest the value where it is highest
     * @param exponent of the curve between them, see {@link MidiMapping#exponent}
     * @param mode how a movement becomes a value
     */
    record Remap(
            MidiMapping mapping,
            int channel,
            String lowest,
            String highest,
            double exponent,
            MidiMode mode)
            implements UiEvent {}

    /**
     * Says what a parameter's lane and a hand do.
     *
     * @param parameter which one
     * @param mode from now on
     */
    record Automate(int parameter, AutomationMode mode) implements UiEvent {}

    /**
     * Removes a parameter's lane; where there is none, nothing.
     *
     * @param parameter which one
     */
    record RemoveLane(int parameter) implements UiEvent {}

    /**
     * Adds a point to a parameter's lane, which it begins where there is none. The way from it to the next point is a line.
     *
     * @param parameter which one
     * @param time in the song, as the lane counts
     * @param normalized the value, 0 to 1
     */
    record AddPoint(int parameter, double time, double normalized) implements UiEvent {}

    /**
     * Moves a point of a lane, but no further than to its neighbours. A lane that was changed meanwhile is refused.
     *
     * @param parameter which one
     * @param point its number, from 0
     * @param from the time at which it was seen
     * @param time where to
     * @param normalized the value, 0 to 1
     */
    record MovePoint(int parameter, int point, double from, double time, double normalized)
            implements UiEvent {}

    /**
     * Types the value of a lane's point.
     *
     * @param parameter which one
     * @param point its number, from 0
     * @param from the time at which it was seen
     * @param text see {@link dev.patchbay.layout.ParameterText}
     */
    record TypePoint(int parameter, int point, double from, String text) implements UiEvent {}

    /**
     * Removes a point of a lane. A lane that was changed meanwhile is refused.
     *
     * @param parameter which one
     * @param point its number, from 0
     * @param from the time at which it was seen
     */
    record RemovePoint(int parameter, int point, double from) implements UiEvent {}

    /**
     * Something for the module, see {@link UiModule#handleUiEvent}.
     *
     * @param name what was done
     * @param value with which value
     */
    record ForModule(String name, String value) implements UiEvent {}
}
