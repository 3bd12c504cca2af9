// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.midi.MidiMapping;
import dev.patchbay.control.preset.Slot;
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
     * Something for the module, see {@link UiModule#handleUiEvent}.
     *
     * @param name what was done
     * @param value with which value
     */
    record ForModule(String name, String value) implements UiEvent {}
}
