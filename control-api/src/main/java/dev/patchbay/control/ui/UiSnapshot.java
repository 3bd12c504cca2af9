// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import java.util.List;
import java.util.Map;

/**
 * All that a user interface shows of a plug-in instance, as the control process has it at one moment between two of its rounds: no change
 * by control, such as a preset, is half in it. Meters, voices and counts are what the engine had written by then; that a preset is edited
 * shows once the engine plays the change. Immutable; any thread.
 *
 * <p>A part that has not changed since an earlier snapshot of the same feed is the same object, so {@code ==} tells what to draw anew, also
 * where snapshots were skipped.
 *
 * @param number 1 for the feed's first, and rising; numbers that are missing were skipped
 * @param nanos when it was made, as of {@link System#nanoTime}
 * @param parameters the values
 * @param outputs the meters of the output channels
 * @param voices those that sound
 * @param transport where the host is
 * @param presets which there are, and what is loaded
 * @param midi the MIDI map, and learning
 * @param health whether the engine keeps up
 * @param module what the module shows, see {@link UiModule#getUiState}
 */
public record UiSnapshot(
        long number,
        long nanos,
        UiParameters parameters,
        List<UiMeter> outputs,
        List<UiVoice> voices,
        UiTransport transport,
        UiPresets presets,
        UiMidi midi,
        UiHealth health,
        Map<String, String> module) {}
