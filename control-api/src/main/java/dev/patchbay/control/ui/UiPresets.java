// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.preset.Slot;
import dev.patchbay.control.preset.StoredPreset;
import java.util.List;

/**
 * The presets, and what is done with them.
 *
 * @param loadedId of the preset that is loaded, see {@link StoredPreset#id}; empty for none
 * @param loaded its name; empty for none
 * @param edited whether what plays differs from it
 * @param playing the slot that plays
 * @param slotsDiffer whether the other slot has another sound
 * @param morph how far between A (0) and B (1) what plays lies; NaN where nothing was morphed since a slot was played or changed
 * @param all those there are, as {@link dev.patchbay.control.preset.PresetLibrary#list} has them; at most two seconds old
 * @param problems a sentence for each file that is no preset
 */
public record UiPresets(
        String loadedId,
        String loaded,
        boolean edited,
        Slot playing,
        boolean slotsDiffer,
        double morph,
        List<StoredPreset> all,
        List<String> problems) {}
